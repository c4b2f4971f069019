/** Instants as the platform tells them: a number of seconds or milliseconds, and now and then nonsense. */

/** The last one whose year has four digits: beyond, neither calendars nor columns take it. */
export const latestMs = 253_402_300_799_999;

/** Ms of seconds; null for what is no instant. */
export function fromSeconds(seconds: unknown): number | null {
  const ms = typeof seconds === 'number' ? Math.round(seconds * 1000) : 0;
  return ms > 0 && ms <= latestMs ? ms : null;
}
