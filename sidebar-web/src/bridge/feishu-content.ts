/** Feishu's message contents as the words a person recognises them by. */
import { words } from '../words.ts';

const kinds: Readonly<Record<string, string>> = words.kinds;

/** `content` is JSON for messages the client can read; of the others the words are our own. */
export function textOf(messageType: string, content: string): string {
  const body = parse(content);
  if (messageType === 'text') return plain(String(body['text'] ?? ''));
  if (messageType === 'post') return postText(body);
  const kind = kinds[messageType] ?? words.kinds.other;
  const name = body['file_name'];
  return typeof name === 'string' && name !== '' ? `${kind} ${name}` : kind;
}

/** Mentions stand in the text as `@_user_1`; the client does not tell whose name that is. */
const plain = (text: string): string => text.replace(/@_(user_\d+|all)/g, words.mention).trim();

/** A rich text: a title and paragraphs of pieces, bare or below a language. */
function postText(body: Record<string, unknown>): string {
  const inner = Array.isArray(body['content']) ? body : record(Object.values(body)[0]);
  const paragraphs = Array.isArray(inner['content']) ? inner['content'] : [];
  const lines = paragraphs.map((pieces) => (Array.isArray(pieces) ? pieces.map(pieceText).join('') : ''));
  return plain([inner['title'], ...lines].filter(Boolean).join('\n'));
}

function pieceText(piece: unknown): string {
  const { tag, text, user_name: name } = record(piece);
  if (typeof text === 'string') return text;
  if (tag === 'at') return typeof name === 'string' ? `@${name}` : words.mention;
  return tag === 'img' ? words.kinds.image : tag === 'media' ? words.kinds.media : '';
}

function parse(content: string): Record<string, unknown> {
  try {
    return record(JSON.parse(content));
  } catch {
    return {};
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
