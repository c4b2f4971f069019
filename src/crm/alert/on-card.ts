/** The alerts of a card in the order in which it shows them: what has stood longest beyond its limit first. */
import type { AlertRow } from '../rows/clock.ts';
import type { Tx } from '../tx.ts';
import { SUPERSEDED } from './supersede.ts';

/** In full; the rest is counted. */
export const MOST_LINES = 6;

export interface OnCard {
  readonly open: readonly AlertRow[];
  /** What ended since, the last first. */
  readonly over: readonly AlertRow[];
}

export const worstFirst = (a: AlertRow, b: AlertRow): number =>
  b.level - a.level || a.fromAt - b.fromAt || (a.id < b.id ? -1 : 1);

export async function alertsOnCard(tx: Tx, cardId: string): Promise<OnCard> {
  const all = await tx.alert.list({ cardId });
  const open = all.filter(({ state }) => state === 'shown').toSorted(worstFirst);
  const over = all
    .filter(({ state, outcome }) => state === 'over' && outcome !== SUPERSEDED)
    .toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  return { open, over };
}
