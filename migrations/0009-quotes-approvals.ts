/** What is offered and what must be agreed to: products, quotes with their lines and links, approvals with steps and seats, stand-ins. */
import { business, flag, id, integer, long, str, tables } from './dsl.ts';

export const quotesApprovals = tables('QuotesApprovals1763800000009', {
  product: business(
    {
      /** The company's own number for it. */
      code: str(60).optional,
      name: str(200),
      spec: str(200).optional,
      unit: str(20),
      product_line: str(60).optional,
      currency: str(3),
      /** Fen per unit: as listed, with tax · what it costs us, without. */
      list_minor: integer.optional,
      cost_minor: integer.optional,
      active: flag,
      created_at: integer,
      updated_at: integer,
    },
    { unique: [['tenant_id', 'code']], index: [['tenant_id', 'active', 'name']] },
  ),
  quote: business(
    {
      opportunity_id: id,
      customer_id: id,
      contact_id: id.optional,
      owner_id: id,
      /** Q20261122-003, the same for all versions of one quote. */
      number: str(40),
      revision: integer,
      status: str(20),
      title: str(200),
      currency: str(3),
      tax_bp: integer,
      tax_included: flag,
      valid_until: integer.optional,
      /** What the customer reads beside the lines: delivery, payment, warranty. */
      terms: str(2000).optional,
      /** What only colleagues read. */
      remark: str(1000).optional,
      net_minor: integer,
      gross_minor: integer,
      margin_bp: integer.optional,
      discount_bp: integer,
      created_at: integer,
      updated_at: integer,
      submitted_at: integer.optional,
      decided_at: integer.optional,
      sent_at: integer.optional,
      seen_at: integer.optional,
      closed_at: integer.optional,
      version: integer,
    },
    {
      unique: [['tenant_id', 'number', 'revision']],
      index: [
        ['tenant_id', 'opportunity_id', 'created_at'],
        ['tenant_id', 'owner_id', 'status'],
        ['tenant_id', 'status', 'valid_until'],
      ],
    },
  ),
  quote_line: business(
    {
      quote_id: id,
      position: integer,
      product_id: id.optional,
      name: str(200),
      spec: str(200).optional,
      unit: str(20),
      product_line: str(60).optional,
      quantity_milli: integer,
      price_minor: integer,
      list_minor: integer.optional,
      cost_minor: integer.optional,
      remark: str(200).optional,
    },
    { unique: [['tenant_id', 'quote_id', 'position']] },
  ),
  /** An address under which the customer reads a quote; only a hash of it is kept. */
  quote_link: business(
    {
      quote_id: id,
      token_hash: str(64),
      made_by: id,
      created_at: integer,
      expires_at: integer,
      revoked_at: integer.optional,
      first_opened_at: integer.optional,
      last_opened_at: integer.optional,
      opened: integer,
    },
    { unique: [['tenant_id', 'token_hash']], index: [['tenant_id', 'quote_id']] },
  ),
  approval: business(
    {
      /** What is asked about: `quote`, … */
      subject_kind: str(20),
      subject_id: id,
      /** As it was submitted; a subject does not change while it is asked about. */
      title: str(200),
      customer_id: id,
      currency: str(3),
      submitter_id: id,
      /** The subject while it is open, so that there is one; null afterwards. */
      open_key: str(80).optional,
      state: str(12),
      reasons: long,
      facts: long,
      /** What the policy said then about nobody, oneself and the same person again. */
      rules: long,
      policy_version: integer,
      created_at: integer,
      closed_at: integer.optional,
      version: integer,
    },
    {
      unique: [['tenant_id', 'open_key']],
      index: [
        ['tenant_id', 'subject_kind', 'subject_id'],
        ['tenant_id', 'submitter_id'],
        ['tenant_id', 'customer_id'],
      ],
    },
  ),
  approval_step: business(
    {
      approval_id: id,
      position: integer,
      plan: long,
      state: str(12),
      why: str(300).optional,
      opened_at: integer.optional,
      due_at: integer.optional,
    },
    { unique: [['tenant_id', 'approval_id', 'position']], index: [['tenant_id', 'state', 'due_at']] },
  ),
  approval_seat: business(
    {
      approval_id: id,
      step_id: id,
      position: integer,
      staff_id: id,
      instead_of: id.optional,
      state: str(12),
      comment: str(500).optional,
      at: integer.optional,
    },
    {
      unique: [['tenant_id', 'step_id', 'staff_id']],
      index: [
        ['tenant_id', 'staff_id', 'state'],
        ['tenant_id', 'approval_id'],
      ],
    },
  ),
  /** Who decides for a colleague while they are away. */
  stand_in: business(
    { staff_id: id, to_id: id, from_at: integer, until_at: integer, created_at: integer, ended_at: integer.optional },
    {
      index: [
        ['tenant_id', 'staff_id', 'until_at'],
        ['tenant_id', 'until_at'],
      ],
    },
  ),
});
