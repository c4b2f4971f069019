/** What approvals ask the store, a statement each. */
import type { ApprovalRow, ApprovalSeatRow, ApprovalStepRow, StandInRow } from '../rows/approvals.ts';

/** To decide now · decided by this colleague · submitted by them. */
export type ApprovalBox = 'to_decide' | 'decided' | 'mine';

export interface ApprovalQueries {
  /** Newest first; `before`: an id, those older than it. */
  approvalsIn(box: ApprovalBox, staffId: string, limit: number, before: string | null): Promise<ApprovalRow[]>;
  /** Ids of open approvals whose open step's time is over, the longest first. */
  lapsedApprovals(now: number, limit: number): Promise<readonly string[]>;
  /** Ids of open approvals where this colleague is asked. */
  approvalsWaitingFor(staffId: string): Promise<readonly string[]>;
  /** Steps and seats of these approvals, each in its order. */
  approvalParts(
    ids: readonly string[],
  ): Promise<{ readonly steps: readonly ApprovalStepRow[]; readonly seats: readonly ApprovalSeatRow[] }>;
  /** Who is stood in for at an instant; of several the newest counts. */
  standInsAt(now: number): Promise<StandInRow[]>;
}
