/** Keeps us under Feishu's send limits, so that the platform need not refuse. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallRates } from '../../src/channel/call-rates.ts';

export interface Limiter {
  /**
   * Waits until one call of this API may be made: 50 a second and 1,000 a minute of each, over all instances. Resolves
   * with 0, or, where it would have to wait longer than `patienceMs`, at once with how long, ms.
   */
  hold(api: Api, patienceMs: number, signal?: AbortSignal): Promise<number>;
  /** The same for a change of one card: 5 a second for each, over all who change it from here. */
  holdFor(messageId: string, patienceMs: number): Promise<number>;
}

/** What is limited by itself: sending, changing, putting an image, asking for a name, reading the address book. */
export type Api = 'send' | 'update' | 'image' | 'lookup' | 'contact';

/** In any second at most 32 + 16, in any minute 32 + 953; short of it, because what leaves evenly may arrive bunched (feishu.md §8.1). */
export const perApi = { burst: 32, everyMs: 63 } as const;
/** A little more than the platform's own window. */
const perMessage = { count: 5, spanMs: 1_050 } as const;
const idleKeys = 5_000;

/** Sliding windows for each card rather than refilling buckets: a bucket lets nearly twice the limit through in one window. */
export function createLimiter(rates: CallRates, now: () => number): Limiter {
  const changes = new Map<string, number[]>();

  const hold: Limiter['hold'] = (api, patienceMs, signal) => rates.hold(api, perApi, patienceMs, signal);

  return {
    hold,
    async holdFor(messageId, patienceMs) {
      const at = now();
      // Later than now: the clock was put back.
      const times = (changes.get(messageId) ?? []).filter((time) => time <= at + perMessage.spanMs);
      const start = Math.max(at, (times[times.length - perMessage.count] ?? -Infinity) + perMessage.spanMs);
      if (start - at > patienceMs) return start - at;
      if (changes.size > idleKeys) forgetIdle(changes, at);
      changes.set(messageId, [...times.slice(1 - perMessage.count), start]);
      const waitMs = await hold('update', patienceMs);
      if (waitMs === 0 && start > now()) await sleep(start - now());
      return waitMs;
    },
  };
}

function forgetIdle(changes: Map<string, number[]>, at: number): void {
  for (const [key, times] of changes) {
    if ((times.at(-1) ?? 0) + perMessage.spanMs < at) changes.delete(key);
  }
}
