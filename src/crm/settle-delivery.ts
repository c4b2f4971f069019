/** What a platform's answer to an order changes on our side. */
import type { Receipt } from '../channel/delivery.ts';
import { refreshDigest } from './card/digest.ts';
import { refreshCard } from './card/send-card.ts';
import { meetContactFacts } from './contact/contact-facts.ts';
import { giveLead } from './lead/give-lead.ts';
import { fitName, NAMELESS } from './names.ts';
import { dealName } from './opportunity/open-deal.ts';
import { settleTodo } from './task/native-todo.ts';
import type { OutboxOrder, Tx } from './tx.ts';

type SessionOrder = Extract<OutboxOrder, { kind: 'session.assign' }>;

const OFFER_AGAIN_MS = 10 * 60_000;

export async function settleDelivery(tx: Tx, accountId: string, order: OutboxOrder, receipt: Receipt): Promise<void> {
  if (order.kind === 'card.send' && receipt.kind === 'sent') {
    await tx.card.update(
      { id: order.cardId },
      { messageId: receipt.messageId, updateHandle: receipt.updateHandle, sentAt: tx.now },
    );
  }
  if (order.kind === 'card.update') await tx.card.update({ id: order.cardId }, { updateHandle: null });
  if (order.kind === 'todo.put' && receipt.kind === 'todo') await settleTodo(tx, order.taskId, receipt.todoId);
  if (order.kind === 'session.assign' && receipt.kind === 'assigned' && receipt.staffId !== null) {
    await sessionTaken(tx, accountId, order.chatExternalId, receipt.staffId);
  }
  if (order.kind === 'session.assign' && receipt.kind === 'assigned' && receipt.waiting) {
    await offerAgain(tx, accountId, order);
  }
  if (order.kind === 'contact.lookup' && receipt.kind === 'contact' && receipt.contact) {
    await meetContactFacts(tx, accountId, order.chatExternalId, receipt.contact);
  }
  if (order.kind === 'chat.lookup' && receipt.kind === 'chat' && receipt.name) {
    await nameChat(tx, accountId, order.chatExternalId, receipt.name);
  }
  if (order.kind === 'person.lookup' && receipt.kind === 'person' && receipt.name) {
    await namePerson(tx, accountId, order.personId, receipt.name);
  }
}

/**
 * A customer in the pool is offered again until somebody has them or the session is over, which it is after 48 hours.
 * By itself and not in the chat's order: a new word of theirs is acted on at once.
 */
async function offerAgain(tx: Tx, accountId: string, order: SessionOrder): Promise<void> {
  const chat = await tx.chat.find({ accountId, externalId: order.chatExternalId });
  if (!chat) return;
  const round = Math.floor(tx.now / OFFER_AGAIN_MS) + 1;
  await tx.enqueue({
    accountId,
    dedupeKey: `pool:${chat.id}:${round}`,
    orderKey: `pool:${chat.id}`,
    order,
    notBefore: round * OFFER_AGAIN_MS,
  });
}

/** Whoever answers the customer is who hears about the lead. */
async function sessionTaken(tx: Tx, accountId: string, chatExternalId: string, staffExternalId: string): Promise<void> {
  const chat = await tx.chat.find({ accountId, externalId: chatExternalId });
  const identity = await tx.staffIdentity.find({ accountId, externalId: staffExternalId });
  if (!chat || !identity) return;
  await tx.chat.update({ id: chat.id }, { addedByStaffId: identity.staffId });
  if (chat.leadId !== null) await giveLead(tx, chat.leadId, identity.staffId, accountId);
}

async function nameChat(tx: Tx, accountId: string, externalId: string, told: string): Promise<void> {
  const name = fitName(told);
  const chat = await tx.chat.find({ accountId, externalId });
  if (!chat) return;
  await tx.chat.update({ id: chat.id }, { name });
  if (chat.leadId !== null) await nameLead(tx, chat.leadId, name);
}

async function namePerson(tx: Tx, accountId: string, personId: string, told: string): Promise<void> {
  const name = fitName(told);
  const staff = await tx.staffIdentity.find({ accountId, externalId: personId });
  if (staff) {
    await tx.staff.update({ id: staff.staffId, name: NAMELESS.colleague }, { name });
    return;
  }
  const identity = await tx.contactIdentity.find({ accountId, externalId: personId });
  if (!identity) return;
  await tx.contactIdentity.update({ id: identity.id }, { name });
  if (identity.contactId !== null)
    await tx.contact.update({ id: identity.contactId, name: NAMELESS.contact }, { name });
  if (identity.leadId !== null) await nameLead(tx, identity.leadId, name);
}

/** A lead without a name takes the first one told, and so do the customer and the deal it has become meanwhile; cards show it. */
async function nameLead(tx: Tx, leadId: string, name: string): Promise<void> {
  await tx.lead.update({ id: leadId, name: NAMELESS.customer }, { name });
  const lead = await tx.lead.get(leadId);
  const deal = lead?.opportunityId ? await tx.opportunity.get(lead.opportunityId) : null;
  if (deal) {
    await tx.customer.update({ id: deal.customerId, name: NAMELESS.customer }, { name });
    await tx.opportunity.update({ id: deal.id, name: dealName(NAMELESS.customer) }, { name: dealName(name) });
    for (const change of await tx.stageChange.list({ opportunityId: deal.id })) await refreshDigest(tx, change.id);
  }
  for (const card of await tx.card.list({ subject: `lead:${leadId}`, kind: 'lead', status: 'open' }))
    await refreshCard(tx, card);
}
