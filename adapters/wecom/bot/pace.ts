/** How long the bot waits for what. */

export interface Pace {
  /** Our turn at the one connection a bot may have lasts so long, ms, and is renewed at this interval. */
  readonly leaseMs: number;
  readonly renewMs: number;
  /** Who waits for the turn asks so often: a person who talks to the bot meanwhile is not heard. */
  readonly standByMs: number;
  /** Handshake and subscription together. */
  readonly upWithinMs: number;
  readonly heartbeatMs: number;
  /** Pauses before another attempt: doubling from the first to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** The same after another program has taken the connection over. */
  readonly firstStandAsideMs: number;
  readonly longestStandAsideMs: number;
  /** A connection that lived this long was a sound one: the next pause starts small again. */
  readonly steadyMs: number;
  /** A message that could not be stored is tried again after each of these. */
  readonly storeAgainAfterMs: readonly number[];
  /** Words that nothing has answered for so long get a plain 收到. */
  readonly acknowledgeAfterMs: number;
}

export const usualPace: Pace = {
  leaseMs: 60_000,
  renewMs: 15_000,
  standByMs: 2_000,
  upWithinMs: 15_000,
  heartbeatMs: 30_000,
  firstPauseMs: 500,
  longestPauseMs: 60_000,
  firstStandAsideMs: 30_000,
  longestStandAsideMs: 15 * 60_000,
  steadyMs: 60_000,
  storeAgainAfterMs: [200, 1_000, 3_000, 10_000, 30_000],
  acknowledgeAfterMs: 4_000,
};

/** ±25 % by chance, so that two instances do not march in step. */
export function pauseMs(first: number, longest: number, failures: number): number {
  return Math.min(first * 2 ** failures, longest) * (0.75 + Math.random() / 2);
}
