/** What a colleague sees of the pipeline: how much stands in each stage, and which deals stand too long. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import type { OverduePlace } from '../access/readable.ts';
import { holds } from '../access/scope.ts';
import { type DealFacts, factsOf } from '../opportunity/deal-facts.ts';
import { stageIndex } from '../opportunity/pipeline.ts';
import type { StageClockRow } from '../rows/clock.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import { type DepartmentMembers, departmentsOf } from './departments.ts';
import { type Figures, sumOf } from './figures.ts';
import { lastCount } from './keep-figures.ts';
import { overduePlaces } from './overdue-level.ts';

export interface PipelineSight {
  readonly figures: Figures;
  /** Null: nothing has been counted yet. */
  readonly countedAt: number | null;
  /** Departments with somebody whom the colleague may see. */
  readonly departments: readonly DepartmentMembers[];
}

/** As it was counted last, of everybody whom the colleague may see, or of those in a department. */
export async function seePipeline({ tx, scope }: Desk, departmentId: string | undefined): Promise<PipelineSight> {
  const departments = (await departmentsOf(tx)).filter(({ members }) => [...members].some((id) => holds(scope, id)));
  const among = membersOf(departments, departmentId);
  const rows = await tx.ownerFigure.list({});
  const theirs = rows.filter(({ id }) => holds(scope, id) && (among === null || among.has(id)));
  const count = await lastCount(tx);
  return { figures: sumOf(theirs.map(({ figures }) => figures)), countedAt: count?.startedAt ?? null, departments };
}

/** Null without a department: everybody. */
function membersOf(departments: readonly DepartmentMembers[], id: string | undefined): ReadonlySet<string> | null {
  return id === undefined ? null : (departments.find((one) => one.id === id)?.members ?? new Set());
}

export interface OverdueDeals {
  readonly items: readonly { readonly deal: OpportunityRow; readonly clock: StageClockRow }[];
  readonly more: boolean;
  readonly facts: ReadonlyMap<string, DealFacts>;
  readonly customerNames: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

/** Deals of one stage, the worst first: the highest level of the ladder, and of these what has stood longest. */
export async function listOverdue(
  { tx, see }: Desk,
  wanted: { readonly stage: string; readonly department?: string | undefined; readonly limit: number },
  after: OverduePlace | null,
): Promise<Done<OverdueDeals>> {
  const { policy } = tx.active;
  if (stageIndex(policy.pipeline, wanted.stage) < 0) return refused('unknown_stage');
  const owners = wanted.department === undefined ? null : membersOf(await departmentsOf(tx), wanted.department);
  const found: OverdueDeals['items'][number][] = [];
  for (const place of overduePlaces(policy, wanted.stage)) {
    if (found.length > wanted.limit) break;
    if (after !== null && place.level > after.level) continue;
    const from = after !== null && place.level === after.level ? after : place;
    found.push(...(await see.overdue(from, wanted.limit + 1 - found.length, owners)));
  }
  const items = found.slice(0, wanted.limit);
  const deals = items.map(({ deal }) => deal);
  const customers = await tx.queries.customersOf([...new Set(deals.map(({ customerId }) => customerId))]);
  return done({
    items,
    more: found.length > wanted.limit,
    facts: await factsOf(tx, deals),
    customerNames: new Map(customers.map(({ id, name }) => [id, name])),
    names: await tx.queries.staffNames(deals.map(({ ownerId }) => ownerId)),
  });
}
