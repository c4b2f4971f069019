/** Reads a stored message to the bot back as an event of the core; runs in the worker. */
import { z } from 'zod';
import type { MessageEvent } from '../../../src/channel/event.ts';
import { readRecord } from '../archive/record.ts';
import { fromSeconds } from '../instant.ts';
import { isRecord, type Json, type JsonRecord } from '../json.ts';
import { chatOf, targetOf } from './chat.ts';
import { withoutOwnMention } from './mention.ts';
import { wordsOf } from './words.ts';

/** What the intake stores. */
export interface StoredMessage {
  readonly liaodan: 'bot';
  readonly receivedAt: number;
  /** The speaker's plain userid. */
  readonly speaker: string;
  readonly body: JsonRecord;
}

const stored = z.object({
  receivedAt: z.number(),
  speaker: z.string().min(1),
  body: z
    .object({
      msgid: z.string().min(1),
      msgtype: z.string(),
      from: z.object({ userid: z.string().min(1), corpid: z.string().optional() }),
      create_time: z.number().optional(),
    })
    .loose(),
});

/** Throws on a payload that cannot be understood. */
export function normaliseBot(payload: JsonRecord, corpId: string): MessageEvent {
  const { receivedAt, speaker, body } = stored.parse(payload);
  const raw = body as unknown as JsonRecord;
  const target = targetOf(raw);
  if (target === null) throw new Error('wecom bot message without a conversation');
  const foreign = body.from.corpid !== undefined && body.from.corpid !== '' && body.from.corpid !== corpId;
  const words = wordsOf(raw);
  const forwarded: Json | undefined = raw[body.msgtype];
  const isRecordOfOthers = body.msgtype === 'chatrecord' || body.msgtype === 'merged_msg';
  return {
    type: 'message',
    messageId: body.msgid,
    chat: chatOf(target),
    sender: { id: speaker, tenant: foreign ? (body.from.corpid ?? null) : corpId, internal: !foreign },
    senderKind: 'person',
    text: target.single ? words.trim() : withoutOwnMention(words),
    addressed: true,
    mentions: [],
    repliesTo: null,
    record: isRecordOfOthers && isRecord(forwarded) ? readRecord(forwarded) : null,
    sentAt: fromSeconds(body.create_time) ?? receivedAt,
  };
}
