/** Keeps an app under what its platform takes, over all instances: turns are booked a few at a time and spent within their time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallRates } from '../channel/call-rates.ts';
import type { PaceRule } from '../channel/outlet.ts';
import { within } from '../within.ts';
import { type Pace, takeSome } from './pace.ts';
import { SKEW_MS } from './skew.ts';
import type { AccountRecord } from './store.ts';

export interface CallRatesOptions {
  readonly pace: Pick<Pace, 'bookSome'>;
  readonly account: () => AccountRecord;
  readonly now: () => number;
  readonly pause?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

/** So many turns at once, at most: what one who ends without a word leaves unused. */
const MOST_AT_ONCE = 10;
/** A turn that was not used by then is over: others may have filled the platform's window meanwhile. */
const TURN_LASTS_MS = 100;
/** A database that takes longer is as good as away: then this instance keeps the pace for itself. */
const PATIENCE_MS = 1_000;

interface Book {
  /** Booked and not yet used, the first first, ms. */
  turns: number[];
  waiting: number;
  /** How many turns to ask for: twice as many as last time, when all of those were used. */
  size: number;
  asking: Promise<void> | null;
  /** Where there was no turn within reach: none is to be had before, ms. */
  nextAt: number;
  /** As it was when the database was last asked. */
  freeAt: number;
}

const sleeping = (ms: number, signal?: AbortSignal) => sleep(ms, undefined, signal && { signal });

export function createCallRates({ pace, account, now, pause = sleeping }: CallRatesOptions): CallRates {
  const books = new Map<string, Book>();

  function bookOf(api: string): Book {
    const known = books.get(api) ?? { turns: [], waiting: 0, size: 1, asking: null, nextAt: 0, freeAt: 0 };
    books.set(api, known);
    return known;
  }

  function nextTurn(book: Book): number | undefined {
    // The clock was put back: those turns would be hours away.
    if ((book.turns[0] ?? 0) > now() + SKEW_MS) Object.assign(book, { turns: [], size: 1 });
    if (book.nextAt > now() + SKEW_MS) book.nextAt = 0;
    const late = book.turns.filter((at) => at + TURN_LASTS_MS < now()).length;
    if (late > 0) Object.assign(book, { turns: book.turns.slice(late), size: 1 });
    return book.turns[0];
  }

  async function ask(book: Book, api: string, rule: PaceRule, patienceMs: number): Promise<void> {
    // Whoever comes in the same moment is counted in.
    await null;
    const most = Math.min(MOST_AT_ONCE, Math.max(book.size, book.waiting));
    // Turns beyond the caller's patience are for whoever asks next; behind those of another instance there is room.
    const reachMs = Math.max(patienceMs, 2 * MOST_AT_ONCE * rule.everyMs);
    const { tenantId, id } = account();
    const place = { tenantId, accountId: id, place: `app:${api}` };
    const shared = await within(PATIENCE_MS, pace.bookSome(place, rule, now(), reachMs, most));
    const { at, freeAt, waitMs } = shared ?? takeSome(book.freeAt, rule, now(), reachMs, most);
    // A slow answer must not make its turns too late to be used.
    const turns = at.map((turn) => Math.max(turn, now()));
    const nextAt = at.length > 0 ? 0 : now() + waitMs;
    Object.assign(book, { turns, freeAt, nextAt, size: Math.min(MOST_AT_ONCE, most * 2), asking: null });
  }

  /** When the call may be made, ms; null: not within the patience, come back at `nextAt`. */
  async function take(book: Book, api: string, rule: PaceRule, patienceMs: number): Promise<number | null> {
    book.waiting += 1;
    try {
      for (;;) {
        const turn = nextTurn(book);
        if (turn !== undefined) {
          if (turn - now() <= patienceMs) return book.turns.shift() ?? turn;
          book.nextAt = turn;
        }
        if (book.nextAt - now() > patienceMs) return null;
        book.asking ??= ask(book, api, rule, patienceMs);
        await book.asking;
      }
    } finally {
      book.waiting -= 1;
    }
  }

  return {
    async hold(api, rule, patienceMs, signal) {
      const book = bookOf(api);
      const until = now() + patienceMs;
      for (;;) {
        const turn = await take(book, api, rule, Math.max(0, until - now()));
        if (turn === null) return Math.max(1, book.nextAt - now());
        if (turn > now()) await pause(turn - now(), signal);
        // A machine that stood still lets go of everybody at once: whoever is late waits for another turn.
        if (now() <= turn + TURN_LASTS_MS) return 0;
      }
    },
  };
}
