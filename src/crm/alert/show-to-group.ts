/** Alerts in a group: counts on one card, not more often than every hour, and never where somebody from outside reads it. */
import { HOUR_MS } from '../calendar/spans.ts';
import { newGroupCard } from '../card/new-card.ts';
import { refreshCard, sendCard } from '../card/send-card.ts';
import { askForGroup, groupIsFound, groupOf } from '../chat/group-of.ts';
import { mayTellGroupAt } from '../notice/quiet-time.ts';
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import type { Recipient } from './alert-queries.ts';
import { supersede } from './supersede.ts';

/** What is due within so long of a card goes onto it, or waits for the next one. */
const APART_MS = HOUR_MS;

/** False when nothing was shown; what is not shown waits. */
export async function showToGroup(tx: Tx, to: Recipient): Promise<boolean> {
  const later = async (until: number): Promise<false> => {
    await tx.queries.postponeAlerts(to, tx.now, until);
    return false;
  };
  const at = mayTellGroupAt(tx.active, tx.now);
  if (at > tx.now) return later(at);
  // Two instances at one moment would send two cards.
  await tx.namedGroup.hold(to.toId);
  const group = await groupOf(tx, to.toId);
  if (!group.ok) {
    await askForGroup(tx, to.toId, group.why, '停留太久的提醒');
    return later(tx.now + HOUR_MS);
  }
  await groupIsFound(tx, to.toId);
  const subject = `alerts:${to.toId}`;
  const all = await tx.card.list({ subject }, { orderBy: 'createdAt', descending: true, limit: MOST });
  // Of another group that was called so before: that one's cards do not count.
  const cards = all.filter(({ addressId }) => addressId === group.chat.externalId);
  const before = nextAfter(tx, cards);
  const last = cards[0];
  const grows = last && last.status === 'open' && tx.cardsOf(last.accountId).updates === 'free';
  if (before > tx.now && !grows) return later(before);
  const card =
    before > tx.now && last
      ? last
      : newGroupCard(tx, { kind: 'group_alert', subject, data: {}, chat: group.chat, key: to.toId });
  if ((await tx.queries.takeAlerts(to, tx.now, card.id)) === 0) return false;
  if (card !== last) await tx.card.insert(card);
  await supersede(tx, to, card.id);
  if (card === last) await refreshCard(tx, card);
  else await sendCard(tx, card);
  return true;
}

/** More than the cap allows in a day. */
const MOST = 50;

/** When the next card of its own may go there, ms: an hour after the last one, and no more in a day than the cap. */
function nextAfter(tx: Tx, cards: readonly CardRow[]): number {
  const { calendar, policy } = tx.active;
  const today = calendar.startOfDay(tx.now);
  const newest = cards[0]?.createdAt ?? Number.NEGATIVE_INFINITY;
  if (cards.filter(({ createdAt }) => createdAt >= today).length >= policy.alerts.dailyCap)
    return calendar.startOfDay(today + 36 * HOUR_MS);
  return newest + APART_MS;
}
