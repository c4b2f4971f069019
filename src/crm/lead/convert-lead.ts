/** Turns a lead into a customer with its contacts, and into a deal; its chats belong to the customer from then on. */
import { closeSubjectCards } from '../card/close-moot-cards.ts';
import { stopClock } from '../clock/keep-clock.ts';
import { insertCustomer } from '../customer/insert-customer.ts';
import { NAMELESS } from '../names.ts';
import { dealName, openDeal } from '../opportunity/open-deal.ts';
import type { LeadRow, OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { noteResponse } from './first-response.ts';

/** Null when the lead is no longer open. */
export async function convertLead(tx: Tx, leadId: string): Promise<OpportunityRow | null> {
  const lead = await openLead(tx, leadId);
  if (!lead) return null;
  const customer = await insertCustomer(tx, { name: lead.name, ownerId: lead.ownerId });
  await bringPeople(tx, lead, customer.id);
  const opportunity = await openDeal(tx, { customerId: customer.id, name: dealName(lead.name), ownerId: lead.ownerId });
  await tx.lead.update(
    { id: lead.id },
    { status: 'converted', opportunityId: opportunity.id, version: lead.version + 1 },
  );
  await noteResponse(tx, lead.id, 'adopted', null);
  await tx.chat.update({ leadId: lead.id }, { customerId: customer.id, leadId: null });
  await stopClock(tx, lead.id, `已转为客户「${lead.name}」`);
  await closeSubjectCards(tx, `lead:${lead.id}`, `已转为客户「${lead.name}」`);
  return opportunity;
}

/** The lead if it is still open, held for what is decided about it. */
export async function openLead(tx: Tx, leadId: string): Promise<LeadRow | null> {
  const lead = await tx.lead.hold(leadId);
  return lead?.status === 'open' ? lead : null;
}

/** The lead's people become contacts of a customer. The lead stays on them, so that undoing finds them again. */
export async function bringPeople(tx: Tx, lead: LeadRow, customerId: string): Promise<void> {
  for (const identity of await tx.contactIdentity.list({ leadId: lead.id })) {
    const contact = await tx.contact.insert({
      id: tx.newId(),
      customerId,
      name: identity.name ?? NAMELESS.contact,
      createdAt: tx.now,
    });
    await tx.contactIdentity.update({ id: identity.id }, { contactId: contact.id });
  }
}
