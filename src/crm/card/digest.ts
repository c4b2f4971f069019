/** The day's progress of one person: one card a day, updated silently, with everything that did not deserve a push. */
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import { addressOf } from './address.ts';
import { addAction, newCard } from './new-card.ts';
import { digestTime, refreshCard, sendCard } from './send-card.ts';

/** Adds a move to the owner's digest of today, with a button to take it back. */
export async function noteInDigest(
  tx: Tx,
  note: { staffId: string; accountId: string; changeId: string },
): Promise<void> {
  const owner = await tx.staff.hold(note.staffId);
  const digest = owner?.active ? await ensureDigest(tx, note.staffId, note.accountId) : null;
  const change = await tx.stageChange.get(note.changeId);
  if (!digest || !change) return;
  const undo = { kind: 'undo', targetId: change.id, expiresAt: change.undoableUntil ?? tx.now } as const;
  await addAction(tx, digest.card, undo);
  await showInDigest(tx, digest);
}

export interface TodaysDigest {
  readonly card: CardRow;
  /** Made in this transaction: what it shows is drawn when it leaves. */
  readonly isNew: boolean;
}

/** Brings the digest to the current state. */
export async function showInDigest(tx: Tx, { card, isNew }: TodaysDigest): Promise<void> {
  if (!isNew) await refreshCard(tx, card);
}

/**
 * The digest that a matter of this moment belongs to; made, and its sending enqueued, when it is the first thing in it.
 * A live digest leaves at once and covers its day. Where a card changes only once it cannot grow: it leaves in the
 * evening, and what happens after that hour belongs to the next one. The caller holds the person's row, or two would
 * be made at the same moment.
 */
export async function ensureDigest(tx: Tx, staffId: string, accountId: string): Promise<TodaysDigest | null> {
  const reader = await addressOf(tx, staffId, accountId);
  if (!reader) return null;
  const { calendar, policy } = tx.active;
  const live =
    policy.cards.digest.mode === 'live' &&
    tx.cardsOf(reader.accountId).updates === 'free' &&
    !tx.runsShort(reader.accountId);
  const leavesAt = live ? tx.now : digestTime(tx);
  const date = calendar.localDate(leavesAt);
  const subject = `digest:${staffId}:${date}`;
  const known = await tx.card.find({ kind: 'digest', subject });
  if (known) return { card: known, isNew: false };
  const data = { date, since: live ? calendar.startOfDay(tx.now) : tx.now };
  const card = await tx.card.insert(newCard(tx, { kind: 'digest', subject, data, reader }));
  await sendCard(tx, card, live ? undefined : leavesAt);
  return { card, isNew: true };
}

/** Redraws the digests that tell of a move. */
export async function refreshDigest(tx: Tx, changeId: string): Promise<void> {
  for (const action of await tx.cardAction.list({ kind: 'undo', targetId: changeId })) {
    const card = await tx.card.get(action.cardId);
    if (card) await refreshCard(tx, card);
  }
}
