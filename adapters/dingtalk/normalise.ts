/** Reads a stored payload back as an event of the core; runs in the worker, after the ack. */
import { z } from 'zod';
import type { ChannelEvent, MessageEvent, PersonRef } from '../../src/channel/event.ts';
import { readRecord, readWords } from './content.ts';
import { readHandOver } from './hand-over.ts';
import { isRecord, type JsonRecord, recordField, textField } from './json.ts';
import { type MessageSender, readMessageHead, readNumber } from './message-head.ts';

const storedMessage = z.object({
  receivedAt: z.number(),
  data: z.custom<JsonRecord>(isRecord),
  session: z.string().optional(),
});
const storedLeaving = z.object({ eventId: z.string(), userId: z.string(), corpId: z.string(), at: z.number() });
const storedRenaming = z.object({
  eventId: z.string(),
  chatId: z.string(),
  name: z.string().nullable(),
  at: z.number(),
});

/**
 * Null for kinds we take no interest in. Throws on a payload that cannot be understood. `onSession` is told the closed
 * session webhook of a message that brought one.
 */
export function normalise(payload: string, onSession: (closed: string) => void = () => {}): ChannelEvent | null {
  const stored: unknown = JSON.parse(payload);
  if (!isRecord(stored)) throw new Error('dingtalk payload is not an object');
  switch (stored.liaodan) {
    case 'message': {
      const { data, receivedAt, session } = storedMessage.parse(stored);
      if (session !== undefined) onSession(session);
      return readMessage(data, receivedAt);
    }
    case 'staff_left': {
      const { eventId, userId, corpId, at } = storedLeaving.parse(stored);
      return { type: 'staff_left', eventId, person: { id: userId, tenant: corpId, internal: true }, at };
    }
    case 'chat_renamed': {
      const { eventId, chatId, name, at } = storedRenaming.parse(stored);
      return { type: 'chat_renamed', eventId, chat: { id: chatId, kind: 'group' }, name, at };
    }
    case 'hand_over':
      return readHandOver(stored);
    default:
      return null;
  }
}

/** A robot message (dingtalk.md §3.1). The robot hears nothing that is not said to it. */
function readMessage(data: JsonRecord, receivedAt: number): MessageEvent | null {
  const head = readMessageHead(data);
  if (head === null) throw new Error('dingtalk message without id or conversation');
  const { messageId, chatId, kind, sender } = head;
  // A colleague without a name must not pass for a customer.
  if (sender.kind === 'nameless') return null;
  const record = readRecord(data);
  const [senderName, chatName] = [textField(data, 'senderNick'), textField(data, 'conversationTitle')];
  return {
    type: 'message',
    messageId,
    chat: { id: chatId, kind },
    sender: personOf(sender, data),
    senderKind: 'person',
    text: record === null ? readWords(data) : '',
    addressed: true,
    // Whoever else was addressed is named by id only.
    mentions: [],
    repliesTo: repliedTo(data),
    record,
    ...(senderName !== null && { senderName }),
    ...(kind === 'group' && chatName !== null && { chatName }),
    sentAt: readNumber(data['createAt']) ?? receivedAt,
  };
}

function personOf(sender: MessageSender, data: JsonRecord): PersonRef {
  if (sender.kind === 'colleague') {
    return { id: sender.staffId, tenant: textField(data, 'chatbotCorpId'), internal: true };
  }
  if (sender.senderId === null) throw new Error('dingtalk message without a sender');
  return { id: sender.senderId, tenant: textField(data, 'senderCorpId'), internal: false };
}

function repliedTo(data: JsonRecord): string | null {
  const text = recordField(data, 'text');
  const replied = text && recordField(text, 'repliedMsg');
  return (replied && textField(replied, 'msgId')) ?? textField(data, 'originalMsgId');
}
