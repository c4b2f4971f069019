/** What the bot's client may ask for: replies to a callback, the welcome, card updates, messages of its own, uploads. */
import type { WebSocket } from 'ws';
import { text } from '../../platform/http-face.ts';
import { asObject, type JsonObject } from '../../platform/json.ts';
import { createQuota } from '../../platform/quota.ts';
import { checkCard } from '../card-check.ts';
import type { Core } from '../core.ts';
import { botChat, changeCard } from '../sent.ts';
import type { Chat, Message } from '../world.ts';
import { type Ack, accepted, type Frame, refused } from './frames.ts';
import { createStreams } from './streams.ts';

const REPLY_MS = 24 * 3600_000;
const AT_ONCE_MS = 5000;
const MEDIA = new Set(['file', 'image', 'voice', 'video']);

/** What a callback's request id may be answered with. */
export interface Expectation {
  readonly kind: 'message' | 'welcome' | 'card';
  readonly userid: string;
  readonly chatId: string;
  /** The words that were said, or the card that was tapped. */
  readonly message: Message | null;
}

export interface Client {
  readonly socket: WebSocket;
  subscribed: boolean;
  /** Request ids of this connection; another connection's are stale. */
  readonly expectations: Map<string, Expectation & { readonly openedAt: number }>;
}

export interface Uploads {
  carryOut(cmd: string, body: JsonObject): Ack | null;
  known(mediaId: string): boolean;
}

export function createCommands(core: Core, uploads: Uploads) {
  const { world, clock, journal, options } = core;
  const perMinute = createQuota(30, 60_000, clock.now);
  const perHour = createQuota(1000, 3600_000, clock.now);
  const taskIds = new Set<string>();
  const answered = new Set<string>();
  const streams = createStreams(core, post);

  function post(chat: Chat, type: string, body: JsonObject, inReplyTo?: Message | null): Message {
    const sender = { kind: 'bot' as const, id: options.bot?.id ?? '' };
    if (inReplyTo) answered.add(inReplyTo.messageId);
    return world.addMessage({ chatId: chat.chatId, sender, type, body });
  }

  function postAny(chat: Chat, body: JsonObject, types: readonly string[], said: Message | null): Ack {
    const type = text(body.msgtype);
    const content = asObject(body[type]);
    if (!types.includes(type) || !content) return refused(40008, 'invalid message type');
    if (!perMinute.take(chat.chatId) || !perHour.take(chat.chatId)) {
      journal.complain('over_api_rate', `bot in ${chat.chatId}`);
      return refused(45009, 'api freq out of limit');
    }
    if (type === 'template_card') {
      const fault = checkBotCard(content);
      if (fault) return fault;
    }
    if (type === 'markdown' && (text(content.content) === '' || Buffer.byteLength(text(content.content)) > 20_480)) {
      return refused(40058, 'markdown.content is empty or longer than 20480 bytes');
    }
    if (MEDIA.has(type) && !uploads.known(text(content.media_id))) return refused(40007, 'invalid media_id');
    post(chat, type, content, said);
    return accepted();
  }

  function checkBotCard(card: JsonObject, taskId?: string): Ack | null {
    const reply = checkCard(core, card, 'bot');
    if (reply && !Buffer.isBuffer(reply.body)) return refused(reply.body.errcode, reply.body.errmsg);
    const id = text(card.task_id);
    if (taskId !== undefined) return id === taskId ? null : refused(42016, 'task_id is not that of the tapped card');
    if (id !== '' && taskIds.has(id)) return refused(42014, 'task_id was used before');
    taskIds.add(id);
    return null;
  }

  /** 846605: the request id is of another connection, of another kind of callback, or too old. */
  function expected(client: Client, { cmd, reqId }: Frame, kind: Expectation['kind'], withinMs: number) {
    const found = client.expectations.get(reqId);
    if (found?.kind === kind && clock.now() - found.openedAt <= withinMs) return found;
    journal.complain('bad_frame', `${cmd}: request id ${found ? `too late or of a ${found.kind}` : 'unknown'}`);
    return null;
  }

  const stale = (): Ack => refused(846605, 'invalid req_id');

  function respond(client: Client, frame: Frame): Ack {
    const found = expected(client, frame, 'message', REPLY_MS);
    if (!found) return stale();
    const chat = world.chat(found.chatId);
    if (frame.body.msgtype === 'stream') return streams.take(chat, asObject(frame.body.stream) ?? {}, found.message);
    return postAny(chat, frame.body, ['markdown', 'template_card', ...MEDIA], found.message);
  }

  function welcome(client: Client, frame: Frame): Ack {
    const found = expected(client, frame, 'welcome', AT_ONCE_MS);
    if (!found) return stale();
    client.expectations.delete(frame.reqId);
    return postAny(world.chat(found.chatId), frame.body, ['text', 'template_card'], null);
  }

  function updateCard(client: Client, frame: Frame): Ack {
    const found = expected(client, frame, 'card', AT_ONCE_MS);
    if (!found?.message) return stale();
    const card = asObject(frame.body.template_card);
    if (frame.body.response_type !== 'update_template_card' || !card) return refused(40058, 'no update_template_card');
    const fault = checkBotCard(card, text(found.message.body.task_id));
    if (fault) return fault;
    client.expectations.delete(frame.reqId);
    changeCard(core, found.message, card);
    return accepted();
  }

  /** To a person or a group that has talked with the bot before. */
  function sendMsg({ body }: Frame): Ack {
    const id = text(body.chatid);
    const group = world.chats.get(id);
    const chat = group ?? (world.members.has(id) ? botChat(core, id) : null);
    const wrongKind = (body.chat_type === 1 && group) || (body.chat_type === 2 && !group);
    if (!chat || wrongKind || (group && !group.botIn)) return refused(40058, 'invalid chatid');
    const talked = world.messagesIn(chat).some(({ sender }) => sender.kind === 'person');
    if (!talked) return refused(40058, 'nobody has talked to the bot in this conversation');
    return postAny(chat, body, ['markdown', 'template_card', ...MEDIA], null);
  }

  function carryOut(client: Client, frame: Frame): Ack {
    if (!client.subscribed) return refused(853000, 'not subscribed');
    if (frame.cmd === 'aibot_respond_msg') return respond(client, frame);
    if (frame.cmd === 'aibot_respond_welcome_msg') return welcome(client, frame);
    if (frame.cmd === 'aibot_respond_update_msg') return updateCard(client, frame);
    if (frame.cmd === 'aibot_send_msg') return sendMsg(frame);
    const uploaded = uploads.carryOut(frame.cmd, frame.body);
    if (uploaded) return uploaded;
    journal.complain('bad_frame', `unknown command ${frame.cmd}`);
    return refused(40008, 'invalid cmd');
  }

  return {
    carryOut,
    /** Whether the bot has answered these words, a finished stream included. */
    hasAnswered: (messageId: string) => answered.has(messageId),
    tapBody(
      msgid: string,
      userid: string,
      message: Message,
      key: string,
      answers: readonly (readonly [string, readonly string[]])[],
    ): JsonObject {
      const chat = world.chat(message.chatId);
      const items = answers.map(([question_key, ids]) => ({ question_key, option_ids: { option_id: ids } }));
      return {
        msgid,
        create_time: Math.floor(clock.now() / 1000),
        aibotid: options.bot?.id,
        ...(chat.kind === 'bot' ? { chattype: 'single' } : { chattype: 'group', chatid: chat.chatId }),
        from: { userid },
        msgtype: 'event',
        event: {
          eventtype: 'template_card_event',
          template_card_event: {
            card_type: message.body.card_type,
            event_key: key,
            task_id: message.body.task_id,
            ...(items.length > 0 && { selected_items: { selected_item: items } }),
          },
        },
      };
    },
  };
}
