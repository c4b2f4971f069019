/** How long a deal stands and may stand, as people say it: in working days, or in working hours below one. */
import { dueWords } from './due.ts';
import { overdueWords as words } from './words-overdue.ts';

const hourMs = 3_600_000;

/** `dayMs`: how long a working day is. 3 个工作日 · 1.5 个工作日 · 2 个工作小时. */
export function workWords(ms: number, dayMs: number): string {
  if (ms < hourMs) return words.lessThanHour;
  if (ms < dayMs) return words.workHours(Math.floor(ms / hourMs));
  const halves = Math.floor((2 * ms) / dayMs) / 2;
  return words.workDays(String(halves < 10 ? halves : Math.floor(halves)));
}

/** 明天 09:30. */
export function whenWords(at: number, now: number): string {
  const then = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return words.at(dueWords(at, now), `${two(then.getHours())}:${two(then.getMinutes())}`);
}
