/** How fast messages may go to one place and calls to one API, kept over all instances: a token bucket of one number each. */
import type { PaceRule } from '../channel/outlet.ts';
import { SKEW_MS } from './skew.ts';

export interface Place {
  readonly tenantId: string;
  readonly accountId: string;
  /** `person:` or `chat:` and the platform's id, or `app:` and an API. */
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
  /** Books at most `most` at once, as many of them as need not wait longer than `patienceMs`. */
  bookSome(place: Place, rule: PaceRule, now: number, patienceMs: number, most: number): Promise<Turns>;
  /** Forgets places that have been free since an instant. */
  forget(before: number): Promise<void>;
}

export interface Turns {
  /** When each may leave, ms, the first first. */
  readonly at: readonly number[];
  /** What to keep of the place. */
  readonly freeAt: number;
  /** How long the next one would have to wait, ms. */
  readonly waitMs: number;
}

/**
 * The generic cell rate algorithm: `freeAt` is when all that was sent would have left, one every `everyMs`. A message may
 * leave as long as that lies no more than `burst` of them ahead.
 */
export function takeSome(
  freeAt: number,
  { burst, everyMs }: PaceRule,
  now: number,
  patienceMs: number,
  most: number,
): Turns {
  const turnOf = (from: number) => Math.max(now, from - (burst - 1) * everyMs);
  const at: number[] = [];
  // Further ahead than bookings reach: a clock that has since been put back wrote it, and nobody waits for that time to come.
  const believable = freeAt <= now + burst * everyMs + patienceMs + SKEW_MS;
  let from = believable ? Math.max(freeAt, now) : now;
  for (; at.length < most && turnOf(from) - now <= patienceMs; from += everyMs) at.push(turnOf(from));
  return { at, freeAt: at.length === 0 ? freeAt : from, waitMs: turnOf(from) - now };
}
