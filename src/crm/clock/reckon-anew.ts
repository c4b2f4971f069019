/** After a published policy, a calendar or somebody's leave has changed: clocks are reckoned anew, a few at a time, and the missing ones of before the upgrade are made. */
import type { StageClockRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';
import { leavesOf, ownedBy } from './fire-clocks.ts';
import { dealSubject, freshClock, lastQuoteSent, leadSubject, stopClock } from './keep-clock.ts';
import { asLeave, leadStage, limitOf, nextAt } from './reckon.ts';

/**
 * Returns how many were looked at; fewer than `limit` when none is left. What was reckoned is no longer found, so that
 * an interrupted run goes on where it stopped, and two at once do it once.
 */
export async function reckonAnew(tx: Tx, limit: number): Promise<number> {
  const clocks = await tx.queries.staleClocks(tx.active.version, limit);
  if (clocks.length === 0) return 0;
  const owned = await ownedBy(tx, clocks);
  const leaves = await leavesOf(tx, clocks, owned);
  const reckoned: StageClockRow[] = [];
  for (const clock of clocks) {
    const of = owned.get(clock.id);
    if (!of) {
      await stopClock(tx, clock.id, '已经结束');
      continue;
    }
    const place = await placeNow(tx, clock);
    const next = nextAt(tx.active, { ...clock, ...place }, leaves.get(of.ownerId) ?? []);
    reckoned.push({ ...clock, ...place, nextAt: next, policyVersion: tx.active.version });
  }
  await tx.queries.writeClocks(reckoned);
  return clocks.length;
}

/** A colleague's leave has changed, or whose deals these are: their clocks are reckoned anew in the background. Returns how many. */
export async function leaveChanged(tx: Tx, staffId: string): Promise<number> {
  const where = { ownerId: staffId, status: 'open' } as const;
  const rows = [...(await tx.opportunity.list(where)), ...(await tx.lead.list(where))];
  return tx.queries.markStale(rows.map(({ id }) => id));
}

/** Where to go on; nulls when everything was looked at. */
export interface Filling {
  readonly deal: string | null;
  readonly lead: string | null;
}

export const FROM_THE_BEGINNING: Filling = { deal: '', lead: '' };

/**
 * Open deals and leads of a version that kept no clocks get theirs. They count from now: nobody had promised anything
 * before, and a company must not wake up to a thousand alerts on the morning after an upgrade.
 */
export async function fillClocks(tx: Tx, after: Filling, limit: number): Promise<Filling & { readonly made: number }> {
  const { deals, leads, deal, lead } = await tx.queries.withoutClock(after, limit);
  const subjects = [
    ...(await tx.queries.dealsByIds(deals)).map(dealSubject),
    ...(await tx.queries.leadsByIds(leads)).map((row) => leadSubject(tx, row)),
  ].filter((of) => of !== null);
  const now = subjects.map((of) => ({ ...of, enteredAt: tx.now }));
  const leave = await tx.queries.leavesOf([...new Set(now.map(({ ownerId }) => ownerId))], tx.now);
  const rows: Omit<StageClockRow, 'tenantId'>[] = [];
  for (const of of now) {
    const own = leave.filter(({ staffId }) => staffId === of.ownerId);
    rows.push(await freshClock(tx, of, own.map(asLeave)));
  }
  return { deal, lead, made: await tx.queries.insertClocks(rows) };
}

/** What a policy may have changed about a clock beside its instants. */
async function placeNow(tx: Tx, clock: StageClockRow): Promise<Pick<StageClockRow, 'stage' | 'metAt'>> {
  const { policy } = tx.active;
  const stage = clock.subject === 'lead' ? leadStage(policy) : clock.stage;
  const awaits = clock.metAt === null && limitOf(policy, stage)?.from === 'quote_sent';
  return { stage, metAt: awaits ? await lastQuoteSent(tx, clock.id) : clock.metAt };
}
