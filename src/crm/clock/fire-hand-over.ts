/** A level of the ladder that hands a deal or lead to the owner's supervisor: told, handed over, written down; then the time begins anew for them. */
import { writeAudit } from '../audit/audit.ts';
import { giveLead } from '../lead/give-lead.ts';
import { passOnQuotes } from '../quote/pass-on-quotes.ts';
import type { StageClockRow } from '../rows/clock.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import { passOn } from '../staff/hand-over.ts';
import { giveTask } from '../task/pass-on-tasks.ts';
import type { Tx } from '../tx.ts';
import { alertsOf, dueLevels, insertAlerts, passLevels } from './fire-clocks.ts';
import { handOverClock, leaveFrom, subjectOf } from './keep-clock.ts';
import { organisationFor } from './organisation.ts';
import { type Organisation, supervisorAbove } from './recipients.ts';

/** Returns how many alerts were written; 0 when somebody else was there before, or it is not due any more. */
export async function fireHandOver(tx: Tx, clockId: string): Promise<number> {
  // The deal first, as everybody does who takes both.
  const deal = await tx.opportunity.hold(clockId);
  const clock = await tx.stageClock.hold(clockId);
  const of = clock && (await subjectOf(tx, clock.subject, clockId));
  if (!clock || !of || clock.nextAt === null || clock.nextAt > tx.now) return 0;
  const leave = await leaveFrom(tx, of.ownerId, clock.fromAt);
  const due = dueLevels(tx, clock, leave);
  const organisation = await organisationFor(
    tx,
    [of],
    due.map(({ level }) => level),
  );
  const taker = takerFor(organisation, of.ownerId);
  const handsOver = due.findIndex(({ level }) => level.action === 'to_supervisor');
  // Nobody above: what is due is told, and the deal stays where it is.
  const levels = taker === null || handsOver < 0 ? due : due.slice(0, handsOver + 1);
  const alerts = alertsOf(tx, organisation, clock, levels, of);
  await tx.queries.writeClocks([passLevels(tx, clock, levels, leave)]);
  if (taker !== null && handsOver >= 0) {
    if (deal) await handDealOver(tx, deal, clock, taker);
    else await handLeadOver(tx, clockId, of.ownerId, taker);
  }
  // Of the old round: what they say outlives the one that has just begun.
  return insertAlerts(tx, alerts);
}

const takerFor = (organisation: Organisation, ownerId: string): string | null =>
  supervisorAbove(organisation, ownerId) ??
  organisation.headsOf(ownerId).find((id) => id !== ownerId && organisation.isActive(id)) ??
  null;

async function handDealOver(tx: Tx, deal: OpportunityRow, clock: StageClockRow, toId: string): Promise<void> {
  const { id, name, customerId, ownerId: fromId } = deal;
  await tx.opportunity.update({ id, ownerId: fromId }, { ownerId: toId });
  await passOnQuotes(tx, { opportunityId: id, fromId, toId });
  for (const task of await tx.task.list({ opportunityId: id, ownerId: fromId, doneAt: null }))
    await giveTask(tx, task, toId);
  const [from, to] = [await tx.staff.get(fromId), await tx.staff.get(toId)];
  if (to)
    for (const card of await tx.card.list({ staffId: fromId, status: 'open' }))
      if (card.data.opportunityId === id) await passOn(tx, card, to);
  await handOverClock(tx, id, `已转给${to?.name ?? '主管'}负责`);
  const detail = { from: fromId, to: toId, why: 'overdue', stage: clock.stage };
  await writeAudit(tx, null, [{ action: 'deal.owner', entity: 'opportunity', entityId: id, detail }]);
  const text = `停留超时，商机「${name}」已从${from?.name ?? '原负责人'}转给主管${to?.name ?? ''}负责。`;
  const note = { id: tx.newId(), customerId, opportunityId: id, staffId: toId, kind: 'note' as const };
  await tx.activity.insert({ ...note, text, at: tx.now, createdAt: tx.now });
}

async function handLeadOver(tx: Tx, leadId: string, fromId: string, toId: string): Promise<void> {
  const lead = await tx.lead.get(leadId);
  const chat = lead && (await tx.chat.get(lead.chatId));
  await giveLead(tx, leadId, toId, chat?.accountId ?? '');
  const detail = { from: fromId, to: toId, why: 'overdue' };
  await writeAudit(tx, null, [{ action: 'lead.owner', entity: 'chat', entityId: lead?.chatId ?? leadId, detail }]);
}
