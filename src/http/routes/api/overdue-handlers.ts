/** The API's operations on what stands too long, and what will be sent for it. */
import { done, refused } from '../../../crm/access/desk.ts';
import type { OverduePlace } from '../../../crm/access/readable.ts';
import { listOverdue, seePipeline } from '../../../crm/figures/overdue-desk.ts';
import { stagesInOrder } from '../../../crm/picture/picture-words.ts';
import { upcoming } from '../../../crm/upcoming/upcoming.ts';
import { dealView } from './deal-view.ts';
import type { Handlers } from './handling.ts';

const PAGE = 20;
const MOST_AHEAD = 50;

export const overdueHandlers: Pick<Handlers, 'pipeline' | 'overdue' | 'upcoming'> = {
  pipeline: async (desk, { query }) => {
    const { figures, countedAt, departments } = await seePipeline(desk, query.department);
    const { now, active } = desk.tx;
    return done({
      countedAt,
      stages: stagesInOrder(active.policy.pipeline, figures).map((one) => ({
        ...{ key: one.stage, name: one.name, count: one.count, amountMinor: one.amountMinor, overdue: one.overdue },
        standingMs: one.count === 0 ? null : Math.max(0, now - one.enteredAt),
      })),
      overdue: figures.overdue.count,
      highRisk: figures.overdue.highRisk,
      departments: departments.map(({ id, name }) => ({ id, name })),
    });
  },

  overdue: async (desk, { query: { stage, department, limit = PAGE, cursor } }) => {
    const after = cursor === undefined ? null : readMark(stage, cursor);
    if (cursor !== undefined && after === null) return refused('bad_request', 'cursor：不是上一页给出的值');
    const page = await listOverdue(desk, { stage, department, limit }, after);
    if (!page.ok) return page;
    const { items, more, facts, customerNames, names } = page.value;
    const last = items.at(-1);
    return done({
      items: items.map(({ deal }) => ({
        deal: dealView(desk.tx, names, deal, facts.get(deal.id)),
        customerName: customerNames.get(deal.customerId) ?? '',
      })),
      next: more && last ? `${last.clock.level}.${last.clock.fromAt}.${last.clock.id}` : null,
    });
  },

  upcoming: async ({ tx, scope }) => done({ items: scope.decides ? [...(await upcoming(tx, MOST_AHEAD))] : [] }),
};

function readMark(stage: string, cursor: string): OverduePlace | null {
  const [, level, fromAt, id] = /^(\d{1,2})\.(\d{1,16})\.(\w{1,40})$/.exec(cursor) ?? [];
  return id === undefined ? null : { stage, level: Number(level), after: { fromAt: Number(fromAt), id } };
}
