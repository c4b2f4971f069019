/** Everything in one colleague's hands goes to another: customers, open deals and leads, chats and open questions; what was written stays. */
import { succeedApprovals } from '../approval/people-change.ts';
import { writeAudit } from '../audit/audit.ts';
import { openCard } from '../card/open-card.ts';
import { refreshCard } from '../card/send-card.ts';
import { tellPerson } from '../card/tell-person.ts';
import { handOverClock } from '../clock/keep-clock.ts';
import { giveLead } from '../lead/give-lead.ts';
import { passOnQuotes } from '../quote/pass-on-quotes.ts';
import { type CardRow, isPassedOn } from '../rows/cards.ts';
import type { StaffRow } from '../rows/people.ts';
import { passOnTasks } from '../task/pass-on-tasks.ts';
import type { Tx } from '../tx.ts';
import { type Holdings, holdingsInWords } from './holdings.ts';
import { auditStaff } from './staff-audit.ts';

export interface HandOver {
  readonly fromId: string;
  readonly toId: string;
  /** Who decided it; null for whoever runs the server. */
  readonly actorId: string | null;
}

export interface Moved extends Holdings {
  readonly chats: number;
  /** Open questions. */
  readonly cards: number;
}

export type HandOverStep =
  | { readonly ok: true; readonly moved: Moved; readonly more: boolean }
  | { readonly ok: false; readonly reason: 'not_found' | 'same_person' | 'taker_inactive' };

/** Rows of each kind in one transaction: callbacks wait for it on SQLite. */
const AT_ONCE = 500;

export const nothingMoved: Moved = { customers: 0, deals: 0, leads: 0, chats: 0, cards: 0 };

export function addMoved(a: Moved, b: Moved): Moved {
  return {
    customers: a.customers + b.customers,
    deals: a.deals + b.deals,
    leads: a.leads + b.leads,
    chats: a.chats + b.chats,
    cards: a.cards + b.cards,
  };
}

/**
 * One step of it; to be called again, each time in a transaction of its own, while there is `more`. What has been moved
 * is no longer found, so a hand-over that was interrupted goes on where it stopped. Closed deals keep who closed them.
 */
export async function handOver(tx: Tx, input: HandOver): Promise<HandOverStep> {
  const { fromId, toId } = input;
  if (fromId === toId) return { ok: false, reason: 'same_person' };
  const [from, to] = [await tx.staff.get(fromId), await tx.staff.get(toId)];
  if (!from || !to) return { ok: false, reason: 'not_found' };
  if (!to.active) return { ok: false, reason: 'taker_inactive' };
  await passOnTasks(tx, input);
  await succeedApprovals(tx, { fromId, toId });
  await passOnQuotes(tx, { fromId, toId });
  const moved = {
    customers: await moveCustomers(tx, input),
    deals: await moveDeals(tx, input, to),
    leads: await moveLeads(tx, input, to),
    chats: await tx.chat.update({ addedByStaffId: fromId }, { addedByStaffId: toId }),
    cards: await moveCards(tx, from, to),
  };
  const more = [moved.customers, moved.deals, moved.leads, moved.cards].some((count) => count === AT_ONCE);
  return { ok: true, moved, more };
}

/** The last step: one entry in the log, and one text to whoever received it all. */
export async function finishHandOver(tx: Tx, { fromId, toId, actorId }: HandOver, moved: Moved): Promise<void> {
  await auditStaff(tx, {
    staffId: fromId,
    action: 'staff.handed_over',
    by: 'command',
    actorId,
    detail: { toId, ...moved },
  });
  const from = await tx.staff.get(fromId);
  const [identity] = await tx.staffIdentity.list({ staffId: toId });
  if (!from || !identity || Object.values(moved).every((count) => count === 0)) return;
  const questions = moved.cards > 0 ? `\n还有 ${moved.cards} 件待处理的事，会另发卡片给你。` : '';
  const text = `${from.name} 名下的${holdingsInWords(moved)}已交接给你，历史记录、阶段和聊天都在。${questions}\n在会话里 @ 我问“今天”，可以看到先跟进谁。`;
  await tellPerson(tx, { staffId: toId, accountId: identity.accountId, text });
}

async function moveCustomers(tx: Tx, { fromId, toId, actorId }: HandOver): Promise<number> {
  const customers = await tx.customer.list({ ownerId: fromId }, { limit: AT_ONCE });
  for (const { id } of customers) await tx.customer.update({ id, ownerId: fromId }, { ownerId: toId });
  const detail = { from: fromId, to: toId, why: 'hand_over' };
  const notes = customers.map(
    ({ id }) => ({ action: 'customer.owner', entity: 'customer', entityId: id, detail }) as const,
  );
  await writeAudit(tx, actorId, notes);
  return customers.length;
}

async function moveDeals(tx: Tx, { fromId, toId, actorId }: HandOver, { name }: StaffRow): Promise<number> {
  const deals = await tx.opportunity.list({ ownerId: fromId, status: 'open' }, { limit: AT_ONCE });
  for (const { id } of deals) {
    await tx.opportunity.update({ id, ownerId: fromId }, { ownerId: toId });
    await handOverClock(tx, id, `已交接给${name}`);
  }
  const detail = { from: fromId, to: toId, why: 'hand_over' };
  const notes = deals.map(({ id }) => ({ action: 'deal.owner', entity: 'opportunity', entityId: id, detail }) as const);
  await writeAudit(tx, actorId, notes);
  return deals.length;
}

async function moveLeads(tx: Tx, { fromId, toId }: HandOver, { name }: StaffRow): Promise<number> {
  const leads = await tx.lead.list({ ownerId: fromId, status: 'open' }, { limit: AT_ONCE });
  for (const { id, chatId } of leads) {
    const chat = await tx.chat.get(chatId);
    if (chat) await giveLead(tx, id, toId, chat.accountId);
    else {
      await tx.lead.update({ id }, { ownerId: toId });
      await handOverClock(tx, id, `已交接给${name}`);
    }
  }
  return leads.length;
}

/** Questions that wait for an answer; a digest is of one person and one day, an answer belongs to who asked. */
async function moveCards(tx: Tx, from: StaffRow, to: StaffRow): Promise<number> {
  const open = await tx.card.list({ staffId: from.id, status: 'open' });
  const matters = open.filter(({ kind }) => isPassedOn(kind)).slice(0, AT_ONCE);
  let moved = 0;
  for (const card of matters) if (await passOn(tx, card, to)) moved += 1;
  return moved;
}

/** A question goes to somebody else. Under the same daily cap as anything else: beyond it the matter stands in the digest. */
export async function passOn(tx: Tx, card: CardRow, to: StaffRow): Promise<boolean> {
  const { kind, accountId, subject, data } = card;
  if (!isPassedOn(kind)) return false;
  const actions = (await tx.cardAction.list({ cardId: card.id }))
    .filter(({ usedAt }) => usedAt === null)
    .map((action) => ({ kind: action.kind, ...(action.targetId !== null && { targetId: action.targetId }) }));
  const fresh = await openCard(tx, { kind, staffId: to.id, accountId, subject, data, actions });
  if (!fresh) return false;
  const outcome = `已交接给${to.name}`;
  await tx.card.update({ id: card.id }, { status: 'closed', outcome });
  await refreshCard(tx, { ...card, status: 'closed', outcome });
  return true;
}
