/** Reads messages back from the platform: what a colleague hands over is never taken from the client's word. */
import { z } from 'zod';
import { ApiFailure } from './api-failure.ts';
import type { FeishuClient } from './client.ts';
import { readContent } from './content.ts';
import { instant } from './instant.ts';
import { type HandedWireLine, type ReadMessage, readMessage } from './wire.ts';

const items = z.array(readMessage);

/** The message and, for a forwarded record, its children. Rejects with ApiFailure. https://open.feishu.cn/document/server-docs/im-v1/message/get */
export async function fetchMessages(client: FeishuClient, messageId: string): Promise<readonly ReadMessage[]> {
  const reply = await client.asApp((lark, auth) => lark.im.v1.message.get({ path: { message_id: messageId } }, auth));
  return items.parse(reply.data?.items ?? []);
}

/** One message as a line of evidence; `names` are those the chat's member list gave. */
export function toLine(
  message: ReadMessage,
  names: ReadonlyMap<string, string>,
  ownTenant: string,
  ownId: string | null,
): HandedWireLine {
  const { sender } = message;
  const id = sender?.sender_type === 'user' && sender.id_type === 'open_id' ? sender.id : null;
  return {
    messageId: message.message_id,
    speakerName: (id && names.get(id)) || null,
    speaker: id ? { id, tenant: sender?.tenant_key || null, internal: sender?.tenant_key === ownTenant } : null,
    text: message.deleted
      ? ''
      : readContent(message.msg_type, message.body?.content ?? '{}', message.mentions ?? [], ownId),
    sentAt: message.create_time ? instant(message.create_time) : null,
  };
}

/** The ack is due within three seconds, and the store still has to happen. */
const recordWithinMs = 2_000;

/**
 * Adds the lines of a forwarded record to the payload of its message. Called before the ack: where the platform is
 * merely unreachable it rejects, so that the event is pushed again; where it refuses, the record stays without lines.
 */
export function createRecordReader(
  client: FeishuClient,
  ownId: () => string | null,
): (messageId: string, payload: string, ownTenant: string) => Promise<string> {
  return async (messageId, payload, ownTenant) => {
    try {
      const messages = await within(recordWithinMs, fetchMessages(client, messageId));
      const lines = messages
        .filter((message) => message.upper_message_id === messageId)
        .map((message) => toLine(message, new Map(), ownTenant, ownId()));
      return `{"liaodan":"record","envelope":${payload},"lines":${JSON.stringify(lines)}}`;
    } catch (error) {
      if (error instanceof ApiFailure && error.isRefusal) return payload;
      throw error;
    }
  };
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(ApiFailure.unreached('timeout', null)), limitMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
