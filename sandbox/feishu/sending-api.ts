/** Sending and replying: receiver, size and content checks, idempotency by `uuid`, and the five messages a second. */
import { type ApiCall, text } from '../platform/http-face.ts';
import { createQuota } from '../platform/quota.ts';
import { checkCard } from './card-check.ts';
import type { Core } from './core.ts';
import { messageView } from './message-view.ts';
import { findReceiver, refuseWriting } from './receivers.ts';
import { missingField, ok, type Reply, type Route, refuse } from './reply.ts';
import type { Chat, Mention, Message } from './world.ts';

const TEXT_LIMIT = 150 * 1024;
const OTHER_LIMIT = 30 * 1024;
const DEDUP_MS = 3600_000;
const TYPES = new Set([
  'text',
  'post',
  'image',
  'file',
  'audio',
  'media',
  'sticker',
  'interactive',
  'share_chat',
  'share_user',
]);

export function createSendingApi(core: Core): Route[] {
  const { journal, clock, world, options } = core;
  const quota = createQuota(options.receiverQps, 1000, clock.now);
  const sentByUuid = new Map<string, { messageId: string; at: number }>();

  function send({ body, path }: ApiCall, chat: Chat, quotaKey: string, parentId: string | null): Reply {
    const type = text(body.msg_type);
    const content = text(body.content);
    const uuid = text(body.uuid);
    const fault = checkUuid(core, uuid) ?? checkContent(core, type, content);
    if (fault) return fault;
    const known = sentByUuid.get(uuid);
    if (uuid !== '' && known && clock.now() - known.at < DEDUP_MS)
      return ok(messageView(core, world.message(known.messageId)));
    if (!quota.take(quotaKey)) {
      journal.complain('over_qps', `${path} to ${quotaKey}`);
      return refuse(230020, 'This operation triggers the frequency limit.');
    }
    const sender = { kind: 'bot' as const, openId: world.bot.openId };
    const message = world.addMessage({
      chatId: chat.chatId,
      sender,
      type,
      parentId,
      ...withMentions(core, type, content),
    });
    if (uuid !== '') sentByUuid.set(uuid, { messageId: message.messageId, at: clock.now() });
    return ok(messageView(core, message));
  }

  function create(call: ApiCall): Reply {
    const id = text(call.body.receive_id);
    if (id === '') return missingField('receive_id');
    const receiver = findReceiver(core, call.query.receive_id_type ?? '', id);
    return 'refusal' in receiver ? receiver.refusal : send(call, receiver.chat, receiver.quotaKey, null);
  }

  function reply(call: ApiCall): Reply {
    const parent = world.messages.get(call.params.message_id ?? '');
    if (!parent) return refuse(99992354, 'The request you send is not a valid {message_id} or not exists');
    if (parent.deleted) return refuse(230011, 'The message was withdrawn.');
    const chat = world.chat(parent.chatId);
    const quotaKey = chat.kind === 'p2p' ? ([...chat.memberIds][0] ?? chat.chatId) : chat.chatId;
    return refuseWriting(chat) ?? send(call, chat, quotaKey, parent.messageId);
  }

  return [
    { method: 'POST', path: '/open-apis/im/v1/messages', auth: 'tenant', answer: create },
    { method: 'POST', path: '/open-apis/im/v1/messages/:message_id/reply', auth: 'tenant', answer: reply },
  ];
}

function checkUuid(core: Core, uuid: string): Reply | null {
  if (uuid.length <= 50) return null;
  core.journal.complain('long_uuid', `${uuid.length} characters`);
  return refuse(99992402, 'field validation failed', {
    field_violations: [{ field: 'uuid', description: 'max len is 50' }],
  });
}

function checkContent(core: Core, type: string, content: string): Reply | null {
  if (type === '') return missingField('msg_type');
  if (content === '') return missingField('content');
  if (!TYPES.has(type)) return refuse(230054, 'This message type is not supported.');
  if (Buffer.byteLength(content) > (type === 'text' ? TEXT_LIMIT : OTHER_LIMIT)) {
    core.journal.complain('bad_request', `${type} of ${Buffer.byteLength(content)} bytes`);
    return refuse(230025, 'The length of the message content reaches its limit.');
  }
  if (type === 'interactive') return checkCard(core, content);
  const value = parsed(content);
  const lost = type === 'image' && core.pictures.bytes(text(value?.image_key)) === null;
  if (value === null || lost || (type === 'text' && typeof value.text !== 'string')) {
    core.journal.complain('bad_request', `content of a ${type} is not what the platform reads`);
    return refuse(230001, 'Your request contains an invalid request parameter, ext=invalid message content.');
  }
  return null;
}

function parsed(content: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** `<at user_id="ou_…">name</at>` in a text becomes a mention, and the text carries its key. */
function withMentions(core: Core, type: string, content: string): Pick<Message, 'content' | 'mentions'> {
  if (type !== 'text') return { content, mentions: [] };
  const mentions: Mention[] = [];
  const words = text(parsed(content)?.text).replace(/<at user_id="(\w+)">([^<]*)<\/at>/g, (whole, openId, name) => {
    if (openId === 'all') return '@_all';
    const person = core.world.people.get(openId);
    if (!person) return whole;
    const key = `@_user_${mentions.length + 1}`;
    mentions.push({ key, openId, name: name || person.name, bot: false });
    return key;
  });
  return { content: JSON.stringify({ text: words }), mentions };
}
