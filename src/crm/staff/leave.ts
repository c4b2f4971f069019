/** Leave: a colleague's clocks stand still, and nobody pushes anything to them. Entered by themselves or by who is above them. */
import { writeAudit } from '../audit/audit.ts';
import { DAY_MS } from '../calendar/spans.ts';
import { leaveChanged } from '../clock/reckon-anew.ts';
import { leaveOf } from '../notice/quiet-time.ts';
import type { LeaveTimeRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';

export interface WantedLeave {
  readonly staffId: string;
  /** ms; the end does not belong to it. */
  readonly fromAt: number;
  readonly untilAt: number;
  /** Who enters it; null for whoever runs the server. */
  readonly by: string | null;
}

export type LeaveEntered =
  | { readonly ok: true; readonly leave: LeaveTimeRow }
  | { readonly ok: false; readonly why: string };

const LONGEST_DAYS = 366;
/** Yesterday may still be entered, last month is written history. */
const EARLIEST_DAYS = 31;
const MOST = 20;

export async function enterLeave(tx: Tx, { staffId, fromAt, untilAt, by }: WantedLeave): Promise<LeaveEntered> {
  if (untilAt <= fromAt) return { ok: false, why: '结束时间要晚于开始时间。' };
  if (untilAt <= tx.now) return { ok: false, why: '这段时间已经过去了。' };
  if (fromAt < tx.now - EARLIEST_DAYS * DAY_MS) return { ok: false, why: `最多补 ${EARLIEST_DAYS} 天以内的休假。` };
  if (untilAt - fromAt > LONGEST_DAYS * DAY_MS) return { ok: false, why: '一次最多一年，请分几次填。' };
  const staff = await tx.staff.hold(staffId);
  if (!staff?.active) return { ok: false, why: '没有这位同事，或已经离职。' };
  const known = await leaveOf(tx, staffId, tx.now);
  if (known.length >= MOST) return { ok: false, why: `已经填了 ${MOST} 段休假，请先取消用不上的。` };
  const same = known.find((one) => one.fromAt === fromAt && one.untilAt === untilAt);
  if (same) return { ok: true, leave: same };
  const leave = await tx.leaveTime.insert({
    ...{ id: tx.newId(), staffId, fromAt, untilAt, createdBy: by ?? '', createdAt: tx.now, endedAt: null },
  });
  await changed(tx, leave, by, 'staff.leave');
  return { ok: true, leave };
}

/** What has not begun is taken back; what has begun ends now, for what has been stays. False when it was over. */
export async function endLeave(tx: Tx, id: string, by: string | null): Promise<boolean> {
  const leave = await tx.leaveTime.hold(id);
  if (!leave || leave.endedAt !== null || leave.untilAt <= tx.now) return false;
  await tx.leaveTime.update({ id }, leave.fromAt < tx.now ? { untilAt: tx.now } : { endedAt: tx.now });
  await changed(tx, leave, by, 'staff.leave_ended');
  return true;
}

async function changed(tx: Tx, { id, staffId, fromAt, untilAt }: LeaveTimeRow, by: string | null, action: string) {
  await leaveChanged(tx, staffId);
  const detail = { leaveId: id, fromAt, untilAt, by: by === null ? 'command' : 'page' };
  await writeAudit(tx, by, [{ action, entity: 'staff', entityId: staffId, detail }]);
}
