/** Tasks that stages ask for, the hour at which a task is told, first responses to leads, and the morning list. */
import { business, flag, id, integer, str, tables } from './dsl.ts';

export const stageTasks = tables('StageTasks1763800000014', {
  /** A template of the policy in one entry of one deal into one stage: its task is made once, whatever becomes of it. */
  stage_task: business(
    {
      opportunity_id: id,
      stage: str(40),
      /** When the deal had entered the stage. */
      entered_at: integer,
      template_key: str(40),
      task_id: id,
      /** It stays when the deal leaves the stage. */
      stays: flag,
      /** A colleague changed or put it off. */
      touched: flag,
      /** Taken away with the stage; it comes back with it. */
      withdrawn_at: integer.optional,
    },
    {
      unique: [['tenant_id', 'opportunity_id', 'entered_at', 'template_key']],
      index: [['tenant_id', 'task_id']],
    },
  ),
  /** A task whose owner is told at an hour; the id is the task's. */
  task_ring: business(
    {
      /** Null: told, done, or without a date. */
      ring_at: integer.optional,
    },
    { index: [['tenant_id', 'ring_at']] },
  ),
  /** By when a new lead is answered first, and who did; the id is the lead's. */
  lead_response: business({
    due_at: integer.optional,
    responded_at: integer.optional,
    /** `message`, `adopted`, `attached` or `dropped`. */
    how: str(20).optional,
    staff_id: id.optional,
  }),
  /** The last day for which a colleague's morning list was settled, sent or not; the id is the colleague's. */
  morning_list: business({ date: str(10), sent: flag }),
  /** A task as the platform's own to-do; the id is the task's. */
  native_todo: business({
    account_id: id,
    owner_id: id,
    /** Null until the platform has said. */
    external_id: str(100).optional,
    updated_at: integer,
  }),
});
