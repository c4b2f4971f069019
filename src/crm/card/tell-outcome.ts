/** Says in words how a matter ended, where its card can no longer be changed. */
import type { Tx } from '../tx.ts';

export async function tellOutcome(tx: Tx, cardId: string): Promise<void> {
  const card = await tx.card.get(cardId);
  if (!card || card.outcome === null) return;
  await tx.enqueue({
    accountId: card.accountId,
    dedupeKey: `outcome:${card.id}`,
    orderKey: `to:${card.accountId}:${card.addressId}`,
    order: {
      kind: 'text.send',
      to: { kind: 'person', id: card.addressId },
      text: `之前的卡片不用再处理：${card.outcome}`,
    },
  });
}
