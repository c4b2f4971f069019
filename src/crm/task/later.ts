/** When something that is put off comes again. */
import { HOUR_MS } from '../calendar/spans.ts';
import type { Tx } from '../tx.ts';
import { daysLater } from './due.ts';

export const LATER_CHOICES = { hour: '1 小时后', tomorrow: '明天上午', days: '三天后' } as const;
export type Later = keyof typeof LATER_CHOICES;

const MORNING = '09:00';

/** ms. */
export function laterAt({ active, now }: Pick<Tx, 'active' | 'now'>, later: Later): number {
  if (later === 'hour') return now + HOUR_MS;
  return daysLater(active, now, later === 'tomorrow' ? 1 : 3, MORNING);
}
