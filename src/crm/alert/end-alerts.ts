/** A deal or lead moved, closed, got a new round, or somebody is at it: its alerts are over, and open cards say so. */
import { refreshCard } from '../card/send-card.ts';
import type { AlertRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';

/** What a card's row and an alert's take. */
const MOST_WORDS = 200;

/**
 * Ends what of a clock is still waiting or shown. `outcome`: one Chinese sentence, such as 李娜已推进到「样品交付」.
 * Returns how many there were.
 */
export async function endAlerts(tx: Tx, clockId: string, outcome: string): Promise<number> {
  const open = [
    ...(await tx.alert.list({ clockId, state: 'waiting' })),
    ...(await tx.alert.list({ clockId, state: 'shown' })),
  ];
  return endThese(tx, open, outcome);
}

/** Ends these alerts and brings their cards to the current state. */
export async function endThese(tx: Tx, alerts: readonly AlertRow[], outcome: string): Promise<number> {
  const cards = new Set<string>();
  let ended = 0;
  for (const { id } of alerts) {
    // As it stands now: it may just be going onto a card.
    const alert = await tx.alert.hold(id);
    if (!alert || alert.state === 'over') continue;
    await tx.alert.update({ id }, { state: 'over', endedAt: tx.now, outcome: outcome.slice(0, MOST_WORDS) });
    if (alert.cardId !== null) cards.add(alert.cardId);
    ended += 1;
  }
  for (const cardId of cards) await bringAlertCard(tx, cardId);
  return ended;
}

/** Closes an alert card when nothing on it is open any more, and brings it to the current state. */
async function bringAlertCard(tx: Tx, cardId: string): Promise<void> {
  const card = await tx.card.hold(cardId);
  if (!card) return;
  const alerts = await tx.alert.list({ cardId });
  const open = alerts.some(({ state }) => state === 'shown');
  const outcomes = new Set(alerts.map(({ outcome }) => outcome));
  const [only] = outcomes;
  const outcome = outcomes.size === 1 && only ? only : '这些都有人处理了';
  const now = open ? card : { ...card, status: 'closed' as const, outcome };
  if (!open) await tx.card.update({ id: card.id, status: 'open' }, { status: 'closed', outcome });
  await refreshCard(tx, now);
}
