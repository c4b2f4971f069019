/** Levels of the ladder that are due are told: alert rows for a batch of deals and leads, each level of a round to each recipient once. */
import type { AlertLevel } from '../../policy/schema/alerts.ts';
import type { Leave } from '../calendar/working-time.ts';
import { tellableAt } from '../notice/quiet-time.ts';
import type { AlertRow, StageClockRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';
import { stopClock } from './keep-clock.ts';
import { organisationFor } from './organisation.ts';
import { type Organisation, recipientsOf } from './recipients.ts';
import { asLeave, ladderOf, nextAt, usedUpAt } from './reckon.ts';

/** What of a batch was done. `handOvers`: clocks whose due level hands the deal over, each for a transaction of its own. */
export interface Fired {
  /** Clocks looked at. */
  readonly due: number;
  /** Clocks of which a level was told. */
  readonly fired: number;
  readonly alerts: number;
  readonly handOvers: readonly string[];
}

export interface DueLevel {
  /** 1 for the first of the ladder. */
  readonly number: number;
  readonly level: AlertLevel;
}

export interface Owned {
  readonly ownerId: string;
  readonly customerId: string | null;
}

/** The `limit` clocks that have waited longest, held: of two at the same moment one finds them due. */
export async function fireClocks(tx: Tx, limit: number): Promise<Fired> {
  const clocks = await tx.queries.dueClocks(tx.now, limit);
  if (clocks.length === 0) return { due: 0, fired: 0, alerts: 0, handOvers: [] };
  const owned = await ownedBy(tx, clocks);
  const leaves = await leavesOf(tx, clocks, owned);
  const firing: { clock: StageClockRow; levels: readonly DueLevel[]; passed: StageClockRow }[] = [];
  const handOvers: string[] = [];
  for (const clock of clocks) {
    const of = owned.get(clock.id);
    if (!of) {
      // No longer open: nothing is counted.
      await stopClock(tx, clock.id, '已经结束');
      continue;
    }
    const leave = leaves.get(of.ownerId) ?? [];
    const levels = dueLevels(tx, clock, leave);
    if (levels.some(({ level }) => level.action === 'to_supervisor')) handOvers.push(clock.id);
    else firing.push({ clock, levels, passed: passLevels(tx, clock, levels, leave) });
  }
  await tx.queries.writeClocks(firing.map(({ passed }) => passed));
  const stalled = firing.flatMap(({ clock }) => owned.get(clock.id) ?? []);
  const organisation = await organisationFor(
    tx,
    stalled,
    firing.flatMap(({ levels }) => levels.map(({ level }) => level)),
  );
  const alerts = firing.flatMap(({ clock, levels }) => alertsOf(tx, organisation, clock, levels, owned.get(clock.id)));
  const added = await insertAlerts(tx, alerts);
  return {
    due: clocks.length,
    fired: firing.filter(({ levels }) => levels.length > 0).length,
    alerts: added,
    handOvers,
  };
}

/** Levels whose time has come; none for a clock whose policy or leave has changed since it was reckoned, and is not due any more. */
export function dueLevels(tx: Tx, clock: StageClockRow, leave: readonly Leave[]): readonly DueLevel[] {
  if (clock.heldUntil !== null && clock.heldUntil > tx.now) return [];
  const due: DueLevel[] = [];
  const ladder = ladderOf(tx.active.policy, clock.stage);
  for (const [index, level] of ladder.entries()) {
    if (index < clock.level) continue;
    const at = usedUpAt(tx.active, clock, level.percent, leave);
    if (at === null || at > tx.now) break;
    due.push({ number: index + 1, level });
  }
  return due;
}

/** The clock as it is when these levels are behind it; also one that is not due any more, brought up to date. */
export function passLevels(
  tx: Tx,
  clock: StageClockRow,
  levels: readonly DueLevel[],
  leave: readonly Leave[],
): StageClockRow {
  const passed = {
    ...clock,
    level: clock.level + levels.length,
    highRisk: clock.highRisk || levels.some(({ level }) => level.action === 'high_risk'),
    policyVersion: tx.active.version,
  };
  return { ...passed, nextAt: nextAt(tx.active, passed, leave) };
}

/** Rows not yet knowing when they may be shown. */
export function alertsOf(
  tx: Tx,
  organisation: Organisation,
  clock: StageClockRow,
  levels: readonly DueLevel[],
  of: Owned | undefined,
): Omit<AlertRow, 'tenantId'>[] {
  if (!of) return [];
  const { id: clockId, customerId, stage, round, fromAt } = clock;
  return levels.flatMap(({ number, level }) =>
    recipientsOf(organisation, level, of).map((to) => ({
      ...{ id: tx.newId(), clockId, customerId, stage, round, fromAt, level: number, ...to, state: 'waiting' as const },
      ...{ showAt: tx.now, cardId: null, createdAt: tx.now, endedAt: null, outcome: null },
    })),
  );
}

/** Not in quiet hours, on days off, or on leave: each recipient's own hour. */
export async function insertAlerts(tx: Tx, alerts: readonly Omit<AlertRow, 'tenantId'>[]): Promise<number> {
  const people = [...new Set(alerts.flatMap(({ toKind, toId }) => (toKind === 'staff' ? [toId] : [])))];
  const preferences = new Map((await tx.queries.preferencesOf(people)).map((one) => [one.id, one]));
  const leaves = Map.groupBy(await tx.queries.leavesOf(people, tx.now), ({ staffId }) => staffId);
  const { quiet } = tx.active.policy.alerts;
  const hours = new Map<string, number>();
  const showAt = ({ toKind, toId }: Pick<AlertRow, 'toKind' | 'toId'>): number => {
    const own = toKind === 'staff' ? preferences.get(toId) : undefined;
    const mine = own?.quietFrom && own.quietTo ? { ...quiet, from: own.quietFrom, to: own.quietTo } : quiet;
    const known = hours.get(`${toKind} ${toId}`) ?? tellableAt(tx.active, mine, tx.now, leaves.get(toId) ?? []);
    hours.set(`${toKind} ${toId}`, known);
    return known;
  };
  return tx.queries.insertAlerts(alerts.map((alert) => ({ ...alert, showAt: showAt(alert) })));
}

/** Whose each deal and lead is; one that is no longer open has nobody, and its clock is not told of. */
export async function ownedBy(tx: Tx, clocks: readonly StageClockRow[]): Promise<ReadonlyMap<string, Owned>> {
  const of = (subject: StageClockRow['subject']) => clocks.flatMap((one) => (one.subject === subject ? [one.id] : []));
  const deals = await tx.queries.dealsByIds(of('deal'));
  const leads = await tx.queries.leadsByIds(of('lead'));
  const open = <Row extends { status: string }>(row: Row) => row.status === 'open';
  return new Map<string, Owned>([
    ...deals.filter(open).map((deal) => [deal.id, deal] as const),
    ...leads.filter(open).map(({ id, ownerId }) => [id, { ownerId, customerId: null }] as const),
  ]);
}

/** The owners' leave since the earliest of these clocks began, by owner. */
export async function leavesOf(
  tx: Tx,
  clocks: readonly StageClockRow[],
  owned: ReadonlyMap<string, Owned>,
): Promise<ReadonlyMap<string, readonly Leave[]>> {
  const owners = [...new Set([...owned.values()].map(({ ownerId }) => ownerId))];
  const since = Math.min(...clocks.map(({ fromAt }) => fromAt));
  const rows = Map.groupBy(await tx.queries.leavesOf(owners, since), ({ staffId }) => staffId);
  return new Map([...rows].map(([staffId, leave]) => [staffId, leave.map(asLeave)]));
}
