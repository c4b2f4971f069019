/** Counts what the pipeline looks like: stage by stage, with a breath between, so that nobody waits for it. */
import { setImmediate as breath } from 'node:timers/promises';
import { keepFigures } from '../crm/figures/keep-figures.ts';
import { overdueLevel } from '../crm/figures/overdue-level.ts';
import { createCount } from '../crm/figures/owner-count.ts';
import type { ActivePolicy, Tx } from '../crm/tx.ts';

export interface CountDependencies {
  readonly tenantId: string;
  readonly look: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/**
 * One statement at a time on committed rows, each over one index: what is counted first may be some milliseconds older
 * than what is counted last. Everything is written down in one transaction.
 */
export async function countFigures({ tenantId, look, transact }: CountDependencies): Promise<void> {
  const count = createCount();
  const ask = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    await breath();
    return look(tenantId, work);
  };
  const active: ActivePolicy = await ask(async (tx) => tx.active);
  for (const { key } of active.policy.pipeline.stages) {
    count.open(key, await ask((tx) => tx.queries.openByOwner(key)));
    const level = overdueLevel(active.policy, key);
    if (level !== null) count.overdue(key, await ask((tx) => tx.queries.overdueByOwner(key, level)));
  }
  const today = (tx: Tx) => tx.active.calendar.startOfDay(tx.now);
  count.begun(await ask((tx) => tx.queries.begunByOwner(today(tx))));
  count.closed(await ask((tx) => tx.queries.closedByOwner(today(tx))));
  count.moves(await ask((tx) => tx.queries.movesByOwner(today(tx))));
  await transact(tenantId, (tx) => keepFigures(tx, count.byOwner()));
}
