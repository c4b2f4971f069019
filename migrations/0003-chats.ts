/** What is said and shown: chats, the messages that are kept, cards and their buttons. */
import { business, flag, id, integer, long, str, tables } from './dsl.ts';

export const chats = tables('Chats1763800000003', {
  chat: business(
    {
      account_id: id,
      external_id: str(100),
      kind: str(10),
      name: str(200).optional,
      external: flag,
      added_by_staff_id: id.optional,
      customer_id: id.optional,
      lead_id: id.optional,
      opportunity_id: id.optional,
      ignored: flag,
      created_at: integer,
    },
    {
      unique: [['tenant_id', 'account_id', 'external_id']],
      index: [
        ['tenant_id', 'customer_id'],
        ['tenant_id', 'lead_id'],
      ],
    },
  ),
  message: business(
    {
      account_id: id,
      external_id: str(120),
      chat_id: id,
      speaker: str(10),
      speaker_name: str(100).optional,
      staff_id: id.optional,
      contact_identity_id: id.optional,
      text: long,
      sent_at: integer,
      expires_at: integer,
    },
    {
      unique: [['tenant_id', 'account_id', 'external_id']],
      index: [['tenant_id', 'chat_id', 'sent_at'], ['expires_at']],
    },
  ),
  card: business(
    {
      account_id: id,
      kind: str(20),
      staff_id: id,
      address_id: str(100),
      subject: str(120),
      data: long,
      status: str(10),
      outcome: str(300).optional,
      digest_id: id.optional,
      message_id: str(120).optional,
      /** What the platform wants to see before it changes the card; gone once used. */
      update_handle: str(600).optional,
      sent_at: integer.optional,
      created_at: integer,
    },
    {
      index: [
        ['tenant_id', 'subject', 'status'],
        ['tenant_id', 'staff_id', 'created_at'],
        ['tenant_id', 'digest_id'],
      ],
    },
  ),
  card_action: business(
    {
      card_id: id,
      kind: str(20),
      target_id: id.optional,
      staff_id: id,
      expires_at: integer,
      used_at: integer.optional,
    },
    { index: [['tenant_id', 'card_id'], ['expires_at']] },
  ),
});
