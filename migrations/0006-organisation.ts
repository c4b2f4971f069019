/** Who works where, what is known of customers beyond their name, who helps whom, and who saw and changed what. */
import { business, flag, id, integer, long, str, tables } from './dsl.ts';

export const organisation = tables('Organisation1763800000006', {
  /** A department as one platform's address book has it; one that vanished there keeps its row. */
  department: business(
    {
      account_id: id,
      external_id: str(100),
      name: str(100),
      /** The parent's external id; null at the top. */
      parent_external_id: str(100).optional,
      removed_at: integer.optional,
    },
    { unique: [['tenant_id', 'account_id', 'external_id']] },
  ),
  staff_department: business(
    { staff_id: id, department_id: id, leads: flag },
    { unique: [['tenant_id', 'staff_id', 'department_id']], index: [['tenant_id', 'department_id']] },
  ),
  /** What is known of a colleague beyond name and role; the id is the colleague's. */
  staff_profile: business(
    {
      phone: str(40).optional,
      email: str(120).optional,
      region: str(60).optional,
      product_lines: long,
      job_rank: str(40).optional,
      updated_at: integer,
    },
    { index: [['tenant_id', 'phone']] },
  ),
  /** What is known of a customer beyond name and owner; the id is the customer's. */
  customer_profile: business(
    {
      /** The name as duplicates are told by it: without spaces, suffixes and forms of writing. */
      normal_name: str(191),
      grade: str(10).optional,
      region: str(60).optional,
      product_line: str(60).optional,
      industry: str(60).optional,
      source: str(60).optional,
      remark: str(1000).optional,
      tags: long,
      updated_at: integer,
    },
    { index: [['tenant_id', 'normal_name']] },
  ),
  /** The id is the contact's. */
  contact_profile: business(
    { phone: str(40).optional, title: str(60).optional, email: str(120).optional, updated_at: integer },
    { index: [['tenant_id', 'phone']] },
  ),
  /** Colleagues who may see and work on a customer beside its owner. */
  collaborator: business(
    { customer_id: id, staff_id: id, added_at: integer },
    { unique: [['tenant_id', 'customer_id', 'staff_id']], index: [['tenant_id', 'staff_id', 'customer_id']] },
  ),
  /** Only ever added to. */
  audit_entry: business(
    {
      actor_id: id.optional,
      action: str(40),
      entity: str(30),
      entity_id: id,
      detail: long,
      at: integer,
    },
    {
      index: [
        ['tenant_id', 'entity', 'entity_id', 'at'],
        ['tenant_id', 'actor_id', 'at'],
      ],
    },
  ),
  /** Somebody signed in on a page; the id is a hash of what the browser holds. */
  page_session: {
    columns: {
      tenant_id: id,
      id: str(64),
      staff_id: id,
      account_id: id,
      /** When they signed in; the rest belongs to the token, which changes. */
      signed_in_at: integer,
      created_at: integer,
      expires_at: integer,
    },
    primary: ['tenant_id', 'id'],
    index: [['expires_at'], ['tenant_id', 'staff_id']],
  },
});
