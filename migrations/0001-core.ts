/** The first house: company, people, customers, deals, chats, what was said and what it moved, inbox, outbox, policy. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, dropTable, flag, id, integer, long, str, type TableSpec } from './dsl.ts';

const tenant_id = id;

/** A business table: rows belong to a company, and every key begins with it. */
function business(columns: TableSpec['columns'], keys: Pick<TableSpec, 'unique' | 'index'> = {}): TableSpec {
  return { columns: { tenant_id, id, ...columns }, primary: ['tenant_id', 'id'], ...keys };
}

/** Inbox and outbox are the same machine: rows that are ready, leased, done or dead, in order within an order key. */
const work: TableSpec = business(
  {
    account_id: id,
    dedupe_key: str(160),
    order_key: str(160),
    /** Emptied when the row is done: what a chat said does not stay in a queue. */
    payload: long,
    queued_at: integer,
    status: str(8).startsAt('ready'),
    attempts: integer.startsAt(0),
    available_at: integer,
    lease_owner: id.optional,
    lease_until: integer.optional,
    last_error: str(300).optional,
    settled_at: integer.optional,
  },
  {
    unique: [['tenant_id', 'account_id', 'dedupe_key']],
    index: [
      ['status', 'id'],
      ['status', 'order_key', 'id'],
      ['status', 'settled_at'],
    ],
  },
);

const TABLES: Readonly<Record<string, TableSpec>> = {
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
  lead: business(
    {
      name: str(200),
      owner_id: id,
      chat_id: id,
      status: str(20),
      opportunity_id: id.optional,
      created_at: integer,
      version: integer,
    },
    { index: [['tenant_id', 'owner_id', 'status']] },
  ),
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
  opportunity: business(
    {
      customer_id: id,
      name: str(200),
      owner_id: id,
      stage: id,
      stage_entered_at: integer,
      status: str(20),
      amount_minor: integer.optional,
      currency: str(3),
      lost_reason: str(500).optional,
      created_at: integer,
      closed_at: integer.optional,
      policy_version: integer,
      version: integer,
    },
    {
      index: [
        ['tenant_id', 'customer_id', 'status'],
        ['tenant_id', 'owner_id', 'status'],
        ['tenant_id', 'status', 'stage'],
      ],
    },
  ),
  stage_change: business(
    {
      opportunity_id: id,
      from_stage: id,
      to_stage: id,
      from_entered_at: integer,
      cause: str(20),
      staff_id: id.optional,
      message_id: id.optional,
      quote: str(500).optional,
      speaker_name: str(100).optional,
      rule_key: str(60).optional,
      policy_version: integer,
      opportunity_version: integer,
      lead_id: id.optional,
      at: integer,
      undoable_until: integer.optional,
      undone_at: integer.optional,
    },
    {
      // The last two lines of defence: one move per version of a deal, and one move per deal and message.
      unique: [
        ['tenant_id', 'opportunity_id', 'opportunity_version'],
        ['tenant_id', 'opportunity_id', 'message_id'],
      ],
      index: [['tenant_id', 'rule_key', 'at']],
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
  signal_decision: business(
    {
      message_id: id.optional,
      chat_id: id.optional,
      opportunity_id: id.optional,
      lead_id: id.optional,
      signal: id,
      verdict: str(10),
      rule_key: str(60),
      phrase: str(200),
      quote: str(500),
      outcome: str(20),
      label: str(12).optional,
      policy_version: integer,
      at: integer,
    },
    {
      index: [
        ['tenant_id', 'message_id'],
        ['tenant_id', 'opportunity_id', 'rule_key', 'at'],
        ['tenant_id', 'lead_id', 'rule_key', 'at'],
        ['tenant_id', 'rule_key', 'outcome', 'at'],
      ],
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
  inbox_event: work,
  outbox_order: work,
  policy_version: {
    columns: { tenant_id, version: integer, document: long, source: str(40), created_at: integer },
    primary: ['tenant_id', 'version'],
  },
  policy_pointer: { columns: { tenant_id, version: integer }, primary: ['tenant_id'] },
  /** One row per task and fire time: whoever inserts it runs the task. Belongs to the installation, not to a company. */
  schedule_tick: { columns: { task: str(60), fire_at: integer, claimed_by: id }, primary: ['task', 'fire_at'] },
};

export class Core1763800000001 implements MigrationInterface {
  readonly name = 'Core1763800000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, spec] of Object.entries(TABLES)) await createTable(runner, name, spec);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(TABLES).reverse()) await dropTable(runner, name);
  }
}
