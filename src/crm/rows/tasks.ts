/** Rows beside tasks: what stages asked for, when a task is told, first responses to leads, the morning list. */
import type { TenantRow } from './tenant-row.ts';

/** A template of the policy in one entry of one deal into one stage; its task is made once. */
export interface StageTaskRow extends TenantRow {
  opportunityId: string;
  stage: string;
  /** When the deal had entered the stage, ms. */
  enteredAt: number;
  templateKey: string;
  taskId: string;
  /** It stays when the deal leaves the stage. */
  stays: boolean;
  /** A colleague changed or put it off. */
  touched: boolean;
  /** Taken away with the stage; it comes back with it. */
  withdrawnAt: number | null;
}

/** A task whose owner is told at an hour; the id is the task's. */
export interface TaskRingRow extends TenantRow {
  /** Null: told, done, or without a date. */
  ringAt: number | null;
}

/** By when a new lead is answered first, and who did; the id is the lead's. */
export interface LeadResponseRow extends TenantRow {
  /** Null where the policy gives leads no time. */
  dueAt: number | null;
  respondedAt: number | null;
  how: 'message' | 'adopted' | 'attached' | 'dropped' | null;
  staffId: string | null;
}

/** The last day for which a colleague's morning list was settled; the id is the colleague's. */
export interface MorningListRow extends TenantRow {
  /** `YYYY-MM-DD`. */
  date: string;
  /** False: there was nothing to do, or they do not want it, or were away. */
  sent: boolean;
}

/** A task as the platform's own to-do; the id is the task's. */
export interface NativeTodoRow extends TenantRow {
  accountId: string;
  ownerId: string;
  /** Null until the platform has said. */
  externalId: string | null;
  updatedAt: number;
}
