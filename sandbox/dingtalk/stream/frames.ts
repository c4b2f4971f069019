/** Frames of the stream: one JSON object each, whose `data` is JSON text once more (dingtalk.md §1.3, §1.4). */
import { asObject, type JsonObject } from '../../platform/json.ts';
import { type OutgoingEvent, TOPICS } from '../events.ts';

export interface Ack {
  readonly messageId: string;
  readonly code: number;
  /** Parsed; null when it is not a JSON object in a string. */
  readonly data: JsonObject | null;
}

export interface FrameHeaders {
  readonly appId: string;
  readonly connectionId: string;
  readonly messageId: string;
  /** ms */
  readonly time: number;
  readonly topic: string;
}

type FrameType = 'SYSTEM' | 'EVENT' | 'CALLBACK';

/** `data` is text already when it is to be broken. */
export function writeFrame(
  type: FrameType,
  headers: FrameHeaders,
  data: JsonObject | string,
  more: Readonly<Record<string, string>> = {},
): string {
  const told = { ...headers, time: String(headers.time), contentType: 'application/json', ...more };
  const words = typeof data === 'string' ? data : JSON.stringify(data);
  return JSON.stringify({ specVersion: '1.0', type, headers: told, data: words });
}

/** The frame that carries an event: EVENT with its own headers, else CALLBACK. */
export function eventFrame(event: OutgoingEvent, headers: Omit<FrameHeaders, 'topic'>, broken: boolean): string {
  const type = event.kind === 'event' ? 'EVENT' : 'CALLBACK';
  const data = broken ? '{"cut": ' : event.data;
  const more = {
    eventType: event.eventType,
    eventId: event.eventId,
    eventBornTime: String(event.bornAt),
    eventCorpId: event.corpId,
    eventUnifiedAppId: headers.appId,
  };
  return writeFrame(type, { ...headers, topic: TOPICS[event.kind] }, data, event.kind === 'event' ? more : {});
}

/** Null for what is no ack. */
export function readAck(raw: string): Ack | null {
  const frame = parse(raw);
  const messageId = asObject(frame?.headers)?.messageId;
  if (typeof messageId !== 'string' || typeof frame?.code !== 'number') return null;
  return { messageId, code: frame.code, data: typeof frame.data === 'string' ? parse(frame.data) : null };
}

function parse(words: string): JsonObject | null {
  try {
    return asObject(JSON.parse(words));
  } catch {
    return null;
  }
}
