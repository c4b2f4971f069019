/** What counts as progress of a deal or lead that stands, and the round that begins with it. Pure. */
import type { Leave } from '../calendar/working-time.ts';
import type { StageClockRow, Touch } from '../rows/clock.ts';
import type { ActivePolicy } from '../tx.ts';
import { limitOf, usedUpAt } from './reckon.ts';

/** Since when a new round counts, and whether what the stage waits for has come. */
export interface Round {
  readonly fromAt: number;
  readonly metAt: number | null;
}

/**
 * In a lively chat a new round for every message would cost a write each and tell nobody anything: while no alert is
 * out, one a minute is enough. An alert is then due a minute early at most.
 */
const SAME_MS = 60_000;

/** A cheap look before the row is held: whether a touch could begin a new round. */
export function mayBegin(active: ActivePolicy, clock: StageClockRow, by: Touch, at: number): boolean {
  const { policy } = active;
  const limit = limitOf(policy, clock.stage);
  if (!limit || at <= clock.fromAt) return false;
  if (limit.until === 'answered') return by === 'customer' ? clock.metAt !== null : clock.metAt === null;
  const kinds = limit.from === 'quote_sent' && clock.metAt === null ? limit.beforeResets : limit.resets;
  return kinds.includes(by) && (clock.level > 0 || at - clock.fromAt >= SAME_MS);
}

/**
 * The round that a touch at `at` begins, or null. What happened so long ago that its time would be up as well is no
 * progress; and what was granted is not taken away by progress.
 */
export function roundAfter(
  active: ActivePolicy,
  clock: StageClockRow,
  { by, at, now }: { readonly by: Touch; readonly at: number; readonly now: number },
  leave: readonly Leave[],
): Round | null {
  if (!mayBegin(active, clock, by, at)) return null;
  // Either we have answered, or the customer waits again.
  if (limitOf(active.policy, clock.stage)?.until === 'answered')
    return { fromAt: at, metAt: by === 'customer' ? null : at };
  const round = { fromAt: at, metAt: clock.metAt };
  const end = usedUpAt(active, { stage: clock.stage, extendedMs: 0, ...round }, 100, leave);
  if (end === null || end <= now) return null;
  const granted = clock.extendedMs > 0 && clock.level === 0 ? usedUpAt(active, clock, 100, leave) : null;
  return granted !== null && granted >= end ? null : round;
}
