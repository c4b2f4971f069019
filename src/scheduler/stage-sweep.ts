/** Three times a minute: clocks that must be reckoned anew are, levels that are due are told, and at once shown. */
import { type Fired, fireClocks } from '../crm/clock/fire-clocks.ts';
import { fireHandOver } from '../crm/clock/fire-hand-over.ts';
import { FROM_THE_BEGINNING, fillClocks, reckonAnew } from '../crm/clock/reckon-anew.ts';
import type { Tx } from '../crm/tx.ts';
import type { Job } from './schedule.ts';
import { showAlerts } from './show-alerts.ts';

export interface StageSweepDependencies {
  readonly tenantId: string;
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

export interface Swept {
  /** Clocks of which a level was told. */
  readonly fired: number;
  readonly alerts: number;
}

/** In one transaction: callbacks wait for it on SQLite. */
const AT_ONCE = 500;
/** Rows that are only looked at. */
const LOOKED_AT = 1_000;

export function stageSweepJob(deps: StageSweepDependencies): Job {
  const run = async (): Promise<void> => {
    // First what is due: after a policy of 300,000 deals was published the rest takes a while.
    await sweepClocks(deps);
    await showAlerts(deps);
    await reckonClocks(deps);
  };
  return { name: 'stage-sweep', at: '*/20 * * * * *', run };
}

/** At the start, and every night: open deals without a clock get one. */
export function fillClocksJob(deps: StageSweepDependencies): Job {
  return { name: 'fill-clocks', at: '37 3 * * *', alsoAtStart: true, run: () => fillAllClocks(deps).then(() => {}) };
}

/**
 * A question about now: a missed tick heals, a doubled one finds nothing, and a clock set back fires nothing again. Two
 * instances at the same moment share the work, each level told once.
 */
export async function sweepClocks({ tenantId, transact }: StageSweepDependencies): Promise<Swept> {
  let [fired, alerts] = [0, 0];
  const failures: unknown[] = [];
  for (;;) {
    const batch: Fired = await transact(tenantId, (tx) => fireClocks(tx, AT_ONCE));
    fired += batch.fired;
    alerts += batch.alerts;
    for (const id of batch.handOvers) {
      try {
        alerts += await transact(tenantId, (tx) => fireHandOver(tx, id));
        fired += 1;
      } catch (error) {
        // What is wrong with one must not keep the others from being told.
        failures.push(error);
      }
    }
    // Those that failed are found again: with nothing else in the batch it would never end.
    if (batch.due < AT_ONCE || failures.length >= AT_ONCE) break;
  }
  if (failures.length > 0) throw failures[0];
  return { fired, alerts };
}

/** A batch per transaction, so that everybody else gets in between. Returns how many were reckoned. */
export async function reckonClocks({ tenantId, transact }: StageSweepDependencies): Promise<number> {
  let reckoned = 0;
  for (;;) {
    const batch = await transact(tenantId, (tx) => reckonAnew(tx, AT_ONCE));
    reckoned += batch;
    if (batch < AT_ONCE) return reckoned;
  }
}

/** Returns how many were made. */
export async function fillAllClocks({ tenantId, transact }: StageSweepDependencies): Promise<number> {
  let made = 0;
  let after: { deal: string | null; lead: string | null } = FROM_THE_BEGINNING;
  while (after.deal !== null || after.lead !== null) {
    const here = after;
    const filled = await transact(tenantId, (tx) => fillClocks(tx, here, LOOKED_AT));
    made += filled.made;
    after = filled;
  }
  return made;
}
