/** Who decides for a colleague who is away: set, asked for, ended. */
import type { StandInRow } from '../rows/approvals.ts';
import type { Tx } from '../tx.ts';
import { coverApprovals, uncoverApprovals } from './people-change.ts';

export interface Absence {
  readonly toId: string;
  readonly fromAt: number;
  readonly untilAt: number;
}

/** The one in force now or to come, with their name; null when there is none. */
export async function namedStandIn(tx: Tx, staffId: string): Promise<(Absence & { readonly name: string }) | null> {
  const row = await standInOf(tx, staffId);
  return row && { ...row, name: (await tx.staff.get(row.toId))?.name ?? '同事' };
}

async function standInOf(tx: Tx, staffId: string): Promise<StandInRow | null> {
  const rows = await tx.standIn.list({ staffId, endedAt: null }, { orderBy: 'createdAt', descending: true, limit: 1 });
  const [newest] = rows;
  return newest && newest.untilAt > tx.now ? newest : null;
}

export type StandInSet = { readonly ok: true } | { readonly ok: false; readonly why: string };

/**
 * Takes the place of the one before; null ends it. What waits for the colleague goes to whoever stands in, now or when
 * the time comes, and back when it ends before its time, as far as nothing was done with it.
 */
export async function setStandIn(tx: Tx, staffId: string, absence: Absence | null): Promise<StandInSet> {
  if (absence !== null) {
    const { toId, fromAt, untilAt } = absence;
    if (toId === staffId) return { ok: false, why: '代审批人不能是自己。' };
    if (!(await tx.staff.get(toId))?.active || (await tx.serviceToken.get(toId)))
      return { ok: false, why: '没有这位同事，或已经离职。' };
    if (untilAt <= fromAt || untilAt <= tx.now) return { ok: false, why: '结束时间要晚于开始时间和现在。' };
  }
  await tx.staff.hold(staffId);
  const before = await standInOf(tx, staffId);
  await tx.standIn.update({ staffId, endedAt: null }, { endedAt: tx.now });
  if (absence !== null)
    await tx.standIn.insert({ id: tx.newId(), staffId, ...absence, createdAt: tx.now, endedAt: null });
  if (before && before.fromAt <= tx.now) await uncoverApprovals(tx, staffId, before.toId);
  if (absence !== null && absence.fromAt <= tx.now) await coverApprovals(tx, staffId);
  return { ok: true };
}
