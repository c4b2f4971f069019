/** Counts how often something happened within a sliding window of time. */

export interface Quota {
  /** Takes one; false when `limit` were already taken within the window. A limit of 0 always allows. */
  take(key: string): boolean;
}

export function createQuota(limit: number, windowMs: number, now: () => number): Quota {
  const taken = new Map<string, number[]>();
  return {
    take(key) {
      if (limit === 0) return true;
      const since = now() - windowMs;
      const recent = (taken.get(key) ?? []).filter((at) => at > since);
      taken.set(key, recent);
      if (recent.length >= limit) return false;
      recent.push(now());
      return true;
    },
  };
}
