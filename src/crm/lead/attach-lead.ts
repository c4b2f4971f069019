/** A lead that turns out to be of a customer that is there: its people and its chats become the customer's. */
import { closeSubjectCards } from '../card/close-moot-cards.ts';
import { stopClock } from '../clock/keep-clock.ts';
import type { LeadRow } from '../rows/deals.ts';
import type { CustomerRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { bringPeople } from './convert-lead.ts';
import { noteResponse } from './first-response.ts';

/** `lead` is open and held. */
export async function attachLeadTo(tx: Tx, lead: LeadRow, customer: CustomerRow): Promise<void> {
  await noteResponse(tx, lead.id, 'attached', null);
  await bringPeople(tx, lead, customer.id);
  await tx.chat.update({ leadId: lead.id }, { leadId: null, customerId: customer.id });
  await tx.lead.update({ id: lead.id }, { status: 'converted', version: lead.version + 1 });
  await stopClock(tx, lead.id, `线索已归入客户「${customer.name}」`);
  await closeSubjectCards(tx, `lead:${lead.id}`, `线索已归入客户「${customer.name}」`);
}
