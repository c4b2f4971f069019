/** When a person or a group may be told something nobody asked for: not in quiet hours, on days off, or on leave. */
import type { LeaveTimeRow } from '../rows/clock.ts';
import type { ActivePolicy, Tx } from '../tx.ts';

/** Local times `HH:MM`; the same twice is no quiet time at all. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  /** Whole days on which nobody works are quiet as well. */
  readonly daysOff: boolean;
}

type Away = Pick<LeaveTimeRow, 'fromAt' | 'untilAt'>;

/** The instant itself where this colleague may be told then, else the end of the quiet time or the leave that it falls into, ms. */
export async function mayTellAt(tx: Tx, staffId: string, at: number): Promise<number> {
  return tellableAt(tx.active, await quietHoursOf(tx, staffId), at, await leaveOf(tx, staffId, at));
}

/** The same for a group: by the policy's hours. */
export const mayTellGroupAt = (active: ActivePolicy, at: number): number =>
  tellableAt(active, active.policy.alerts.quiet, at);

/** The colleague's own hours, else the policy's. */
async function quietHoursOf(tx: Tx, staffId: string): Promise<QuietHours> {
  const { quiet } = tx.active.policy.alerts;
  const own = await tx.staffPreference.get(staffId);
  return own?.quietFrom && own.quietTo ? { ...quiet, from: own.quietFrom, to: own.quietTo } : quiet;
}

/** Leave that is not yet over at an instant, the first first; without what was taken back. */
export async function leaveOf(tx: Tx, staffId: string, at: number): Promise<readonly LeaveTimeRow[]> {
  const known = await tx.leaveTime.list(
    { staffId, endedAt: null },
    { orderBy: 'untilAt', descending: true, limit: MOST },
  );
  return known.filter(({ untilAt }) => untilAt > at).toReversed();
}

const MOST = 50;
/** Longer than any run of days off and leave; a company that never works must not hang. */
const ROUNDS = 800;
const MIDDLE_OF_NEXT_DAY_MS = 36 * 3_600_000;

/** Pure: the first instant from `at` on that is neither quiet nor in `away`, ms. */
export function tellableAt(active: ActivePolicy, quiet: QuietHours, at: number, away: readonly Away[] = []): number {
  let instant = at;
  for (let round = 0; round < ROUNDS; round += 1) {
    const later = endOfQuiet(active, quiet, instant, away);
    if (later === instant) break;
    instant = later;
  }
  return instant;
}

/** Whether anybody works on the local day of an instant. */
export const worksOn = (active: ActivePolicy, at: number): boolean =>
  active.working.between(active.calendar.startOfDay(at), nextDay(active, at)) > 0;

/** The instant at which the local day after the one of `at` begins, ms. */
export const nextDay = ({ calendar }: ActivePolicy, at: number): number =>
  calendar.startOfDay(calendar.startOfDay(at) + MIDDLE_OF_NEXT_DAY_MS);

/** The instant itself where nothing hinders; one step on where something does. */
function endOfQuiet(active: ActivePolicy, quiet: QuietHours, at: number, away: readonly Away[]): number {
  const gone = away.find(({ fromAt, untilAt }) => fromAt <= at && at < untilAt);
  if (gone) return gone.untilAt;
  const { calendar } = active;
  const tomorrow = nextDay(active, at);
  if (quiet.daysOff && !worksOn(active, at)) return tomorrow;
  const from = calendar.atLocalTime(at, quiet.from);
  const to = calendar.atLocalTime(at, quiet.to);
  if (from < to) return from <= at && at < to ? to : at;
  if (from === to) return at;
  if (at >= from) return tomorrow;
  return at < to ? to : at;
}
