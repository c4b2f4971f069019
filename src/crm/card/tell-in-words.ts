/** An approval's card could not go out: what it asks goes as words, with the ways to the pages where it is decided. */
import type { Tx } from '../tx.ts';
import { cardAsText } from './faces/as-text.ts';
import { drawCard } from './faces/draw-card.ts';

export async function tellInWords(tx: Tx, cardId: string): Promise<void> {
  const card = await tx.card.get(cardId);
  if (card?.kind !== 'approval' || card.status !== 'open' || card.messageId !== null) return;
  const face = await drawCard(tx, card);
  const blocks = face.blocks.filter(({ type }) => type !== 'choice');
  await tx.enqueue({
    accountId: card.accountId,
    dedupeKey: `words:${card.id}`,
    orderKey: `to:${card.accountId}:${card.addressId}`,
    order: {
      kind: 'text.send',
      to: { kind: 'person', id: card.addressId },
      text: cardAsText({ ...face, blocks }),
      links: face.blocks.flatMap((block) => (block.type === 'links' ? block.links : [])),
    },
  });
}
