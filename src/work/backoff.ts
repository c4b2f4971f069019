/** How long to wait before trying again. */

const FIRST_MS = 1_000;
const CEILING_MS = 15 * 60_000;

/** 1 s, 2 s, 4 s … up to 15 min, with ±20 % chance so that a crowd does not return at once. `random` is in [0, 1). */
export function backoffMs(attempts: number, random: () => number): number {
  const base = Math.min(CEILING_MS, FIRST_MS * 2 ** Math.max(0, attempts));
  return Math.round(base * (0.8 + 0.4 * random()));
}
