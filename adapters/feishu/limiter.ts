/** Keeps this process under Feishu's send limits, so that the platform need not refuse. */

export interface Limiter {
  /**
   * Books one call under every one of these limits, or books nothing. Returns how long to wait before making it, ms;
   * a wait beyond `patienceMs` books nothing and is for the caller to come back later.
   */
  book(keys: readonly LimitKey[], patienceMs: number): { readonly booked: boolean; readonly waitMs: number };
}

/** `to:<receive id>`, `message:<id>` (5 a second each) or `app` (50 a second, 1,000 a minute). */
export type LimitKey = `to:${string}` | `message:${string}` | 'app';

interface Window {
  readonly count: number;
  readonly spanMs: number;
}

/** A little more than the platform's own windows: what leaves evenly may arrive bunched. */
const perTarget: readonly Window[] = [{ count: 5, spanMs: 1_050 }];
const perApp: readonly Window[] = [
  { count: 50, spanMs: 1_050 },
  { count: 1_000, spanMs: 60_500 },
];
const idleKeys = 5_000;

/** Sliding windows rather than refilling buckets: a bucket lets nearly twice the limit through in one window. */
export function createLimiter(now: () => number): Limiter {
  const calls = new Map<LimitKey, number[]>();

  function earliest(key: LimitKey, at: number): number {
    const times = calls.get(key) ?? [];
    const windows = key === 'app' ? perApp : perTarget;
    return windows.reduce(
      (latest, { count, spanMs }) => Math.max(latest, (times[times.length - count] ?? -Infinity) + spanMs),
      at,
    );
  }

  return {
    book(keys, patienceMs) {
      const at = now();
      const start = keys.reduce((latest, key) => Math.max(latest, earliest(key, at)), at);
      if (start - at > patienceMs) return { booked: false, waitMs: start - at };
      if (calls.size > idleKeys) forgetIdle(calls, at);
      for (const key of keys) {
        const times = calls.get(key) ?? [];
        const kept = key === 'app' ? 1_000 : 5;
        calls.set(key, [...times.slice(1 - kept), start]);
      }
      return { booked: true, waitMs: start - at };
    },
  };
}

function forgetIdle(calls: Map<LimitKey, number[]>, at: number): void {
  for (const [key, times] of calls) {
    if ((times.at(-1) ?? 0) + 60_500 < at) calls.delete(key);
  }
}
