/** Who is there: the company, its platform accounts, its staff, and the people who buy. */
import { business, flag, id, integer, str, tables } from './dsl.ts';

export const people = tables('People1763800000001', {
  tenant: { columns: { id, name: str(100), created_at: integer }, primary: ['id'] },
  channel_account: business(
    {
      platform: str(20),
      app_key: str(100),
      /** The platform's key of our own company: pinned by the first verified event or look-up. */
      external_tenant: str(100).optional,
      created_at: integer,
    },
    { unique: [['tenant_id', 'platform', 'app_key']] },
  ),
  staff: business({ name: str(100), role: str(20), supervisor_id: id.optional, active: flag, created_at: integer }),
  staff_identity: business(
    { account_id: id, external_id: str(100), staff_id: id },
    {
      unique: [['tenant_id', 'account_id', 'external_id']],
      index: [['tenant_id', 'staff_id']],
    },
  ),
  customer: business(
    { name: str(200), owner_id: id, created_at: integer, withdrawn_at: integer.optional },
    { index: [['tenant_id', 'owner_id']] },
  ),
  contact: business(
    { customer_id: id, name: str(100), created_at: integer },
    { index: [['tenant_id', 'customer_id']] },
  ),
  contact_identity: business(
    { account_id: id, external_id: str(100), name: str(100).optional, contact_id: id.optional, lead_id: id.optional },
    { unique: [['tenant_id', 'account_id', 'external_id']], index: [['tenant_id', 'lead_id']] },
  ),
});
