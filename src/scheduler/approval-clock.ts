/** Every minute: what waits for somebody away goes to their stand-in; approvals whose time is over are reminded of, go one up, or are decided by the policy's rule. */
import { lapseApproval } from '../crm/approval/decide.ts';
import { coverApprovals } from '../crm/approval/people-change.ts';
import type { Tx } from '../crm/tx.ts';
import type { Job } from './schedule.ts';

export interface ApprovalClockDependencies {
  readonly tenantId: string;
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** The rest waits for the next minute. */
const AT_ONCE = 200;

export function approvalClockJob(deps: ApprovalClockDependencies): Job {
  return {
    name: 'approval-clock',
    at: '* * * * *',
    alsoAtStart: true,
    run: () =>
      coverAbsences(deps)
        .then(() => lapseApprovals(deps))
        .then(() => {}),
  };
}

/**
 * One transaction per approval: a decision on it waits for no other. Two instances at the same moment do it once.
 * Returns how many there were.
 */
export async function lapseApprovals({ tenantId, transact }: ApprovalClockDependencies): Promise<number> {
  const due = await transact(tenantId, (tx) => tx.queries.lapsedApprovals(tx.now, AT_ONCE));
  let lapsed = 0;
  for (const id of due) if (await transact(tenantId, (tx) => lapseApproval(tx, id))) lapsed += 1;
  return lapsed;
}

/** Absences begin by themselves. Returns how many matters went over. */
export async function coverAbsences({ tenantId, transact }: ApprovalClockDependencies): Promise<number> {
  const away = await transact(tenantId, (tx) => tx.queries.standInsAt(tx.now));
  let covered = 0;
  for (const staffId of new Set(away.map((one) => one.staffId)))
    covered += await transact(tenantId, (tx) => coverApprovals(tx, staffId));
  return covered;
}
