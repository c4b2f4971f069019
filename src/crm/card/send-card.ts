/** Sends a card, and brings one that has been sent to the current state. */
import { DAY_MS } from '../calendar/spans.ts';
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
  const leavesAt = updateTime(tx, card.accountId);
  await tx.enqueue({
    accountId: card.accountId,
    dedupeKey: `update:${card.id}:${leavesAt}`,
    orderKey: leavesAt - tx.now > WINDOW_MS ? `card:${card.id}` : `to:${card.accountId}:${card.addressId}`,
    order: { kind: 'card.update', cardId: card.id },
    notBefore: leavesAt,
  });
}

/** At the end of the window; where the platform's allowance runs short, once a day, at the hour of the digest. */
function updateTime(tx: Tx, accountId: string): number {
  if (tx.runsShort(accountId)) return digestTime(tx);
  return (Math.floor(tx.now / WINDOW_MS) + 1) * WINDOW_MS;
}

/** When the digest of this moment leaves: today's hour if it is still to come, else tomorrow's. */
export function digestTime(tx: Tx): number {
  const { calendar, policy } = tx.active;
  const today = calendar.atLocalTime(tx.now, policy.cards.digest.at);
  return today > tx.now ? today : today + DAY_MS;
}

/** The card a person sees for a matter: its own, or the digest that took it in. */
export async function shownAs(tx: Tx, matter: CardRow): Promise<CardRow> {
  return (matter.digestId === null ? matter : await tx.card.get(matter.digestId)) ?? matter;
}
