/** Looking over people's shoulders: which cards and texts of ours they see, and waiting until they do. */
import type { WaitOptions } from '../platform/journal.ts';
import { behaviour } from './card-controls.ts';
import { type CardObject, elementsOf, labelOf, readCard, wordsOf } from './card-json.ts';
import type { Core } from './core.ts';
import type { Chat, Message, Person } from './world.ts';

export interface ShownCard {
  readonly messageId: string;
  readonly chatId: string;
  /** The card as it stands now. */
  readonly card: CardObject;
  /** Every word on it, one line each. */
  readonly text: string;
  /** Those that call back or send a form; links are none. */
  readonly buttons: readonly string[];
  readonly updates: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Set when only this person sees it. */
  readonly onlyFor: string | null;
}

/** A person (their private chat with the bot), a chat, or the id of either. */
export type Place = Person | Chat | string;

/** Words the card or text must contain, or any test. */
export type Matcher<T> = string | ((shown: T) => boolean);

export interface Watching {
  cardsOf(place: Place): ShownCard[];
  textsOf(place: Place): string[];
  card(messageId: string): ShownCard;
  waitForCard(place: Place, matcher?: Matcher<ShownCard>, options?: WaitOptions): Promise<ShownCard>;
  waitForText(place: Place, matcher?: Matcher<string>, options?: WaitOptions): Promise<string>;
}

export function createWatching(core: Core): Watching {
  const { world, journal } = core;

  function chatOf(place: Place): Chat | null {
    const id = typeof place === 'string' ? place : 'chatId' in place ? place.chatId : place.openId;
    const group = world.chats.get(id);
    if (group) return group;
    const { openId } = world.person(id);
    return [...world.chats.values()].find((chat) => chat.kind === 'p2p' && chat.memberIds.has(openId)) ?? null;
  }

  function ours(place: Place, type: string): Message[] {
    const chat = chatOf(place);
    const all = chat ? world.messagesIn(chat) : [];
    return all.filter((message) => message.sender.kind === 'bot' && message.type === type && !message.deleted);
  }

  const cardsOf = (place: Place): ShownCard[] => ours(place, 'interactive').map(shown);
  const textsOf = (place: Place): string[] =>
    ours(place, 'text').map((message) => String((JSON.parse(message.content) as { text: string }).text));

  return {
    cardsOf,
    textsOf,
    card: (messageId) => shown(world.message(messageId)),
    waitForCard(place, matcher = () => true, options) {
      const fits = typeof matcher === 'string' ? (one: ShownCard) => one.text.includes(matcher) : matcher;
      return journal.until(() => cardsOf(place).find(fits), { what: `a card ${describe(matcher)}`, ...options });
    },
    async waitForText(place, matcher = () => true, options) {
      const fits = typeof matcher === 'string' ? (one: string) => one.includes(matcher) : matcher;
      const look = (): { text: string } | null => {
        const text = textsOf(place).find(fits);
        return text === undefined ? null : { text };
      };
      return (await journal.until(look, { what: `a text ${describe(matcher)}`, ...options })).text;
    },
  };
}

const describe = (matcher: unknown): string => (typeof matcher === 'string' ? `with ${matcher}` : 'that fits');

function shown(message: Message): ShownCard {
  const card = readCard(message.content) ?? {};
  const controls = elementsOf(card).filter(
    ({ element }) => element.tag === 'button' && behaviour(element, 'open_url') === null,
  );
  return {
    messageId: message.messageId,
    chatId: message.chatId,
    card,
    text: wordsOf(card).join('\n'),
    buttons: controls.map(({ element }) => labelOf(element)),
    updates: message.updates,
    createdAt: message.createdAt,
    updatedAt: message.updatedAt,
    onlyFor: message.onlyFor,
  };
}
