/** Keeps our messages under what one member may get from the app: the platform drops the surplus without a word. */

export interface Limiter {
  /** Books one message to this member and returns 0, or books nothing and returns how long to wait, ms. */
  book(userId: string): number;
}

/** 30 a minute and 1,000 an hour; windows a little wider, because what leaves evenly may arrive bunched. */
const windows = [
  { count: 30, spanMs: 61_000 },
  { count: 1_000, spanMs: 3_605_000 },
] as const;
const longestMs = 3_605_000;
const mostKept = 1_000;
const idleMembers = 5_000;

/** Sliding windows over the instants of this process. https://developer.work.weixin.qq.com/document/path/90236 */
export function createLimiter(now: () => number): Limiter {
  const sent = new Map<string, number[]>();

  return {
    book(userId) {
      const at = now();
      const times = sent.get(userId) ?? [];
      const free = windows.reduce(
        (latest, { count, spanMs }) => Math.max(latest, (times[times.length - count] ?? -Infinity) + spanMs),
        at,
      );
      if (free > at) return free - at;
      if (sent.size > idleMembers) forgetIdle(sent, at);
      sent.set(userId, [...times.slice(1 - mostKept), at]);
      return 0;
    },
  };
}

function forgetIdle(sent: Map<string, number[]>, at: number): void {
  for (const [userId, times] of sent) if ((times.at(-1) ?? 0) + longestMs < at) sent.delete(userId);
}
