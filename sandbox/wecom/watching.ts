/** Looking over people's shoulders: which cards and texts of ours they see, and waiting until they do. */
import { text } from '../platform/http-face.ts';
import type { WaitOptions } from '../platform/journal.ts';
import type { JsonObject } from '../platform/json.ts';
import { controlsOf, wordsOf } from './card-view.ts';
import type { Core } from './core.ts';
import type { Chat, Customer, Member, Message } from './world.ts';

export interface ShownCard {
  readonly messageId: string;
  /** The platform's `msgid`, shared by all who got it. */
  readonly sendId: string;
  readonly chatId: string;
  /** The card as it stands now. */
  readonly card: JsonObject;
  /** Every word on it, one line each. */
  readonly text: string;
  /** Labels of what can be tapped now. */
  readonly buttons: readonly string[];
  readonly updates: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A person (their private chats with app, bot and kf accounts), a chat, or the id of either. */
export type Place = Member | Customer | Chat | string;

/** Words the card or text must contain, or any test. */
export type Matcher<T> = string | ((shown: T) => boolean);

export interface Watching {
  cardsOf(place: Place): ShownCard[];
  /** Texts, markdown and stream replies of app, bot, webhook and kf. */
  textsOf(place: Place): string[];
  card(messageId: string): ShownCard;
  waitForCard(place: Place, matcher?: Matcher<ShownCard>, options?: WaitOptions): Promise<ShownCard>;
  waitForText(place: Place, matcher?: Matcher<string>, options?: WaitOptions): Promise<string>;
}

export function createWatching(core: Core): Watching {
  const { world, journal } = core;

  function ours(place: Place): Message[] {
    const id = typeof place === 'string' ? place : 'chatId' in place ? place.chatId : idOfPerson(place);
    const chats = world.chats.has(id)
      ? [world.chat(id)]
      : [...world.chats.values()].filter(({ kind, memberIds }) => PRIVATE.has(kind) && memberIds.has(id));
    return chats
      .flatMap((chat) => world.messagesIn(chat))
      .filter(({ sender, recalled }) => sender.kind !== 'person' && !recalled)
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  const cardsOf = (place: Place): ShownCard[] =>
    ours(place)
      .filter(({ type }) => type === 'template_card')
      .map(shown);
  const textsOf = (place: Place): string[] =>
    ours(place)
      .filter(({ type }) => TEXTS.has(type))
      .map(({ body }) => text(body.content));

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
      const look = (): { words: string } | null => {
        const words = textsOf(place).find(fits);
        return words === undefined ? null : { words };
      };
      return (await journal.until(look, { what: `a text ${describe(matcher)}`, ...options })).words;
    },
  };
}

const PRIVATE: ReadonlySet<string> = new Set(['app', 'bot', 'kf']);
const TEXTS: ReadonlySet<string> = new Set(['text', 'markdown', 'markdown_v2', 'stream']);

const idOfPerson = (person: Member | Customer): string => ('userid' in person ? person.userid : person.externalUserId);

const describe = (matcher: unknown): string => (typeof matcher === 'string' ? `with ${matcher}` : 'that fits');

function shown(message: Message): ShownCard {
  const { messageId, sendId, chatId, body, updates, createdAt, updatedAt } = message;
  const buttons = controlsOf(body).map(({ label }) => label);
  return {
    messageId,
    sendId,
    chatId,
    card: body,
    text: wordsOf(body).join('\n'),
    buttons,
    updates,
    createdAt,
    updatedAt,
  };
}
