/** When something is due that is to be done within so many working hours or days. Pure. */
import { datePlus } from '../calendar/local-time.ts';
import { HOUR_MS } from '../calendar/spans.ts';
import { nextDay, worksOn } from '../notice/quiet-time.ts';
import type { ActivePolicy } from '../tx.ts';

/** Longer than any run of days off; a company that never works must not hang. */
const FARTHEST_DAYS = 1_000;

type Within = { readonly hours?: number | undefined; readonly days?: number | undefined };

/** Hours are working hours; so many days are the same hour of the so-many-th working day after. ms. */
export function dueWithin(active: ActivePolicy, from: number, { hours, days = 0 }: Within): number {
  const { working, calendar } = active;
  if (hours !== undefined) return working.after(from, hours * HOUR_MS);
  const begin = working.nextOpen(from);
  const sinceMidnight = begin - calendar.startOfDay(begin);
  let day = calendar.startOfDay(begin);
  for (let left = days, looked = 0; left > 0 && looked < FARTHEST_DAYS; looked += 1) {
    day = nextDay(active, day);
    if (worksOn(active, day)) left -= 1;
  }
  return working.nextOpen(day + sinceMidnight);
}

/** `HH:MM` on the local day so many days after the one of an instant, ms. */
export function daysLater({ calendar }: ActivePolicy, at: number, days: number, time: string): number {
  const date = datePlus(calendar.localDate(at), days);
  // Noon of that date by the wall clock of nowhere: near enough to be on that local day anywhere.
  let near = at + days * 24 * HOUR_MS;
  for (let tries = 0; tries < 3 && calendar.localDate(near) !== date; tries += 1)
    near += calendar.localDate(near) < date ? 12 * HOUR_MS : -12 * HOUR_MS;
  return calendar.atLocalTime(near, time);
}
