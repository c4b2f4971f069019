/** Questions about a deal say what is missing: when that changes, they are drawn anew. */
import type { Tx } from '../tx.ts';
import { refreshCard } from './send-card.ts';

export async function refreshQuestions(tx: Tx, dealId: string): Promise<void> {
  for (const card of await tx.card.list({ subject: `opportunity:${dealId}`, status: 'open', kind: 'ask' }))
    await refreshCard(tx, card);
}
