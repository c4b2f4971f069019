/** Opens a matter for a person: a card of its own, or, above the day's cap, a line in their digest. */
import type { CardActionKind, CardData, CardKind, CardRow, TellingKind } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import { readerFor } from './address.ts';
import { ensureDigest, showInDigest } from './digest.ts';
import { addAction, newCard } from './new-card.ts';
import { sendCard } from './send-card.ts';

export interface CardOrder {
  readonly kind: Exclude<CardKind, TellingKind | 'approval'>;
  readonly staffId: string;
  /** The account the matter came from; the card goes where this person reads cards, there if possible. */
  readonly accountId: string;
  readonly subject: string;
  readonly data: CardData;
  readonly actions: readonly { readonly kind: CardActionKind; readonly targetId?: string }[];
}

/** Returns null when nobody can be reached on any platform: the matter then waits in the pages. */
export async function openCard(tx: Tx, order: CardOrder): Promise<CardRow | null> {
  const reader = await readerFor(tx, order.staffId, order.accountId);
  if (!reader) return null;
  const { staffId } = reader;
  // Another transaction may be counting this person's cards as well: one after the other.
  await tx.staff.hold(staffId);
  const { cards } = tx.active.policy;
  const pushed = await tx.queries.pushesSince(staffId, tx.active.calendar.startOfDay(tx.now));
  const push = pushed < cards.dailyCap && !tx.runsShort(reader.accountId);
  const digest = push ? null : await ensureDigest(tx, staffId, order.accountId);
  const { kind, subject, data } = order;
  const card = await tx.card.insert(newCard(tx, { kind, subject, data, reader, digestId: digest?.card.id ?? null }));
  for (const action of order.actions) await addAction(tx, card, action);
  if (digest) await showInDigest(tx, digest);
  else await sendCard(tx, card);
  return card;
}
