/** Turns a lead into customer, contact and opportunity; the chat belongs to the customer from then on. */
import { closeSubjectCards } from '../card/close-moot-cards.ts';
import type { LeadRow, OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';

export async function convertLead(tx: Tx, lead: LeadRow): Promise<OpportunityRow> {
  const customer = await tx.customer.insert({
    id: tx.newId(),
    name: lead.name,
    ownerId: lead.ownerId,
    createdAt: tx.now,
    withdrawnAt: null,
  });
  for (const identity of await tx.contactIdentity.list({ leadId: lead.id })) {
    const contact = await tx.contact.insert({
      id: tx.newId(),
      customerId: customer.id,
      name: identity.name ?? '联系人',
      createdAt: tx.now,
    });
    // The lead stays on the identity, so that undoing the conversion finds its people again.
    await tx.contactIdentity.update({ id: identity.id }, { contactId: contact.id });
  }
  const opportunity = await tx.opportunity.insert({
    id: tx.newId(),
    customerId: customer.id,
    name: `${lead.name}的商机`,
    ownerId: lead.ownerId,
    stage: tx.active.policy.pipeline.convertedLeadStage,
    stageEnteredAt: tx.now,
    status: 'open',
    amountMinor: null,
    currency: 'CNY',
    lostReason: null,
    createdAt: tx.now,
    closedAt: null,
    policyVersion: tx.active.version,
    version: 1,
  });
  await tx.lead.update(
    { id: lead.id },
    { status: 'converted', opportunityId: opportunity.id, version: lead.version + 1 },
  );
  await tx.chat.update({ leadId: lead.id }, { customerId: customer.id, leadId: null });
  await closeSubjectCards(tx, `lead:${lead.id}`, `已转为客户「${lead.name}」`);
  return opportunity;
}
