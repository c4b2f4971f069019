/** A later level of the same matter for the same people takes the place of the earlier one: nothing stands open twice. */
import type { AlertRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';
import type { Recipient } from './alert-queries.ts';
import { endThese } from './end-alerts.ts';

/** What the earlier one says; the newer card shows the matter. */
export const SUPERSEDED = '又提醒了一次，请看新的卡片';

/** `cardId`: the card that shows the newer ones. Returns what of theirs is open on it. */
export async function supersede(tx: Tx, { toKind, toId }: Recipient, cardId: string): Promise<readonly AlertRow[]> {
  const shown = (await tx.alert.list({ toId, state: 'shown' })).filter((alert) => alert.toKind === toKind);
  const newest = new Map<string, AlertRow>();
  for (const alert of shown) {
    const known = newest.get(alert.clockId);
    if (!known || isLater(alert, known, cardId)) newest.set(alert.clockId, alert);
  }
  const old = shown.filter((alert) => newest.get(alert.clockId)?.id !== alert.id);
  await endThese(tx, old, SUPERSEDED);
  return [...newest.values()].filter((alert) => alert.cardId === cardId);
}

function isLater(one: AlertRow, other: AlertRow, cardId: string): boolean {
  if ((one.cardId === cardId) !== (other.cardId === cardId)) return one.cardId === cardId;
  return one.fromAt > other.fromAt || (one.fromAt === other.fromAt && one.level > other.level);
}
