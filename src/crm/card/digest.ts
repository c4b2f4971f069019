/** The day's progress of one person: one card a day, updated silently, with everything that did not deserve a push. */
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import { addressOf } from './address.ts';
import { refreshCard, sendCard } from './send-card.ts';

/** Adds a move to the owner's digest of today, with a button to take it back. */
export async function noteInDigest(
  tx: Tx,
  note: { staffId: string; accountId: string; changeId: string },
): Promise<void> {
  const digest = await ensureDigest(tx, note.staffId, note.accountId);
  const change = await tx.stageChange.get(note.changeId);
  if (!digest || !change) return;
  await tx.cardAction.insert({
    id: tx.newActionKey(),
    cardId: digest.id,
    kind: 'undo',
    targetId: change.id,
    staffId: note.staffId,
    expiresAt: change.undoableUntil ?? tx.now,
    usedAt: null,
  });
  await refreshDigestCard(tx, digest);
}

/** Today's digest of a person; made, and its sending enqueued, when it is the first thing of the day. */
export async function ensureDigest(tx: Tx, staffId: string, accountId: string): Promise<CardRow | null> {
  const date = tx.active.calendar.localDate(tx.now);
  const subject = digestSubject(staffId, date);
  const known = await tx.card.find({ kind: 'digest', subject });
  if (known) return known;
  const address = await addressOf(tx, staffId, accountId);
  if (!address) return null;
  const card = await tx.card.insert({
    id: tx.newId(),
    accountId: address.accountId,
    kind: 'digest',
    staffId,
    addressId: address.externalId,
    subject,
    data: { date },
    status: 'open',
    outcome: null,
    digestId: null,
    messageId: null,
    updateHandle: null,
    sentAt: null,
    createdAt: tx.now,
  });
  const { digest } = tx.active.policy.cards;
  // Where a card changes only once, a digest cannot grow: it leaves when the day is done.
  const atEvening = digest.mode === 'at' || tx.cardsOf(card.accountId).updates === 'once';
  await sendCard(tx, card, atEvening ? tx.active.calendar.atLocalTime(tx.now, digest.at) : undefined);
  return card;
}

/** Redraws the digest of the day on which something happened. */
export async function refreshDigest(tx: Tx, staffId: string, at: number): Promise<void> {
  const card = await tx.card.find({
    kind: 'digest',
    subject: digestSubject(staffId, tx.active.calendar.localDate(at)),
  });
  if (card) await refreshDigestCard(tx, card);
}

export async function refreshDigestCard(tx: Tx, digest: CardRow): Promise<void> {
  // A digest that has not left yet is drawn when it leaves.
  if (digest.createdAt !== tx.now) await refreshCard(tx, digest);
}

function digestSubject(staffId: string, date: string): string {
  return `digest:${staffId}:${date}`;
}
