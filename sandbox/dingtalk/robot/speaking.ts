/** What people say, and how much of it our robot hears: everything in private, in internal groups only what is said to it. */
import type { Delivery } from '../../platform/deliveries.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Flaws } from '../misbehaviour.ts';
import type { Chat, Message, Person } from '../world.ts';

/** Plain words, a rich text of lines and pictures, a picture, a file, a voice message with what was understood. */
export type Utterance =
  | string
  | { readonly richText: readonly (string | { readonly picture: string })[] }
  | { readonly picture: string }
  | { readonly file: string }
  | { readonly audio: { readonly durationMs: number; readonly recognition: string } };

export interface SayOptions {
  /** Who is addressed with @, in order; `bot` is our robot, `all` everybody (whom no robot feels addressed by). */
  readonly mention?: readonly (Person | string)[];
  /** The message that is quoted. */
  readonly replyTo?: string;
  readonly flaws?: Flaws;
  /** When it was said, ms; now unless told. */
  readonly at?: number;
}

export interface Said {
  readonly messageId: string;
  /** Null when the robot hears nothing: not in the chat, not addressed, or a kind that groups do not pass on. */
  readonly delivery: Delivery | null;
}

export interface Speaking {
  say(person: Person | string, chat: Chat | string, what: Utterance, options?: SayOptions): Said;
  /** In the person's private chat with the robot. */
  sayToBot(person: Person | string, what: Utterance, options?: SayOptions): Said;
  /** In a group, with @ in front. */
  mentionBot(person: Person | string, chat: Chat | string, what: Utterance, options?: SayOptions): Said;
}

const IN_GROUPS = ['text', 'richText', 'picture'];

export function createSpeaking(core: Core): Speaking {
  const { world, events, deliveries, options, clock, sessions, quota, grants } = core;

  function say(ref: Person | string, where: Chat | string, what: Utterance, rest: SayOptions = {}): Said {
    const [person, chat] = [world.person(ref), world.chat(where)];
    if (!chat.memberIds.has(person.userId) || person.departed) throw new Error(`${person.name} is not in ${chat.name}`);
    const content = contentOf(what);
    const message = world.addMessage({
      conversationId: chat.conversationId,
      sender: { kind: 'person', userId: person.userId },
      ...content,
      createdAt: rest.at ?? clock.now(),
    });
    const { messageId } = message;
    const addressed = chat.kind === 'p2p' || rest.mention?.includes('bot') === true;
    const passes = chat.kind === 'p2p' || IN_GROUPS.includes(content.type);
    if (!addressed || !passes || !chat.botIn || chat.dissolved) return { messageId, delivery: null };
    const paid = quota.take('stream', 'robot message');
    const data = { ...frame(message, chat, person, rest), ...(paid ? told(message, rest) : overQuota()) };
    return { messageId, delivery: deliveries.send(events.robotMessage(messageId, data), rest.flaws) };
  }

  function frame(message: Message, chat: Chat, person: Person, { mention = [] }: SayOptions): JsonObject {
    const { session, expiresAt } = sessions.open(chat.conversationId, message.createdAt);
    const group = chat.kind === 'group';
    return {
      conversationId: chat.conversationId,
      chatbotCorpId: options.corpId,
      chatbotUserId: world.bot.dingtalkId,
      msgId: message.messageId,
      senderNick: person.name,
      senderId: person.dingtalkId,
      senderCorpId: options.corpId,
      ...(grants.published && { senderStaffId: person.userId, isAdmin: person.admin }),
      senderPlatform: 'Mac',
      sessionWebhook: `${core.origin()}${options.basePath}/oapi/robot/sendBySession?session=${session}`,
      sessionWebhookExpiredTime: expiresAt,
      createAt: message.createdAt,
      conversationType: group ? '2' : '1',
      ...(group && { conversationTitle: chat.name, isInAtList: true, atUsers: mention.map(atUser) }),
      robotCode: options.robotCode,
      msgtype: message.type,
    };
  }

  function atUser(ref: Person | string): JsonObject {
    if (ref === 'bot' || ref === 'all') return { dingtalkId: ref === 'bot' ? world.bot.dingtalkId : 'all' };
    const { dingtalkId, userId } = world.person(ref);
    return { dingtalkId, staffId: userId };
  }

  /** The words: the @ of our robot is cut out and leaves a blank. */
  function told({ type, body }: Message, { mention = [], replyTo }: SayOptions): JsonObject {
    if (type !== 'text') return { content: body };
    const content = `${mention.includes('bot') ? ' ' : ''}${String(body.content)}`;
    if (replyTo === undefined) return { text: { content } };
    const quoted = world.message(replyTo);
    const repliedMsg = {
      msgType: quoted.type,
      msgId: replyTo,
      senderId: world.people.get(quoted.sender.userId)?.dingtalkId ?? world.bot.dingtalkId,
      createdAt: quoted.createdAt,
      content: { text: quoted.body.content ?? quoted.body.words ?? '' },
    };
    return { text: { content, isReplyMsg: true, repliedMsg }, originalMsgId: replyTo };
  }

  function overQuota(): JsonObject {
    const words = '受调用量超量影响，当前我的消息服务已经暂停，请联系管理员升级版本。';
    return options.overQuotaNames === 'errCode'
      ? { errCode: 20001, errMsg: words }
      : { errorCode: '20001', errorMessage: words };
  }

  return {
    say,
    sayToBot: (person, what, rest) => say(person, world.p2pChat(person), what, rest),
    mentionBot: (person, chat, what, rest = {}) =>
      say(person, chat, what, { ...rest, mention: ['bot', ...(rest.mention ?? [])] }),
  };
}

function contentOf(what: Utterance): { type: string; body: JsonObject } {
  const downloadCode = (name: string): string => Buffer.from(name).toString('base64url');
  if (typeof what === 'string') return { type: 'text', body: { content: what } };
  if ('richText' in what) {
    const richText = what.richText.map((part) =>
      typeof part === 'string' ? { text: part } : { type: 'picture', downloadCode: downloadCode(part.picture) },
    );
    return { type: 'richText', body: { richText } };
  }
  if ('picture' in what) return { type: 'picture', body: { downloadCode: downloadCode(what.picture) } };
  if ('file' in what) return { type: 'file', body: { fileName: what.file, downloadCode: downloadCode(what.file) } };
  const { durationMs, recognition } = what.audio;
  return { type: 'audio', body: { duration: durationMs, recognition, downloadCode: downloadCode(recognition) } };
}
