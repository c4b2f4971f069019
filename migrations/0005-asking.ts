/** What people ask and note in the chat, what colleagues know of their contacts, and what a platform meters. */
import { business, id, integer, long, str, tables } from './dsl.ts';

export const asking = tables('Asking1763800000005', {
  activity: business(
    {
      customer_id: id,
      opportunity_id: id.optional,
      staff_id: id,
      kind: str(20),
      text: str(2000),
      at: integer,
      created_at: integer,
    },
    { index: [['tenant_id', 'customer_id', 'at']] },
  ),
  /** One colleague's relation to one outsider in the platform's address book. */
  contact_follow: business(
    {
      contact_identity_id: id,
      staff_id: id,
      remark: str(200).optional,
      company: str(200).optional,
      tags: long,
      added_at: integer.optional,
      removed_at: integer.optional,
      updated_at: integer,
    },
    {
      unique: [['tenant_id', 'contact_identity_id', 'staff_id']],
      index: [['tenant_id', 'staff_id']],
    },
  ),
  /** Calls that count against a platform's monthly allowance; `month` is YYYY-MM in China time. */
  channel_usage: {
    columns: { tenant_id: id, account_id: id, month: str(7), kind: str(20), used: integer },
    primary: ['tenant_id', 'account_id', 'month', 'kind'],
  },
});
