/** Reads a stored payload back as an event of the core; runs in the worker, after the ack. */

import type { z } from 'zod';
import type {
  BotMembershipEvent,
  ChannelEvent,
  HandedLine,
  HandOverEvent,
  MessageEvent,
  PersonRef,
} from '../../src/channel/event.ts';
import { mentionedId, readContent } from './content.ts';
import { instant } from './instant.ts';
import { isRecord, recordField } from './json.ts';
import { handOverPayload, membershipEnvelope, messageEnvelope, recordPayload } from './wire.ts';

/**
 * Null for kinds we take no interest in. Throws on a payload that cannot be understood.
 * `ownId` is our bot's open_id; while it is unknown nobody can have addressed us in a group.
 */
export function normalise(payload: string, ownId: string | null): ChannelEvent | null {
  const stored: unknown = JSON.parse(payload);
  if (!isRecord(stored)) throw new Error('feishu payload is not an object');
  if (stored.liaodan === 'hand_over') return readHandOver(handOverPayload.parse(stored));
  if (stored.liaodan === 'record') {
    const { envelope, lines } = recordPayload.parse(stored);
    return readMessage(envelope, ownId, lines);
  }
  switch (recordField(stored, 'header')?.event_type) {
    case 'im.message.receive_v1':
      return readMessage(messageEnvelope.parse(stored), ownId, null);
    case 'im.chat.member.bot.added_v1':
      return readMembership('bot_added', membershipEnvelope.parse(stored));
    case 'im.chat.member.bot.deleted_v1':
      return readMembership('bot_removed', membershipEnvelope.parse(stored));
    default:
      return null;
  }
}

function readMessage(
  { header, event }: z.infer<typeof messageEnvelope>,
  ownId: string | null,
  record: readonly HandedLine[] | null,
): MessageEvent | null {
  const { sender, message } = event;
  const senderKind = sender.sender_type === 'user' ? 'person' : 'bot';
  const senderId = sender.sender_id?.open_id;
  if (!senderId) {
    if (senderKind === 'bot') return null;
    throw new Error('feishu message without the open_id of its sender');
  }
  const mentions = message.mentions ?? [];
  const direct = message.chat_type === 'p2p';
  return {
    type: 'message',
    messageId: message.message_id,
    chat: { id: message.chat_id, kind: direct ? 'direct' : 'group' },
    sender: person(senderId, sender.tenant_key, header.tenant_key),
    senderKind,
    text: readContent(message.message_type, message.content, mentions, ownId),
    addressed: direct || (ownId !== null && mentions.some((mention) => mentionedId(mention) === ownId)),
    mentions: mentions.flatMap((mention) => {
      const id = mentionedId(mention);
      return id && id !== ownId && mention.name ? [{ id, name: mention.name }] : [];
    }),
    repliesTo: message.parent_id || null,
    record,
    sentAt: required(message.create_time),
  };
}

function readMembership(
  type: BotMembershipEvent['type'],
  { header, event }: z.infer<typeof membershipEnvelope>,
): BotMembershipEvent {
  return {
    type,
    eventId: header.event_id,
    chat: { id: event.chat_id, kind: 'group' },
    by: person(event.operator_id?.open_id ?? '', event.operator_tenant_key, header.tenant_key),
    chatName: event.name || event.i18n_names?.zh_cn || event.i18n_names?.en_us || null,
    external: event.external ?? false,
    at: required(header.create_time),
  };
}

function readHandOver({ liaodan: _mark, ...event }: z.infer<typeof handOverPayload>): HandOverEvent {
  return { type: 'hand_over', vouched: true, ...event };
}

function person(id: string, tenant: string | null | undefined, ownTenant: string): PersonRef {
  return { id, tenant: tenant || null, internal: tenant === ownTenant };
}

function required(digits: string): number {
  const at = instant(digits);
  if (at === null) throw new Error('feishu instant is not a number');
  return at;
}
