/** Keeps our messages under what one receiver may get: to a member, the platform drops the surplus without a word. */

export interface Limiter {
  /** Books one message to this receiver and returns 0, or books nothing and returns how long to wait, ms. */
  book(receiver: string): number;
}

/** So many messages in such a span. */
export interface Window {
  readonly count: number;
  readonly spanMs: number;
}

/** What a member may get from the app: 30 a minute and 1,000 an hour; a little wider, because what leaves evenly may arrive bunched. */
const ofMembers: readonly Window[] = [
  { count: 30, spanMs: 61_000 },
  { count: 1_000, spanMs: 3_605_000 },
];
const idleReceivers = 5_000;

/** Sliding windows over the instants of this process. https://developer.work.weixin.qq.com/document/path/90236 */
export function createLimiter(now: () => number, windows: readonly Window[] = ofMembers): Limiter {
  const sent = new Map<string, number[]>();
  const mostKept = Math.max(...windows.map(({ count }) => count));
  const longestMs = Math.max(...windows.map(({ spanMs }) => spanMs));

  return {
    book(receiver) {
      const at = now();
      // Later than now: the clock was put back.
      const times = (sent.get(receiver) ?? []).filter((time) => time <= at);
      const free = windows.reduce(
        (latest, { count, spanMs }) => Math.max(latest, (times[times.length - count] ?? -Infinity) + spanMs),
        at,
      );
      if (free > at) return free - at;
      if (sent.size > idleReceivers) forgetIdle(sent, at - longestMs);
      sent.set(receiver, [...times.slice(1 - mostKept), at]);
      return 0;
    },
  };
}

function forgetIdle(sent: Map<string, number[]>, before: number): void {
  for (const [receiver, times] of sent) if ((times.at(-1) ?? 0) < before) sent.delete(receiver);
}
