/** A clock for every open deal: some stand too long, at each level of the ladder. */
import type { Bulk, NewRow } from './bulk.ts';
import type { Chance } from './chance.ts';

const DAY_MS = 86_400_000;
/** Of a hundred deals so many stand too long; they spread over the levels. */
const OVERDUE_PERCENT = 10;
const LEVELS = 3;

export async function seedClocks(
  bulk: Bulk,
  deals: readonly NewRow<'opportunity'>[],
  chance: Chance,
  now: number,
): Promise<void> {
  await bulk.put('stageClock', clocksOf(deals, chance, now));
}

function* clocksOf(
  deals: readonly NewRow<'opportunity'>[],
  chance: Chance,
  now: number,
): Iterable<NewRow<'stageClock'>> {
  for (const { id, customerId, stage, status, stageEnteredAt: fromAt } of deals) {
    if (status !== 'open') continue;
    const level = chance.percent(OVERDUE_PERCENT) ? 1 + chance.below(LEVELS) : 0;
    yield {
      ...{ id, subject: 'deal', stage, fromAt, level, nextAt: level === LEVELS ? null : now + DAY_MS },
      ...{ customerId, round: id, metAt: null, heldUntil: null, heldBy: null, extendedMs: 0, extensions: 0 },
      ...{ highRisk: level === LEVELS, policyVersion: 1, version: 1 },
    };
  }
}
