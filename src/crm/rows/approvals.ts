/** Rows about what must be agreed to: approvals with their steps and seats, and who stands in for whom. */
import type { StepPlan } from '../../policy/schema/approvals.ts';
import type { ApprovalState, Facts, Rules, SeatState, StepState, SubjectKind } from '../approval/shape.ts';
import type { TenantRow } from './tenant-row.ts';

export interface ApprovalRow extends TenantRow {
  /** What is asked about. */
  subjectKind: SubjectKind;
  subjectId: string;
  /** As it was submitted; a subject does not change while it is asked about. */
  title: string;
  customerId: string;
  currency: string;
  submitterId: string;
  /** The subject while it is open, so that there is one; null afterwards. */
  openKey: string | null;
  state: ApprovalState;
  /** Why it needs agreement: the names of the rules. */
  reasons: readonly string[];
  /** What the rules looked at, as it was. */
  facts: Facts;
  /** What the policy said then about nobody, oneself and the same person again. */
  rules: Rules;
  policyVersion: number;
  createdAt: number;
  closedAt: number | null;
  /** Raised by every change. */
  version: number;
}

export interface ApprovalStepRow extends TenantRow {
  approvalId: string;
  position: number;
  plan: StepPlan;
  state: StepState;
  why: string | null;
  openedAt: number | null;
  dueAt: number | null;
}

export interface ApprovalSeatRow extends TenantRow {
  approvalId: string;
  stepId: string;
  position: number;
  staffId: string;
  insteadOf: string | null;
  state: SeatState;
  comment: string | null;
  at: number | null;
}

/** Beside the decisions: somebody's words, or whom the system could not reach. */
export interface ApprovalNoteRow extends TenantRow {
  approvalId: string;
  kind: 'comment' | 'trouble';
  /** Who said it, or whom it concerns. */
  staffId: string;
  text: string;
  at: number;
}

/** Who decides for a colleague while they are away. */
export interface StandInRow extends TenantRow {
  staffId: string;
  toId: string;
  fromAt: number;
  untilAt: number;
  createdAt: number;
  /** Ended before its time. */
  endedAt: number | null;
}
