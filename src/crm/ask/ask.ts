// What a colleague can want from the bot.
import type { KnownName } from './names/compile-names.ts';
import type { Topic } from './topics.ts';
import type { LinkOrder } from './words/link-words.ts';
import type { GroupOrder } from './words/named-groups.ts';

/** What a colleague wants from the bot. `name` is as typed; null means the customer of this chat. */
export type Ask =
  | { readonly kind: 'help' }
  | { readonly kind: 'agenda' }
  | GroupOrder
  | LinkOrder
  | { readonly kind: 'bind'; readonly name: string; readonly matches: readonly KnownName[] }
  | {
      readonly kind: 'note';
      readonly name: string | null;
      readonly matches: readonly KnownName[];
      readonly text: string;
    }
  /** `matches`: the one customer that it names, if there is one. */
  | { readonly kind: 'remind'; readonly text: string; readonly matches: readonly KnownName[] }
  | { readonly kind: 'new_customer'; readonly name: string; readonly matches: readonly KnownName[] }
  | {
      readonly kind: 'customer';
      readonly topic: Topic;
      readonly name: string | null;
      readonly matches: readonly KnownName[];
    };
