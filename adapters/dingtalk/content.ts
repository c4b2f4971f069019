/** The words of a robot message: of text, rich text and voice; a picture or a file has none (dingtalk.md §3.1). */
import type { HandedLine } from '../../src/channel/event.ts';
import {
  field,
  isRecord,
  type Json,
  type JsonRecord,
  parseRecord,
  recordField,
  recordsField,
  textField,
} from './json.ts';
import { readNumber } from './message-head.ts';

/** Empty for what holds no words. The platform cuts the @ of our robot out and leaves its blank. */
export function readWords(data: JsonRecord): string {
  const content = recordField(data, 'content');
  switch (field(data, 'msgtype')) {
    case 'text': {
      const text = recordField(data, 'text');
      return ((text && textField(text, 'content')) ?? '').trim();
    }
    case 'richText':
      return joined(content ? recordsField(content, 'richText').map((part) => textField(part, 'text') ?? '') : []);
    case 'audio':
      // What the platform understood of the voice.
      return ((content && textField(content, 'recognition')) ?? '').trim();
    default:
      return '';
  }
}

/** Pieces are lines, unless one brings its own line break. */
function joined(pieces: readonly string[]): string {
  return pieces
    .filter((piece) => piece !== '')
    .reduce(
      (words, piece) => (words === '' || /\n$/.test(words) || /^\n/.test(piece) ? words + piece : `${words}\n${piece}`),
      '',
    )
    .trim();
}

const mostLines = 500;
const names = ['senderName', 'senderNick', 'sender', 'nick', 'name'];
const contents = ['content', 'text', 'msg'];
const instants = ['createAt', 'createTime', 'sendTime', 'time'];

/**
 * The lines of a forwarded record. No document shows one reaching a robot (dingtalk.md §3.1, unsure), so whatever
 * looks like a list of somebody's words is taken for it, and what does not is left alone. Null when there is no list.
 */
export function readRecord(data: JsonRecord): readonly HandedLine[] | null {
  if (field(data, 'msgtype') !== 'chatRecord') return null;
  const content = recordField(data, 'content') ?? recordField(data, 'chatRecord');
  for (const value of content ? Object.values(content) : []) {
    const lines = listOf(value).slice(0, mostLines).flatMap(readLine);
    if (lines.length > 0) return lines;
  }
  return null;
}

/** A list, or a text that holds one. */
function listOf(value: Json): readonly JsonRecord[] {
  if (Array.isArray(value)) return value.filter(isRecord);
  const inside = typeof value === 'string' && value.startsWith('[') ? parseRecord(`{"list":${value}}`) : null;
  return inside ? recordsField(inside, 'list') : [];
}

function readLine(line: JsonRecord): HandedLine[] {
  const text = firstOf(contents, (name) => {
    const nested = recordField(line, name);
    return nested ? (textField(nested, 'content') ?? textField(nested, 'text')) : textField(line, name);
  });
  if (text === null || text.trim() === '') return [];
  return [
    {
      speakerName: firstOf(names, (name) => textField(line, name)),
      speaker: null,
      text: text.trim(),
      sentAt: firstOf(instants, (name) => readNumber(field(line, name))),
    },
  ];
}

function firstOf<T>(candidates: readonly string[], read: (name: string) => T | null): T | null {
  for (const name of candidates) {
    const value = read(name);
    if (value !== null) return value;
  }
  return null;
}
