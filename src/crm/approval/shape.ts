/** An approval as the rules think of it: what is asked, the steps it takes, and who sits at each. Plain values, no rows. */
import type { ApprovalPolicy, StepPlan } from '../../policy/schema/approvals.ts';

/** What can be asked about. */
export type SubjectKind = 'quote';

/** What rules look at. Money in fen, rates in basis points. */
export interface Facts {
  readonly amountMinor: number;
  /** Null: a cost is missing. */
  readonly marginBp: number | null;
  /** Below the list price; negative above it. */
  readonly discountBp: number;
  readonly grade: string | null;
  readonly productLines: readonly string[];
  readonly region: string | null;
}

/** What a policy says for all its rules; an approval keeps those it began under. `reason`: older ones say nothing of it. */
export type Rules = Pick<ApprovalPolicy, 'nobody' | 'self' | 'again'> & Partial<Pick<ApprovalPolicy, 'reason'>>;

/** The organisation as it stands now. */
export interface People {
  isActive(staffId: string): boolean;
  supervisorOf(staffId: string): string | null;
  /** Heads of the department a person works in, of the nearest one above that has any. */
  headsOf(staffId: string): readonly string[];
  withRole(role: 'manager' | 'admin'): readonly string[];
  /** Who decides for somebody who is away now. */
  standInFor(staffId: string): string | null;
}

export type SeatState = 'open' | 'approved' | 'rejected' | 'moved' | 'spared';

/** One person who may decide at a step. */
export interface Seat {
  readonly staffId: string;
  /** Whose place it is, where somebody stands in or the matter was passed on. */
  readonly insteadOf: string | null;
  readonly state: SeatState;
  readonly at: number | null;
  readonly comment: string | null;
}

export type StepState = 'waiting' | 'open' | 'approved' | 'rejected' | 'passed';

export interface Step {
  readonly plan: StepPlan;
  readonly state: StepState;
  readonly seats: readonly Seat[];
  /** Why it passed or ended by itself, Chinese; null when people decided. */
  readonly why: string | null;
  readonly openedAt: number | null;
  /** When its time is over; null when it has all the time. */
  readonly dueAt: number | null;
}

export type ApprovalState = 'open' | 'approved' | 'rejected' | 'withdrawn';

export interface Approval {
  readonly submitterId: string;
  /** Why it needs agreement: the names of the rules. */
  readonly reasons: readonly string[];
  readonly state: ApprovalState;
  readonly steps: readonly Step[];
}

export const openStep = (approval: Approval): Step | null =>
  approval.steps.find(({ state }) => state === 'open') ?? null;
