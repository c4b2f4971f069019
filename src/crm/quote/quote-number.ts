/** Numbers of quotes: Q20261122-001, counted anew every local day, without gaps, also when two are written at once. */
import { takeTurn } from '../take-turn.ts';
import type { Tx } from '../tx.ts';

const DIGITS = 3;

/** Whoever asks is alone with it until their transaction ends: a number that was not used is given to the next. */
export async function nextQuoteNumber(tx: Tx): Promise<string> {
  await takeTurn(tx, 'quote-number');
  const beginning = `Q${tx.active.calendar.localDate(tx.now).replaceAll('-', '')}-`;
  const last = await tx.queries.lastQuoteNumber(beginning);
  const next = last === null ? 1 : Number(last.slice(beginning.length)) + 1;
  return beginning + String(next).padStart(DIGITS, '0');
}
