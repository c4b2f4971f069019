/** Reads a forwarded, merged record: its items carry their content as JSON in a string. */
import type { HandedLine } from '../../../src/channel/event.ts';
import { fromSeconds } from '../instant.ts';
import { field, isRecord, type JsonRecord, recordsField, textField } from '../json.ts';

const deepest = 3;

/** `item[]` as the archive has it (`type`, `content`, `msgtime`) and as other sources do (`msg_content`, `sender_name`, `send_time`). */
export function readRecord(record: JsonRecord): readonly HandedLine[] {
  return readItems(record, 0);
}

function readItems(record: JsonRecord, depth: number): readonly HandedLine[] {
  return recordsField(record, 'item').flatMap((item): readonly HandedLine[] => {
    const content = parse(textField(item, 'content') ?? textField(item, 'msg_content') ?? '');
    if (content && recordsField(content, 'item').length > 0 && !isMixed(item)) {
      return depth < deepest ? readItems(content, depth + 1) : [];
    }
    const text = content === null ? '' : isMixed(item) ? mixedText(content) : (textField(content, 'content') ?? '');
    if (text === '') return [];
    const speakerName = textField(item, 'sender_name');
    return [{ speakerName, speaker: null, text, sentAt: seconds(field(item, 'msgtime') ?? field(item, 'send_time')) }];
  });
}

/** The texts of a mixed message, one line each. */
export function mixedText(mixed: JsonRecord): string {
  return recordsField(mixed, 'item')
    .filter((item) => /^(ChatRecord)?text$/i.test(textField(item, 'type') ?? ''))
    .map((item) => textField(parse(textField(item, 'content') ?? '') ?? {}, 'content') ?? '')
    .filter((text) => text !== '')
    .join('\n');
}

const isMixed = (item: JsonRecord): boolean => /mixed$/i.test(textField(item, 'type') ?? '');

function parse(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Some sources write the number as a text. */
const seconds = (value: unknown): number | null => fromSeconds(typeof value === 'string' ? Number(value) : value);
