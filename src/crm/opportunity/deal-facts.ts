/** What lists of deals say beside the deals themselves: what is missing where they stand, and what is to be done next. */
import { type Standing, standingsOf } from '../figures/standing.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { type DealValues, valuesOf } from './deal-values.ts';
import { type GateReason, type Having, missingAt } from './gate.ts';
import { havingOfAll } from './having.ts';
import { WON } from './pipeline.ts';

export interface DealFacts {
  readonly values: DealValues;
  readonly has: Having;
  /** Of the stage where it stands and those before; of a lost deal nothing. */
  readonly missing: readonly GateReason[];
  readonly nextTask: TaskRow | null;
  /** Null where nothing is counted. */
  readonly standing: Standing | null;
}

/** By the deal's id; a few statements for any number of deals. */
export async function factsOf(tx: Tx, deals: readonly OpportunityRow[]): Promise<ReadonlyMap<string, DealFacts>> {
  const values = await valuesOf(tx, deals);
  const having = await havingOfAll(tx, deals, values);
  const tasks = await tx.queries.tasksOfDeals(deals.map(({ id }) => id));
  const standings = await standingsOf(tx, deals);
  const next = new Map([...tasks].reverse().map((task) => [task.opportunityId, task]));
  return new Map(
    deals.map((deal) => {
      const own = values.get(deal.id) ?? new Map();
      const has = having.get(deal.id) ?? new Set();
      const [nextTask, standing] = [next.get(deal.id) ?? null, standings.get(deal.id) ?? null];
      return [deal.id, { values: own, has, missing: missingOf(tx, deal, has), nextTask, standing }];
    }),
  );
}

function missingOf(tx: Tx, { status, stage }: OpportunityRow, has: Having): readonly GateReason[] {
  if (status !== 'open' && status !== 'won') return [];
  return missingAt(tx.active.policy, status === 'won' ? WON : stage, has);
}
