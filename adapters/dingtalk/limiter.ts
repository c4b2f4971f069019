/** Spreads our calls of one API evenly, so that the platform need not refuse: 20 a second for each (dingtalk.md §6.1). */

export interface Limiter {
  /**
   * Books one call of this API. Returns how long to wait before making it, ms; a wait beyond `patienceMs` books
   * nothing and is for the caller to come back later.
   */
  book(api: string, patienceMs: number): { readonly booked: boolean; readonly waitMs: number };
}

/** 16 a second: what leaves evenly may arrive bunched, and other parts of the company may call as well. */
const spacingMs = 60;

export function createLimiter(now: () => number): Limiter {
  /** When the next call of an API may leave. There are as many as we know paths. */
  const free = new Map<string, number>();

  return {
    book(api, patienceMs) {
      const at = now();
      const start = Math.max(at, free.get(api) ?? at);
      const waitMs = start - at;
      if (waitMs > patienceMs) return { booked: false, waitMs };
      free.set(api, start + spacingMs);
      return { booked: true, waitMs };
    },
  };
}
