/** What of a robot message must be known before it is stored, and what of it is stored (dingtalk.md §3.1). */
import { field, type Json, type JsonRecord, textField } from './json.ts';

export interface MessageHead {
  readonly messageId: string;
  readonly chatId: string;
  readonly kind: 'group' | 'direct';
  readonly sender: MessageSender;
  /** Where this chat can be answered for a while; `expiresAt` in ms. */
  readonly session: { readonly webhook: string; readonly expiresAt: number } | null;
}

/**
 * `nameless`: of our company, but the platform does not say who: the app is not published, or not for them. All ids but
 * a colleague's are opaque.
 */
export type MessageSender =
  | { readonly kind: 'colleague'; readonly staffId: string }
  | { readonly kind: 'nameless' | 'outsider'; readonly senderId: string | null };

export interface StoredMessage {
  readonly liaodan: 'message';
  readonly receivedAt: number;
  readonly data: JsonRecord;
  /** See carried-session.ts. */
  readonly session?: string;
}

const kinds: ReadonlyMap<string, MessageHead['kind']> = new Map([
  ['1', 'direct'],
  ['2', 'group'],
]);

/** Null when a field is missing without which the message belongs nowhere. */
export function readMessageHead(data: JsonRecord): MessageHead | null {
  const [messageId, chatId] = [textField(data, 'msgId'), textField(data, 'conversationId')];
  const kind = kinds.get(String(field(data, 'conversationType')));
  if (messageId === null || chatId === null || kind === undefined) return null;
  const webhook = textField(data, 'sessionWebhook');
  const expiresAt = readNumber(field(data, 'sessionWebhookExpiredTime'));
  return {
    messageId,
    chatId,
    kind,
    sender: readSender(data),
    session: webhook !== null && expiresAt !== null ? { webhook, expiresAt } : null,
  };
}

/** A staff id of another company may be one of ours by chance, so it is not looked at. */
function readSender(data: JsonRecord): MessageSender {
  const [ours, theirs] = [textField(data, 'chatbotCorpId'), textField(data, 'senderCorpId')];
  const [staffId, senderId] = [textField(data, 'senderStaffId'), textField(data, 'senderId')];
  if (staffId !== null && (theirs === null || theirs === ours)) return { kind: 'colleague', staffId };
  return { kind: theirs !== null && theirs === ours ? 'nameless' : 'outsider', senderId };
}

/** The session webhook lets anybody speak in the chat: it has no business in the inbox table but closed. */
export function asStored(data: JsonRecord, receivedAt: number, session: string | null): StoredMessage {
  const { sessionWebhook: _secret, sessionWebhookExpiredTime: _end, ...kept } = data;
  return { liaodan: 'message', receivedAt, data: kept, ...(session === null ? {} : { session }) };
}

/** The last instant whose year has four digits, ms: the numbers that are read here are instants. */
const most = 253_402_300_799_999;

/** A number, or a text that is one: the documents and the wire disagree about which. */
export function readNumber(value: Json | undefined): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 && number <= most ? number : null;
}
