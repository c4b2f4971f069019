// Tells a question to the bot from a customer's words that a colleague hands over.
import type { KnownName, NameBook } from './names/compile-names.ts';
import type { Topic } from './topics.ts';

/** What a colleague wants from the bot. `name` is as typed; null means the customer of this chat. */
export type Ask =
  | { readonly kind: 'help' }
  | { readonly kind: 'agenda' }
  | { readonly kind: 'bind'; readonly name: string; readonly matches: readonly KnownName[] }
  | {
      readonly kind: 'note';
      readonly name: string | null;
      readonly matches: readonly KnownName[];
      readonly text: string;
    }
  | { readonly kind: 'new_customer'; readonly name: string; readonly matches: readonly KnownName[] }
  | {
      readonly kind: 'customer';
      readonly topic: Topic;
      readonly name: string | null;
      readonly matches: readonly KnownName[];
    };

/**
 * What a text asks of the bot; null when it is not a question to the bot but a customer's words handed over.
 * `linked`: the chat belongs to a customer, so that 上次报价多少 without a name is a question.
 */
export function understand(text: string, book: NameBook, where: { readonly linked: boolean }): Ask | null {
  const matches = book.find(text.trim());
  return matches.length > 0 && !where.linked
    ? { kind: 'customer', topic: 'overview', name: text.trim(), matches }
    : null;
}

/** A first look that needs no names: false when the text certainly is no question to the bot. */
export function mayBeAsk(text: string): boolean {
  return text.length <= 60;
}
