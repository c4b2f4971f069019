/** Where a card changes only for a while: before that ends, one that is still open is replaced by a fresh card. */
import { asksSomething, type CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import { addressOf, readerFor } from './address.ts';
import { refreshCard, sendCard } from './send-card.ts';

/** Replaced so long before the end: rounds come every half hour, and one may be missed. */
const AHEAD_MS = 2 * 3_600_000;
/** The newest open cards that are looked at; older ones have dead buttons. */
const MOST = 2_000;

const OUTCOME = '还没有处理，已换成一张新卡片，请在新卡片上处理';

/** Ids of the open cards of an account whose one change is about to be lost. */
export async function cardsToReplace(tx: Tx, accountId: string): Promise<string[]> {
  const open = await tx.card.list(
    { accountId, status: 'open' },
    { orderBy: 'createdAt', descending: true, limit: MOST },
  );
  return open.filter((card) => isDue(tx, card)).map(({ id }) => id);
}

/** The fresh card carries the same buttons until the same day; the old one says where to look. False when there was nothing to do. */
export async function replaceCard(tx: Tx, cardId: string): Promise<boolean> {
  // The approval first, as everybody does who takes both.
  const approvalId = (await tx.card.get(cardId))?.data.approvalId;
  if (approvalId !== undefined) await tx.approval.hold(approvalId);
  const card = await tx.card.hold(cardId);
  if (card?.status !== 'open' || !isDue(tx, card)) return false;
  const actions = await tx.cardAction.list({ cardId });
  if (!actions.some(({ usedAt, expiresAt }) => usedAt === null && expiresAt > tx.now)) return false;
  const find = card.kind === 'approval' ? addressOf : readerFor;
  const reader = await find(tx, card.staffId, card.accountId);
  if (!reader) return false;
  const fresh = await tx.card.insert({
    ...card,
    id: tx.newId(),
    accountId: reader.accountId,
    staffId: reader.staffId,
    addressId: reader.externalId,
    messageId: null,
    updateHandle: null,
    sentAt: null,
    createdAt: tx.now,
  });
  await tx.cardAction.update({ cardId }, { cardId: fresh.id, staffId: fresh.staffId });
  await tx.card.update(
    { id: cardId },
    { status: 'closed', outcome: OUTCOME, data: { ...card.data, replacedBy: fresh.id } },
  );
  await refreshCard(tx, { ...card, status: 'closed' });
  await sendCard(tx, fresh);
  return true;
}

/** Digests are of one day, and what they took in is shown by them; what only tells waits for nobody. */
function isDue(tx: Tx, { accountId, kind, digestId, messageId, sentAt }: CardRow): boolean {
  const { updates, updatableForMs } = tx.cardsOf(accountId);
  // Elsewhere a card's buttons die much later, and only a decision may be that long in coming.
  if (
    (updates === 'free' && kind !== 'approval') ||
    updatableForMs <= AHEAD_MS ||
    !asksSomething(kind) ||
    digestId !== null
  )
    return false;
  return messageId !== null && sentAt !== null && sentAt <= tx.now - (updatableForMs - AHEAD_MS);
}
