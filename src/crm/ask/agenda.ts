/** Whom a colleague should follow up: their open leads, and their open deals, the longest untouched first. */
import { DAY_MS } from '../calendar/spans.ts';
import { asksSomething } from '../rows/cards.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { LeadRow, OpportunityRow } from '../rows/deals.ts';
import { dueTasks } from '../task/due-tasks.ts';
import type { Tx } from '../tx.ts';

export interface Agenda {
  readonly leads: readonly LeadRow[];
  /** By lead: by when it is to be answered first, and whether it was; older leads are not in it. */
  readonly responses: ReadonlyMap<string, { readonly dueAt: number | null; readonly respondedAt: number | null }>;
  /** `touchedAt`: the last words with the customer, or the last note about them. */
  readonly deals: readonly { readonly deal: OpportunityRow; readonly touchedAt: number | null }[];
  /** To do by the end of today, or some time; overdue ones first. */
  readonly tasks: readonly TaskRow[];
  readonly laterTasks: number;
  /** Cards that ask them something. */
  readonly waiting: number;
}

/** The deals that have stood longest are looked at more closely; a person has few more. */
const LOOKED_AT = 50;

export async function agendaOf(tx: Tx, staffId: string): Promise<Agenda> {
  const leads = await tx.lead.list({ ownerId: staffId, status: 'open' }, { orderBy: 'createdAt' });
  const open = await tx.opportunity.list(
    { ownerId: staffId, status: 'open' },
    { orderBy: 'stageEnteredAt', limit: LOOKED_AT },
  );
  const touches = await tx.queries.lastTouches(open.map(({ customerId }) => customerId));
  const deals = open.map((deal) => ({ deal, touchedAt: touches.get(deal.customerId) ?? null }));
  const quietSince = ({ deal, touchedAt: touched }: (typeof deals)[number]) =>
    Math.max(deal.stageEnteredAt, touched ?? 0);
  const { due, later } = await dueTasks(tx, staffId);
  const cards = await tx.card.list({ staffId, status: 'open' });
  const deadAt = tx.now - tx.active.policy.cards.validDays * DAY_MS;
  return {
    leads,
    responses: await tx.queries.responsesOf(leads.map(({ id }) => id)),
    tasks: due,
    laterTasks: later,
    deals: deals.sort((a, b) => quietSince(a) - quietSince(b)),
    waiting: cards.filter(({ kind, createdAt }) => asksSomething(kind) && createdAt > deadAt).length,
  };
}
