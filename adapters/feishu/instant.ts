/** Instants as the platform writes them: digits in a text, of one of three units. */

/** The last one whose year has four digits: beyond, neither calendars nor columns take it. */
const latestMs = 253_402_300_799_999;

/** Ms; some events carry microseconds (16 digits) under the same name, and old ones seconds. Null for what is no instant. */
export function instant(digits: string): number | null {
  const value = /^\d{1,17}$/.test(digits) ? Number(digits) : 0;
  const ms = value > 1e15 ? Math.floor(value / 1_000) : value < 1e11 ? value * 1_000 : value;
  return ms > 0 && ms <= latestMs ? ms : null;
}
