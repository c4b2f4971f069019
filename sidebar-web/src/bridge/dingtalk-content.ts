/** The messages of DingTalk's message menu, as its client tells them, in the page's words. */
import { words } from '../words.ts';
import type { PickedMessage } from './bridge.ts';

export interface Picked {
  readonly chatId: string;
  readonly messages: readonly PickedMessage[];
}

/** The server takes no more of one message. */
const maxCharacters = 4_000;
const kinds = new Map<string, string>(Object.entries({ ...words.kinds, video: words.kinds.media }));

/**
 * Null when it is not the answer we know. The document shows an object, the script's own types a text that holds it.
 * https://open.dingtalk.com/document/development/message-menu-api
 */
export function readPicked(answer: unknown): Picked | null {
  const given = fields(answer);
  const { conversation, msgList } = typeof given['content'] === 'string' ? parse(given['content']) : given;
  const chatId = fields(Array.isArray(conversation) ? conversation[0] : conversation)['openConversationId'];
  if (typeof chatId !== 'string' || chatId === '' || !Array.isArray(msgList)) return null;
  return { chatId, messages: msgList.map((message, index) => readMessage(fields(message), String(index))) };
}

function readMessage(message: Record<string, unknown>, id: string): PickedMessage {
  const kind = text(message['msgtype']);
  const said = kind === 'text' || kind === 'richtext' ? text(fields(message[kind])['content']).trim() : '';
  return {
    id,
    sender: text(message['senderName']).trim().slice(0, 100) || words.someone,
    sentAt: instant(message['createAt']),
    text: said.slice(0, maxCharacters) || named(kind, text(fields(message['file'])['f_name'])),
    readable: said !== '',
  };
}

function named(kind: string, name: string): string {
  const word = kinds.get(kind) ?? words.kinds.other;
  return name === '' ? word : `${word} ${name}`;
}

/** Milliseconds or seconds, as a number or in digits; the document says no more than that it is a text. */
function instant(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number') return number > 0 ? Math.floor(number < 1e11 ? number * 1000 : number) : null;
  const read = Date.parse(text(value));
  return read > 0 ? read : null;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parse(json: string): Record<string, unknown> {
  try {
    return fields(JSON.parse(json));
  } catch {
    return {};
  }
}
