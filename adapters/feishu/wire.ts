/** The shapes of Feishu's stored envelopes and of messages read by the API, as far as we read them. */
import { z } from 'zod';

const text = z.string();
const optionalText = z.string().nullish();

const userIds = z.object({ open_id: optionalText, union_id: optionalText, user_id: optionalText });

const header = z.object({ event_id: text.min(1), event_type: text, create_time: text, tenant_key: text.min(1) });

/** In events `id` is an object of ids, in messages read by the API a string. */
export const mention = z.object({
  key: text,
  id: z.union([userIds, z.string()]).nullish(),
  name: optionalText,
});
export type WireMention = z.infer<typeof mention>;

/** https://open.feishu.cn/document/server-docs/im-v1/message/events/receive */
export const messageEnvelope = z.object({
  header,
  event: z.object({
    sender: z.object({ sender_id: userIds.nullish(), sender_type: text, tenant_key: optionalText }),
    message: z.object({
      message_id: text.min(1),
      parent_id: optionalText,
      create_time: text,
      chat_id: text.min(1),
      chat_type: text,
      message_type: text,
      content: text,
      mentions: z.array(mention).nullish(),
    }),
  }),
});

/** https://open.feishu.cn/document/server-docs/group/chat-member/event/added — bots, the same for deleted. */
export const membershipEnvelope = z.object({
  header,
  event: z.object({
    chat_id: text.min(1),
    operator_id: userIds.nullish(),
    operator_tenant_key: optionalText,
    external: z.boolean().nullish(),
    name: optionalText,
    i18n_names: z.object({ zh_cn: optionalText, en_us: optionalText }).nullish(),
  }),
});

/** One of `data.items` of GET im/v1/messages/:message_id. */
export const readMessage = z.object({
  message_id: text,
  upper_message_id: optionalText,
  msg_type: text,
  create_time: optionalText,
  chat_id: optionalText,
  deleted: z.boolean().nullish(),
  sender: z
    .object({ id: optionalText, id_type: optionalText, sender_type: optionalText, tenant_key: optionalText })
    .nullish(),
  body: z.object({ content: optionalText }).nullish(),
  mentions: z.array(mention).nullish(),
});
export type ReadMessage = z.infer<typeof readMessage>;

export const handedLine = z.object({
  messageId: text,
  speakerName: z.string().nullable(),
  speaker: z.object({ id: text, tenant: z.string().nullable(), internal: z.boolean() }).nullable(),
  text,
  sentAt: z.number().nullable(),
});
export type HandedWireLine = z.infer<typeof handedLine>;

/** What the adapter stores itself for a message action; no envelope of the platform has this field. */
export const handOverPayload = z.object({
  liaodan: z.literal('hand_over'),
  eventId: text,
  by: z.object({ id: text, tenant: z.string().nullable(), internal: z.boolean() }),
  chat: z.object({ id: text, kind: z.enum(['group', 'direct']) }),
  lines: z.array(handedLine),
  at: z.number(),
});

/** A forwarded record: the envelope of its message and the lines that were read from the platform. */
export const recordPayload = z.object({
  liaodan: z.literal('record'),
  envelope: messageEnvelope,
  lines: z.array(handedLine),
});
