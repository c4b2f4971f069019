/** What people say to the AI bot: in private, with @ in internal groups, as a reply to something, as a record. */
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Said } from '../said.ts';
import { botChat } from '../sent.ts';
import { contentOf, nameOf, type Utterance, words } from '../utterance.ts';
import type { Chat, ChatRef, Message, PersonRef } from '../world.ts';
import type { BotEvent, BotFlaws, BotSocket } from './socket.ts';

/** At most three exchanges of one person with the bot are open at a time; an unanswered one for six minutes. */
const OPEN_LIMIT = 3;
const OPEN_MS = 6 * 60_000;

export interface BotSayOptions {
  readonly at?: number;
  /** The message that is replied to; the bot gets it as `quote`. */
  readonly quote?: string;
  readonly botFlaws?: BotFlaws;
}

export interface BotTalk {
  sayToBot(person: PersonRef, what: Utterance, options?: BotSayOptions): Said;
  /** Says it with @ in an internal group. Without `what` being text or text with pictures the bot hears nothing. */
  mentionBot(person: PersonRef, group: ChatRef, what: Utterance, options?: BotSayOptions): Said;
  /** A merged record in private; `msgtype: chatrecord` is an assumption. */
  forwardToBot(person: PersonRef, messages: readonly Message[], options?: BotSayOptions): Said;
  /** Opens the private chat; reported once a day. */
  openBotChat(person: PersonRef): Said['delivery'];
}

export function createBotTalk(core: Core, socket: BotSocket): BotTalk {
  const { world, clock, random, options } = core;
  const open = new Map<string, { messageId: string; at: number }[]>();
  const greeted = new Map<string, number>();

  function headOf(chat: Chat, userid: string, msgid: string): JsonObject {
    const place = chat.kind === 'bot' ? { chattype: 'single' } : { chatid: chat.chatId, chattype: 'group' };
    return { msgid, aibotid: options.bot?.id, ...place, from: { userid } };
  }

  /** A fourth exchange is refused by the client. */
  function takesPart(userid: string, messageId: string): boolean {
    const since = clock.now() - OPEN_MS;
    const still = (open.get(userid) ?? []).filter((one) => one.at > since && !socket.hasAnswered(one.messageId));
    open.set(userid, still);
    if (still.length >= OPEN_LIMIT) return false;
    still.push({ messageId, at: clock.now() });
    return true;
  }

  function tell(chat: Chat, userid: string, message: Message, content: JsonObject, rest: BotSayOptions): Said {
    const { messageId } = message;
    if (!takesPart(userid, messageId)) {
      core.journal.complain(
        'unanswered',
        `${userid} has ${OPEN_LIMIT} open exchanges with the bot and cannot begin another`,
      );
      return { messageId, delivery: null };
    }
    const quoted = rest.quote === undefined ? {} : { quote: quoteOf(world.message(rest.quote)) };
    const event: BotEvent = {
      eventId: messageId,
      eventType: `bot.${content.msgtype}`,
      cmd: 'aibot_msg_callback',
      body: { ...headOf(chat, userid, messageId), ...content, ...quoted },
      expects: { kind: 'message', userid, chatId: chat.chatId, message },
    };
    return { messageId, delivery: socket.send(event, rest.botFlaws) };
  }

  function speak(
    person: PersonRef,
    chat: Chat,
    what: Utterance,
    rest: BotSayOptions,
    forwarded: readonly Message[] = [],
  ) {
    const { userid } = world.member(person);
    if (!chat.memberIds.has(userid)) throw new Error(`${userid} is not in ${chat.name}`);
    const { type, body } = contentOf(what);
    const at = rest.at === undefined ? {} : { createdAt: rest.at };
    const sender = { kind: 'person' as const, id: userid };
    return world.addMessage({ chatId: chat.chatId, sender, type, body, forwarded, ...at });
  }

  return {
    sayToBot(person, what, rest = {}) {
      const chat = botChat(core, person);
      const message = speak(person, chat, what, rest);
      return tell(chat, world.member(person).userid, message, botContent(message), rest);
    },
    mentionBot(person, group, what, rest = {}) {
      const chat = world.chat(group);
      if (!chat.botIn) throw new Error(`the bot is not in ${chat.name}`);
      const message = speak(person, chat, what, rest);
      const { msgtype, ...content } = botContent(message, `@${options.bot?.name} `);
      const heard = msgtype === 'text' || msgtype === 'mixed';
      if (!heard) return { messageId: message.messageId, delivery: null };
      return tell(chat, world.member(person).userid, message, { msgtype, ...content }, rest);
    },
    forwardToBot(person, messages, rest = {}) {
      const chat = botChat(core, person);
      const message = speak(person, chat, { type: 'chatrecord', body: {} }, rest, messages);
      const item = messages.map((one) => ({
        type: 'ChatRecordText',
        sender_name: nameOf(world, one),
        msgtime: Math.floor(one.createdAt / 1000),
        content: JSON.stringify({ content: words(one) }),
      }));
      const content = { msgtype: 'chatrecord', chatrecord: { title: '聊天记录', item } };
      return tell(chat, world.member(person).userid, message, content, rest);
    },
    openBotChat(person) {
      const { userid } = world.member(person);
      const today = Math.floor((clock.now() + 8 * 3600_000) / (24 * 3600_000));
      const chat = botChat(core, person);
      if (greeted.get(userid) === today) return null;
      greeted.set(userid, today);
      const msgid = random.hex(32);
      return socket.send({
        eventId: msgid,
        eventType: 'bot.enter_chat',
        cmd: 'aibot_event_callback',
        body: {
          ...headOf(chat, userid, msgid),
          create_time: Math.floor(clock.now() / 1000),
          msgtype: 'event',
          event: { eventtype: 'enter_chat', enter_chat: {} },
        },
        expects: { kind: 'welcome', userid, chatId: chat.chatId, message: null },
      });
    },
  };
}

/** The part of a callback that carries the words. Media are addresses with a key of their own, good for five minutes. */
function botContent({ type, body }: Message, prefix = ''): JsonObject {
  if (type === 'text') return { msgtype: 'text', text: { content: prefix + String(body.content) } };
  if (type === 'voice') return { msgtype: 'voice', voice: { content: String(body.content ?? '') } };
  if (type === 'mixed') return { msgtype: 'mixed', mixed: body };
  const url = `https://ww-aibot-img.example/${String(body.media_id ?? '')}`;
  const aeskey = Buffer.alloc(32, 7).toString('base64').replace(/=+$/, '');
  return { msgtype: type, [type]: { url, aeskey } };
}

function quoteOf({ type, body }: Message): JsonObject {
  const content = String(body.content ?? '');
  return type === 'text' || type === 'markdown' || type === 'stream'
    ? { msgtype: 'text', text: { content } }
    : { msgtype: type, [type]: body };
}
