/** The words of a message to the bot: text, mixed, a voice's transcript; what is quoted in it counts for nothing. */
import { field, isRecord, type JsonRecord, recordField, recordsField, textField } from '../json.ts';

/** What the platform sends as messages; `stream` is a refresh of the webhook mode. [D:101463c] */
const kinds = new Set(['text', 'mixed', 'voice', 'image', 'file', 'video', 'chatrecord', 'merged_msg']);

export const isMessage = (body: JsonRecord): boolean => kinds.has(textField(body, 'msgtype') ?? '');

/** Empty for pictures, files and the like. */
export function wordsOf(body: JsonRecord): string {
  switch (textField(body, 'msgtype')) {
    case 'text':
      return contentOf(body, 'text');
    case 'voice':
      return contentOf(body, 'voice');
    case 'mixed':
      return recordsField(recordField(body, 'mixed') ?? {}, 'msg_item')
        .filter((item) => textField(item, 'msgtype') === 'text')
        .map((item) => contentOf(item, 'text'))
        .join('\n');
    default:
      return '';
  }
}

/** What of a body is worth keeping: no addresses and keys of media, no quote, no address for answers. */
export function worthKeeping(body: JsonRecord): JsonRecord {
  const type = textField(body, 'msgtype') ?? '';
  const content = type === 'mixed' ? { mixed: { msg_item: textItems(body) } } : { [type]: field(body, type) ?? null };
  const named = ['msgid', 'chattype', 'chatid', 'from', 'create_time', 'msgtype'] as const;
  const head = named.flatMap((name) => (Object.hasOwn(body, name) ? [[name, field(body, name) ?? null] as const] : []));
  const spoken = ['text', 'voice', 'mixed', 'chatrecord', 'merged_msg'].includes(type);
  return { ...Object.fromEntries(head), ...(spoken ? content : {}) };
}

function textItems(body: JsonRecord): readonly JsonRecord[] {
  const items = recordsField(recordField(body, 'mixed') ?? {}, 'msg_item');
  return items.filter((item) => textField(item, 'msgtype') === 'text');
}

function contentOf(body: JsonRecord, name: string): string {
  const part = field(body, name);
  return isRecord(part) ? (textField(part, 'content') ?? '') : '';
}
