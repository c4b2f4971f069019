/** Instants as people say them. */
import { words } from './words.ts';

const minute = 60_000;

/** `at` and `now` in ms; the calendar is that of the person's device. */
export function timeWords(at: number, now: number): string {
  const passed = now - at;
  if (passed >= -minute && passed < minute) return words.justNow;
  if (passed > 0 && passed < 60 * minute) return words.minutesAgo(Math.floor(passed / minute));
  const then = new Date(at);
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  const days = Math.round((startOfDay(now) - startOfDay(at)) / (24 * 60 * minute));
  if (days === 0) return words.today(time);
  if (days === 1) return words.yesterday(time);
  const month = then.getMonth() + 1;
  if (then.getFullYear() === new Date(now).getFullYear()) return words.day(month, then.getDate(), time);
  return words.year(then.getFullYear(), month, then.getDate());
}

const two = (value: number): string => String(value).padStart(2, '0');
const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
