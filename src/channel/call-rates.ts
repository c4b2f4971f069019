/** How many calls of one API an app makes, over all instances. */
import type { PaceRule } from './outlet.ts';

export interface Booking {
  /** False: nothing was booked, come back after `waitMs`. */
  readonly booked: boolean;
  /** How long to wait before the call is made, ms. */
  readonly waitMs: number;
}

export interface CallRates {
  /** Books one call of this API, by whatever name of at most 130 characters; one that would wait longer than `patienceMs` is not booked. Never rejects. */
  book(api: string, rule: PaceRule, patienceMs: number): Promise<Booking>;
}
