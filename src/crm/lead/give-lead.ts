/** Hands an open lead to another colleague: whoever answers the customer is who decides about them. */
import { closeSubjectCards } from '../card/close-moot-cards.ts';
import { handOverClock } from '../clock/keep-clock.ts';
import type { Tx } from '../tx.ts';
import { openLead } from './convert-lead.ts';
import { offerLead } from './open-lead.ts';

export async function giveLead(tx: Tx, leadId: string, staffId: string, accountId: string): Promise<void> {
  const lead = await openLead(tx, leadId);
  const taker = await tx.staff.get(staffId);
  if (!lead || !taker || lead.ownerId === staffId) return;
  await tx.lead.update({ id: lead.id }, { ownerId: staffId, version: lead.version + 1 });
  await handOverClock(tx, lead.id, `已由${taker.name}接待`);
  await closeSubjectCards(tx, `lead:${lead.id}`, `已由${taker.name}接待`);
  await offerLead(tx, { ...lead, ownerId: staffId }, accountId);
}
