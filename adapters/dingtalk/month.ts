/** The calendar month of the platform's quota: China time, which has no summer time. */

const chinaMs = 8 * 3_600_000;

/** `2026-11`: the month of this instant in China. */
export const monthOf = (at: number): string => new Date(at + chinaMs).toISOString().slice(0, 7);

/** A used-up month may end early, because the company can buy more: one call an hour finds out. In ms. */
export const untilMonthProbe = (now: number): number => Math.min(3_600_000, untilNextMonth(now));

/** From this instant to the first of the next month in China, ms. */
function untilNextMonth(now: number): number {
  const china = new Date(now + chinaMs);
  return Date.UTC(china.getUTCFullYear(), china.getUTCMonth() + 1, 1) - chinaMs - now;
}
