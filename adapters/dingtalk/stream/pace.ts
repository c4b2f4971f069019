/** How long the stream waits for what. */

export interface Pace {
  /** For the answer of the gateway, and for the handshake of the socket. */
  readonly openWithinMs: number;
  /** Pauses before another attempt: doubling from the first to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** After the gateway did not take our credentials: a person has to mend that. */
  readonly refusedPauseMs: number;
  /** A connection that lived this long was a sound one: the next pause starts small again. */
  readonly steadyMs: number;
  /** Between two WebSocket pings of ours, and until one of them must have been heard. */
  readonly pingEveryMs: number;
  readonly pongWithinMs: number;
  /** A socket that the server said goodbye to; it closes it after 10 s. */
  readonly retiredForMs: number;
  /** What is being handled gets so long when the channel stops. */
  readonly drainMs: number;
}

export const usualPace: Pace = {
  openWithinMs: 10_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  refusedPauseMs: 5 * 60_000,
  steadyMs: 60_000,
  pingEveryMs: 45_000,
  pongWithinMs: 10_000,
  retiredForMs: 30_000,
  drainMs: 2_500,
};

/** ±25 % by chance, so that two instances do not march in step. */
export function pauseMs({ firstPauseMs, longestPauseMs }: Pace, failures: number): number {
  return Math.min(firstPauseMs * 2 ** failures, longestPauseMs) * (0.75 + Math.random() / 2);
}
