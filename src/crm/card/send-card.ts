/** Sends a card, and brings one that has been sent to the current state. */
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';

export async function sendCard(tx: Tx, card: CardRow, notBefore?: number): Promise<void> {
  await tx.enqueue({
    accountId: card.accountId,
    dedupeKey: `card:${card.id}`,
    // One that leaves later goes by itself: what is for the same person must not wait behind it.
    orderKey: notBefore === undefined ? `to:${card.accountId}:${card.addressId}` : `card:${card.id}`,
    order: { kind: 'card.send', cardId: card.id },
    ...(notBefore === undefined ? {} : { notBefore }),
  });
}

/** Changes within one window leave as one update; four windows a second stay under the strictest platform's 5 per message. */
const WINDOW_MS = 250;

/**
 * Enqueues an update of the card's face. The face is drawn when the update leaves, from the state of that moment,
 * so an update can be late but never stale; a card not yet sent is drawn fresh anyway.
 */
export async function refreshCard(tx: Tx, matter: CardRow): Promise<void> {
  const card = await shownAs(tx, matter);
  if (tx.answering.cardId === card.id) return;
  // Where a card changes only once, that once is kept for how the matter ends.
  if (card.status === 'open' && tx.cardsOf(card.accountId).updates === 'once') return;
  const window = Math.floor(tx.now / WINDOW_MS) + 1;
  await tx.enqueue({
    accountId: card.accountId,
    dedupeKey: `update:${card.id}:${window}`,
    orderKey: `to:${card.accountId}:${card.addressId}`,
    order: { kind: 'card.update', cardId: card.id },
    notBefore: window * WINDOW_MS,
  });
}

/** The card a person sees for a matter: its own, or the digest that took it in. */
export async function shownAs(tx: Tx, matter: CardRow): Promise<CardRow> {
  return (matter.digestId === null ? matter : await tx.card.get(matter.digestId)) ?? matter;
}
