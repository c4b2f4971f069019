/** Cards that ask for agreement to a deal's quotes. */
import { openKeyOf } from '../approval/store.ts';
import { refreshCard } from '../card/send-card.ts';
import type { Tx } from '../tx.ts';

/** Cards that ask for agreement say what it leads to: when that changes, they are drawn anew. */
export async function refreshApprovals(tx: Tx, dealId: string): Promise<void> {
  for (const { id } of await tx.quote.list({ opportunityId: dealId, status: 'submitted' })) {
    const open = await tx.approval.find({ openKey: openKeyOf('quote', id) });
    const cards = open ? await tx.card.list({ subject: `approval:${open.id}`, status: 'open' }) : [];
    for (const card of cards) await refreshCard(tx, card);
  }
}
