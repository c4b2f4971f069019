/** Looking over people's shoulders: which cards and texts of ours they see, and waiting until they do. */
import type { WaitOptions } from '../platform/journal.ts';
import { type Card, faceOf, type Params } from './cards/cards.ts';
import { buttonsOf, wordsOf } from './cards/face.ts';
import type { Core } from './core.ts';
import type { Link } from './robot/formats.ts';
import type { Chat, Message, Person } from './world.ts';

export interface ShownCard {
  readonly messageId: string;
  /** Null for an action card: a message with links that cannot be changed. */
  readonly outTrackId: string | null;
  readonly conversationId: string;
  /** The variables as they stand now, as the person of the place sees them. */
  readonly card: Params;
  /** Every word on it, one line each. */
  readonly text: string;
  readonly buttons: readonly string[];
  readonly updates: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** userIds; null: all members of the chat see it. */
  readonly onlyFor: readonly string[] | null;
}

/** A person (their private chat with the robot), a chat, or the id of either. */
export type Place = Person | Chat | string;

/** Words the card or text must contain, or any test. */
export type Matcher<T> = string | ((shown: T) => boolean);

export interface Watching {
  cardsOf(place: Place): ShownCard[];
  /** Texts, markdown and links; cards excepted. */
  textsOf(place: Place): string[];
  card(messageId: string): ShownCard;
  waitForCard(place: Place, matcher?: Matcher<ShownCard>, options?: WaitOptions): Promise<ShownCard>;
  waitForText(place: Place, matcher?: Matcher<string>, options?: WaitOptions): Promise<string>;
}

const CARDS: ReadonlySet<string> = new Set(['card', 'actionCard']);

export function createWatching(core: Core): Watching {
  const { world, journal, cards } = core;

  function look(place: Place): { messages: Message[]; userId: string | null } {
    const id = typeof place === 'string' ? place : 'conversationId' in place ? place.conversationId : place.userId;
    const group = world.chats.get(id);
    const userId = group ? null : world.person(id).userId;
    const chats = [...world.chats.values()];
    const chat = group ?? chats.find(({ kind, memberIds }) => kind === 'p2p' && memberIds.has(id));
    const all = chat ? world.messagesIn(chat) : [];
    return { messages: all.filter(({ sender, recalled }) => sender.kind === 'bot' && !recalled), userId };
  }

  function shown(message: Message, userId: string | null): ShownCard {
    const { messageId, outTrackId, conversationId, createdAt, onlyFor, body } = message;
    const card: Card | undefined = cards.instances.get(outTrackId ?? '');
    const base = { messageId, outTrackId, conversationId, createdAt, onlyFor };
    if (!card) {
      const links = (body.links ?? []) as readonly Link[];
      const text = `${body.title}\n${body.words}`;
      return { ...base, card: {}, text, buttons: links.map(({ label }) => label), updates: 0, updatedAt: createdAt };
    }
    const face = faceOf(card, userId);
    const buttons = buttonsOf(face).map(({ label }) => label);
    const { updates, updatedAt } = card;
    return { ...base, card: face, text: wordsOf(face).join('\n'), buttons, updates, updatedAt };
  }

  function cardsOf(place: Place): ShownCard[] {
    const { messages, userId } = look(place);
    return messages.filter(({ type }) => CARDS.has(type)).map((message) => shown(message, userId));
  }

  const textsOf = (place: Place): string[] =>
    look(place)
      .messages.filter(({ type }) => !CARDS.has(type))
      .map(({ body }) => String(body.words));

  return {
    cardsOf,
    textsOf,
    card: (messageId) => shown(world.message(messageId), null),
    waitForCard(place, matcher = () => true, options) {
      const fits = typeof matcher === 'string' ? (one: ShownCard) => one.text.includes(matcher) : matcher;
      return journal.until(() => cardsOf(place).find(fits), { what: `a card ${describe(matcher)}`, ...options });
    },
    async waitForText(place, matcher = () => true, options) {
      const fits = typeof matcher === 'string' ? (one: string) => one.includes(matcher) : matcher;
      const find = (): { words: string } | null => {
        const words = textsOf(place).find(fits);
        return words === undefined ? null : { words };
      };
      return (await journal.until(find, { what: `a text ${describe(matcher)}`, ...options })).words;
    },
  };
}

const describe = (matcher: unknown): string => (typeof matcher === 'string' ? `with ${matcher}` : 'that fits');
