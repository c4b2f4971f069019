/** How fast messages may go to one place, kept over all instances: a token bucket of one number per place. */
import type { PaceRule } from '../channel/outlet.ts';

export interface Place {
  readonly tenantId: string;
  readonly accountId: string;
  /** A person or a chat, by the platform's id. */
  readonly place: string;
}

export interface Booking {
  /** False: nothing was booked, come back after `waitMs`. */
  readonly booked: boolean;
  /** How long to wait before sending, ms. */
  readonly waitMs: number;
}

export interface Pace {
  /** Books one message; what would have to wait longer than `patienceMs` is not booked. */
  book(place: Place, rule: PaceRule, now: number, patienceMs: number): Promise<Booking>;
  /** Forgets places that have been free since an instant. */
  forget(before: number): Promise<void>;
}

/**
 * The generic cell rate algorithm: `freeAt` is when all that was sent would have left, one every `everyMs`. A message may
 * leave as long as that lies no more than `burst` of them ahead. Returns what to keep instead of it; null: not booked.
 */
export function take(
  freeAt: number,
  { burst, everyMs }: PaceRule,
  now: number,
  patienceMs: number,
): { readonly freeAt: number | null; readonly waitMs: number } {
  const from = Math.max(freeAt, now);
  const waitMs = Math.max(0, from - (burst - 1) * everyMs - now);
  return { freeAt: waitMs > patienceMs ? null : from + everyMs, waitMs };
}
