/** What makes it run: inbox, outbox, the versions of the policy, and the ticks of the timetable. */
import { business, id, integer, long, str, tables } from './dsl.ts';

const tenant_id = id;

/** Inbox and outbox are the same machine: rows that are ready, leased, done or dead, in order within an order key. */
const work = business(
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

export const machinery = tables('Machinery1763800000004', {
  inbox_event: work,
  outbox_order: work,
  policy_version: {
    columns: { tenant_id, version: integer, document: long, source: str(40), created_at: integer },
    primary: ['tenant_id', 'version'],
  },
  policy_pointer: { columns: { tenant_id, version: integer }, primary: ['tenant_id'] },
  /** Sources that are pulled: where we are, and whose turn it is. */
  channel_cursor: {
    columns: {
      tenant_id,
      account_id: id,
      name: str(100),
      value: str(500).optional,
      holder: id.optional,
      held_until: integer.optional,
    },
    primary: ['tenant_id', 'account_id', 'name'],
  },
  /** Background jobs and how far they are. */
  job: business(
    {
      name: str(60),
      status: str(10),
      done: integer,
      note: str(300).optional,
      started_at: integer,
      finished_at: integer.optional,
    },
    { index: [['tenant_id', 'name', 'started_at']] },
  ),
  /** One row per task and fire time: whoever inserts it runs the task. Belongs to the installation, not to a company. */
  schedule_tick: { columns: { task: str(60), fire_at: integer, claimed_by: id }, primary: ['task', 'fire_at'] },
});
