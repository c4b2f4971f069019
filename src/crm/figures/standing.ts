/** How long open deals have stood and how long they may, as lists and pages say it. */
import type { Leave } from '../calendar/working-time.ts';
import { allowedMs, asLeave, usedUpAt, workingDayMs } from '../clock/reckon.ts';
import type { StageClockRow } from '../rows/clock.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';

export interface Standing {
  /** Working time since the round began, without the owner's leave, ms. */
  readonly stoodMs: number;
  /** Working time that it may stand, with what was granted, ms. */
  readonly limitMs: number;
  /** One working day, ms. */
  readonly dayMs: number;
  /** When the limit is used up. */
  readonly dueAt: number;
  readonly highRisk: boolean;
  /** When somebody is reminded next; null: nobody is. */
  readonly nextAt: number | null;
  /** Who is at it, and until when nobody is reminded. */
  readonly held: { readonly by: string; readonly until: number } | null;
}

/** By the deal's id; deals that no limit is set for are not in it. Three statements for any number of deals. */
export async function standingsOf(tx: Tx, deals: readonly OpportunityRow[]): Promise<ReadonlyMap<string, Standing>> {
  const open = deals.filter(({ status }) => status === 'open');
  const clocks = await tx.queries.clocksOf(open.map(({ id }) => id));
  if (clocks.length === 0) return new Map();
  const since = Math.min(...clocks.map(({ fromAt }) => fromAt));
  const leaves = await tx.queries.leavesOf([...new Set(open.map(({ ownerId }) => ownerId))], since);
  const names = await tx.queries.staffNames(clocks.flatMap(({ heldBy }) => heldBy ?? []));
  const ownerOf = new Map(open.map(({ id, ownerId }) => [id, ownerId]));
  return new Map(
    clocks.flatMap((clock) => {
      const leave = leaves.filter(({ staffId }) => staffId === ownerOf.get(clock.id)).map(asLeave);
      const standing = standingOf(tx, clock, leave, names);
      return standing ? [[clock.id, standing] as const] : [];
    }),
  );
}

function standingOf(
  { active, now }: Tx,
  clock: StageClockRow,
  leave: readonly Leave[],
  names: ReadonlyMap<string, string>,
): Standing | null {
  const allowed = allowedMs(active.policy, clock);
  const dueAt = usedUpAt(active, clock, 100, leave);
  if (allowed === null || dueAt === null) return null;
  const { heldUntil, heldBy, nextAt, highRisk, extendedMs } = clock;
  return {
    stoodMs: active.working.between(clock.fromAt, now, leave),
    limitMs: allowed + extendedMs,
    dayMs: workingDayMs(active.policy),
    ...{ dueAt, highRisk, nextAt },
    held: heldUntil !== null && heldUntil > now ? { by: names.get(heldBy ?? '') ?? '', until: heldUntil } : null,
  };
}
