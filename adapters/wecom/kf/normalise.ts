/** Reads a stored row of a service account back as an event of the core. */
import type { ChannelEvent, HandedLine, MessageEvent, PersonRef } from '../../../src/channel/event.ts';
import { serviceChat } from '../chats.ts';
import { fromSeconds } from '../instant.ts';
import { field, isRecord, type JsonRecord, recordField, recordsField, textField } from '../json.ts';
import { member, outsider } from '../people.ts';
import { type Row, readRow, recalledId } from './rows.ts';

/** What is stored: a row as it came, or our own note that a session waits. `account` is where it was pulled from. */
export type StoredRow = {
  readonly liaodan: 'kf';
  readonly account: string;
  readonly row: JsonRecord;
  /** Said before this account was first read. */
  readonly history?: true;
};
export type StoredWait = {
  readonly liaodan: 'kf';
  readonly account: string;
  readonly waiting: { readonly id: string; readonly outsiderId: string; readonly at: number };
};

/** Null for rows of no interest. Throws on what cannot be understood. */
export function normaliseService(stored: JsonRecord, corpId: string): ChannelEvent | null {
  const account = textField(stored, 'account');
  if (account === null) throw new Error('wecom service payload without its account');
  const waiting = recordField(stored, 'waiting');
  if (waiting !== null) return readWait(account, waiting);
  const row = readRow(recordField(stored, 'row') ?? {}, account);
  if (row === null || row.outsiderId === null) throw new Error('wecom service row without its fields');
  const recalled = recalledId(row);
  if (recalled !== null) return { type: 'recalled', eventId: row.id, messageId: recalled, at: row.at };
  const message = readMessage(row, row.outsiderId, corpId);
  return message && stored.history === true ? { ...message, history: true } : message;
}

function readWait(account: string, waiting: JsonRecord): ChannelEvent {
  const [id, outsiderId] = [textField(waiting, 'id'), textField(waiting, 'outsiderId')];
  const at = field(waiting, 'at');
  if (id === null || outsiderId === null || typeof at !== 'number') throw new Error('wecom waiting note is broken');
  return {
    type: 'session_waiting',
    eventId: id,
    chat: serviceChat(account, outsiderId),
    person: outsider(outsiderId),
    at,
  };
}

function readMessage(row: Row, outsiderId: string, corpId: string): MessageEvent | null {
  const sender = senderOf(row, outsiderId, corpId);
  if (sender === null) return null;
  return {
    type: 'message',
    messageId: row.id,
    chat: serviceChat(row.openKfId, outsiderId),
    sender,
    senderKind: 'person',
    text: wordsOf(row.type, row.body),
    addressed: false,
    mentions: [],
    repliesTo: null,
    record: row.type === 'merged_msg' ? recordsField(row.body, 'item').map(lineOf) : null,
    sentAt: row.at,
  };
}

function senderOf({ origin, servicerId }: Row, outsiderId: string, corpId: string): PersonRef | null {
  if (origin === 3) return outsider(outsiderId);
  return origin === 5 && servicerId !== null ? member(servicerId, corpId) : null;
}

function wordsOf(type: string, body: JsonRecord): string {
  switch (type) {
    case 'text':
      return textField(body, 'content') ?? '';
    case 'link':
      return joined(body, 'title', 'desc');
    case 'location':
      return joined(body, 'name', 'address');
    default:
      return '';
  }
}

const joined = (body: JsonRecord, ...names: readonly string[]): string =>
  names.flatMap((name) => textField(body, name) ?? []).join('\n');

/** The content of a line is JSON in a string, in the shapes of messages themselves. */
function lineOf(item: JsonRecord): HandedLine {
  const type = textField(item, 'msgtype') ?? '';
  const inner = parse(textField(item, 'msg_content') ?? '');
  return {
    speakerName: textField(item, 'sender_name'),
    speaker: null,
    text: wordsOf(type, recordField(inner, type) ?? inner),
    sentAt: fromSeconds(field(item, 'send_time')),
  };
}

function parse(text: string): JsonRecord {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
