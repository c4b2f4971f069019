/** Somebody is at it, or asks for more time: nothing is told meanwhile. */
import type { StageClockRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';
import { leaveFrom, subjectOf, writeClock } from './keep-clock.ts';
import { allowedMs, usedUpAt, workingDayMs } from './reckon.ts';

export type Held =
  | { readonly ok: true; readonly clock: StageClockRow }
  | { readonly ok: false; readonly reason: 'gone' };

/** 我来跟进: nothing is told before `untilAt`; what was told is over. The ladder goes on from where it stands. */
export async function holdClock(tx: Tx, id: string, staffId: string, untilAt: number): Promise<Held> {
  const clock = await tx.stageClock.hold(id);
  if (!clock) return { ok: false, reason: 'gone' };
  const held = { heldUntil: Math.max(untilAt, clock.heldUntil ?? 0), heldBy: staffId };
  const name = (await tx.staff.get(staffId))?.name ?? '同事';
  return { ok: true, clock: await writeClock(tx, clock, held, `${name}正在跟进`) };
}

export type Extended =
  | { readonly ok: true; readonly clock: StageClockRow; readonly dueAt: number | null; readonly left: number }
  /** No such clock, no limit to extend, no time asked for, more than the policy allows at once, or too often. */
  | { readonly ok: false; readonly reason: 'gone' | 'no_limit' | 'nothing' | 'too_long' | 'too_often' };

/**
 * 延期: the limit ends so much working time later; where its end is behind us, so much from now. After an alert the
 * ladder begins anew, for what is due then has not been told yet. `left`: how often more in this stage.
 */
export async function extendClock(
  tx: Tx,
  id: string,
  staffId: string,
  { workingMs, reason }: { readonly workingMs: number; readonly reason: string },
): Promise<Extended> {
  const clock = await tx.stageClock.hold(id);
  const of = clock && (await subjectOf(tx, clock.subject, id));
  if (!clock || !of) return { ok: false, reason: 'gone' };
  const { policy, working } = tx.active;
  const { times, maxDays } = policy.alerts.extend;
  const allowed = allowedMs(policy, clock);
  if (allowed === null) return { ok: false, reason: 'no_limit' };
  if (workingMs <= 0) return { ok: false, reason: 'nothing' };
  if (workingMs > maxDays * workingDayMs(policy)) return { ok: false, reason: 'too_long' };
  if (clock.extensions >= times) return { ok: false, reason: 'too_often' };

  const leave = await leaveFrom(tx, of.ownerId, clock.fromAt);
  const overtime = working.between(clock.fromAt, tx.now, leave) - allowed;
  const extendedMs = Math.max(clock.extendedMs, overtime) + workingMs;
  const told = clock.level > 0 ? { round: tx.newId(), level: 0 } : {};
  const name = (await tx.staff.get(staffId))?.name ?? '同事';
  const patch = { ...told, extendedMs, extensions: clock.extensions + 1 };
  const extended = await writeClock(tx, clock, patch, `${name}已延期：${reason}`);
  return {
    ok: true,
    clock: extended,
    dueAt: usedUpAt(tx.active, extended, 100, leave),
    left: times - extended.extensions,
  };
}
