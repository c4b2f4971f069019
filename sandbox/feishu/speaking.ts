/** What people say in chats: words, replies, pictures, forwards; each fires what the platform would push. */
import type { Delivery } from '../platform/deliveries.ts';
import type { Core } from './core.ts';
import type { Flaws } from './misbehaviour.ts';
import type { Chat, Mention, Message, Person } from './world.ts';

/** Plain words, a rich text, a picture, a file, or any type with its content string. */
export type Utterance =
  | string
  | { readonly post: { readonly title: string; readonly paragraphs: readonly string[] } }
  | { readonly image: string }
  | { readonly file: string }
  | { readonly type: string; readonly content: string };

export interface SayOptions {
  /** Who is addressed with @, in order; `bot` is our bot. */
  readonly mention?: readonly (Person | string)[];
  readonly replyTo?: string;
  readonly flaws?: Flaws;
  /** When it was said, ms; now unless told. */
  readonly at?: number;
}

export interface Said {
  readonly messageId: string;
  /** Null when the platform pushes nothing: the bot is not in the chat, or was not addressed where that is needed. */
  readonly delivery: Delivery | null;
}

export interface Speaking {
  say(person: Person | string, chat: Chat | string, what: Utterance, options?: SayOptions): Said;
  sayToBot(person: Person | string, what: Utterance, options?: SayOptions): Said;
  /** Hands messages on as one merged record, to the bot's private chat unless a chat is named. */
  forward(person: Person | string, messageIds: readonly string[], to?: Chat | string, options?: SayOptions): Said;
  recall(messageId: string): Delivery | null;
}

export function createSpeaking(core: Core): Speaking {
  const { world, events, deliveries, options } = core;

  function mentionsOf(refs: readonly (Person | string)[]): Mention[] {
    return refs.map((ref, index) => {
      const key = `@_user_${index + 1}`;
      if (ref === 'bot') return { key, openId: world.bot.openId, name: world.bot.name, bot: true };
      const { openId, name } = world.person(ref);
      return { key, openId, name, bot: false };
    });
  }

  function publish(message: Message, chat: Chat, flaws: Flaws | undefined): Said {
    const addressed = chat.kind === 'p2p' || message.mentions.some((mention) => mention.bot);
    const heard = chat.botIn && !chat.dissolved && (addressed || options.groupMessages === 'all');
    const delivery = heard ? deliveries.send(events.messageReceived(message), flaws) : null;
    return { messageId: message.messageId, delivery };
  }

  function speak(
    who: Person,
    chat: Chat,
    type: string,
    content: string,
    rest: SayOptions,
    forwarded: Message[] = [],
  ): Said {
    if (!chat.memberIds.has(who.openId)) throw new Error(`${who.name} is not in ${chat.name}`);
    const message = world.addMessage({
      chatId: chat.chatId,
      sender: { kind: 'person', openId: who.openId },
      type,
      content,
      mentions: mentionsOf(rest.mention ?? []),
      parentId: rest.replyTo ?? null,
      forwarded,
      ...(rest.at !== undefined && { createdAt: rest.at }),
    });
    return publish(message, chat, rest.flaws);
  }

  function say(person: Person | string, where: Chat | string, what: Utterance, rest: SayOptions = {}): Said {
    const { type, content } = contentOf(what, mentionsOf(rest.mention ?? []));
    return speak(world.person(person), world.chat(where), type, content, rest);
  }

  return {
    say,
    sayToBot: (person, what, rest) => say(person, world.p2pChat(person), what, rest),
    forward(person, messageIds, to, rest = {}) {
      const chat = to === undefined ? world.p2pChat(person) : world.chat(to);
      const parts = messageIds.map((id) => world.message(id));
      return speak(world.person(person), chat, 'merge_forward', 'Merged and Forwarded Message', rest, parts);
    },
    recall(messageId) {
      const message = world.message(messageId);
      message.deleted = true;
      core.journal.touch();
      if (!world.chat(message.chatId).botIn) return null;
      const { chatId } = message;
      const event = {
        message_id: messageId,
        chat_id: chatId,
        recall_time: String(core.clock.now()),
        recall_type: 'message_owner',
      };
      return deliveries.send(events.write('im.message.recalled_v1', event));
    },
  };
}

/** Mentions stand at the beginning: as keys in a text, as `at` elements in a post. */
function contentOf(what: Utterance, mentions: readonly Mention[]): { type: string; content: string } {
  const content = (value: object): string => JSON.stringify(value);
  if (typeof what === 'string') {
    const keys = mentions.map(({ key }) => `${key} `).join('');
    return { type: 'text', content: content({ text: keys + what }) };
  }
  if ('type' in what) return what;
  if ('image' in what) return { type: 'image', content: content({ image_key: what.image }) };
  if ('file' in what) {
    return { type: 'file', content: content({ file_key: `file_${what.file}`, file_name: what.file }) };
  }
  const ats = mentions.map(({ key, name }) => ({ tag: 'at', user_id: key, user_name: name }));
  const lines = what.post.paragraphs.map((text, index) => [...(index === 0 ? ats : []), { tag: 'text', text }]);
  return { type: 'post', content: content({ title: what.post.title, content: lines }) };
}
