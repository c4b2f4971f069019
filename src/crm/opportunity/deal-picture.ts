/** A deal as its page shows it: how it came to where it stands, what is filled in and missing, what is to be done. */
import { type Desk, type Done, done } from '../access/desk.ts';
import { mayChangeDeal } from '../access/to-change.ts';
import { notSeen } from '../access/whom-to-ask.ts';
import { noteReading } from '../customer/open-customer.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { OpportunityRow, StageChangeRow, StageWishRow } from '../rows/deals.ts';
import { teamOf } from '../task/team.ts';
import { type DealFacts, factsOf } from './deal-facts.ts';
import { type GateReason, judgeGate } from './gate.ts';
import { GATE_SUBJECTS } from './gate-subjects.ts';
import { wishOf } from './keep-wish.ts';
import type { Obstacle } from './obstacle.ts';
import { WON } from './pipeline.ts';

export interface DealPicture {
  readonly deal: OpportunityRow;
  readonly customerName: string;
  /** Newest first. */
  readonly changes: readonly StageChangeRow[];
  readonly facts: DealFacts;
  /** What every stage ahead, and winning, still wants of this deal; those that want nothing are not in it. */
  readonly gates: readonly { readonly toStage: string; readonly missing: readonly GateReason[] }[];
  /** Why nothing was agreed to yet, of each subject that a gate ahead wants. */
  readonly obstacles: readonly (Obstacle & { readonly subject: string })[];
  /** Where it goes as soon as nothing is missing. */
  readonly wish: StageWishRow | null;
  /** Not yet done, the first due first. */
  readonly tasks: readonly TaskRow[];
  /** Those of them whose owner is told when they are due. */
  readonly ringing: ReadonlySet<string>;
  /** Who may be given a task of it. */
  readonly team: readonly string[];
  /** The colleague may change it. */
  readonly work: boolean;
  /** Names of the colleagues in it, by id. */
  readonly names: ReadonlyMap<string, string>;
}

const MOST_CHANGES = 50;
const NOTHING: DealFacts = { values: new Map(), has: new Set(), missing: [], nextTask: null, standing: null };

export async function openDealPage(desk: Desk, id: string): Promise<Done<DealPicture>> {
  const { tx, see } = desk;
  const deal = await see.deal(id);
  const customer = deal && (await tx.customer.get(deal.customerId));
  if (!deal || !customer) return notSeen(desk, (await desk.tx.opportunity.get(id))?.customerId ?? null);
  if (deal.ownerId !== desk.me.id) noteReading(desk, customer, 'deal.read');
  return done(await picture(desk, deal, customer.name, await see.moves(id, MOST_CHANGES)));
}

export async function picture(
  desk: Desk,
  deal: OpportunityRow,
  customerName: string,
  changes: readonly StageChangeRow[],
): Promise<DealPicture> {
  const { tx } = desk;
  const facts = (await factsOf(tx, [deal])).get(deal.id) ?? NOTHING;
  const tasks = await tx.queries.tasksOfDeals([deal.id]);
  const team = await teamOf(tx, deal);
  const gates = gatesOf(desk, deal, facts);
  const wish = await wishOf(tx, deal);
  const wisher = wish?.staffId ?? null;
  const movers = changes.flatMap(({ staffId }) => (staffId === null ? [] : [staffId]));
  return {
    deal,
    customerName,
    changes,
    facts,
    gates,
    obstacles: await obstaclesOf(desk, deal, gates),
    wish,
    tasks,
    ringing: await tx.queries.ringing(tasks.map(({ id }) => id)),
    team,
    work: await mayChangeDeal(desk, deal),
    names: await tx.queries.staffNames([
      ...[deal.ownerId, ...movers, ...team, ...tasks.map(({ ownerId }) => ownerId)],
      ...(wisher === null ? [] : [wisher]),
    ]),
  };
}

function gatesOf({ tx }: Desk, deal: OpportunityRow, { has }: DealFacts): DealPicture['gates'] {
  if (deal.status !== 'open') return [];
  const { policy } = tx.active;
  return [...policy.pipeline.stages.map(({ key }) => key), WON]
    .map((toStage) => ({ toStage, missing: judgeGate(policy, deal.stage, toStage, has).reasons }))
    .filter(({ missing }) => missing.length > 0);
}

async function obstaclesOf(
  { tx }: Desk,
  deal: OpportunityRow,
  gates: DealPicture['gates'],
): Promise<DealPicture['obstacles']> {
  const missing = gates.flatMap(({ missing: all }) =>
    all.filter(({ kind }) => kind === 'approved').map(({ key }) => key),
  );
  const found = [];
  for (const subject of new Set(missing)) {
    const obstacle = await GATE_SUBJECTS[subject]?.obstacle(tx, deal);
    if (obstacle) found.push({ subject, ...obstacle });
  }
  return found;
}
