/** How many calls of one API an app makes, over all instances. */
import type { PaceRule } from './outlet.ts';

export interface CallRates {
  /**
   * Waits until one call of this API, by whatever name of at most 130 characters, may be made, and resolves with 0: it is
   * to be made at once. Where it would have to wait longer than `patienceMs` nothing is booked, and it resolves at once
   * with how long, ms. Rejects only when `signal` aborts.
   */
  hold(api: string, rule: PaceRule, patienceMs: number, signal?: AbortSignal): Promise<number>;
}
