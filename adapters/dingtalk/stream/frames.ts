/** Frames of the stream, read without believing their shape, and the acks that answer them (dingtalk.md §1.3, §1.4). */
import { type JsonRecord, parseRecord, recordField, textField } from '../json.ts';

export interface Frame {
  readonly type: string;
  readonly topic: string;
  readonly messageId: string;
  readonly headers: JsonRecord;
  /** Null when it is no JSON object in a text. */
  readonly data: JsonRecord | null;
}

/** Null for what is no frame, or could not be acknowledged. */
export function readFrame(raw: string): Frame | null {
  const frame = parseRecord(raw);
  const headers = frame && recordField(frame, 'headers');
  const [type, topic] = [frame && textField(frame, 'type'), headers && textField(headers, 'topic')];
  const messageId = headers && textField(headers, 'messageId');
  if (!frame || !headers || !type || !topic || !messageId) return null;
  const data = textField(frame, 'data');
  return { type, topic, messageId, headers, data: data === null ? null : parseRecord(data) };
}

export interface Ack {
  readonly code: 200 | 400 | 404 | 500;
  readonly data: object;
}

export function writeAck(messageId: string, { code, data }: Ack): string {
  const headers = { contentType: 'application/json', messageId };
  return JSON.stringify({ code, headers, message: code === 200 ? 'OK' : 'refused', data: JSON.stringify(data) });
}
