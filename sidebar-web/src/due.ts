/** The day on which something is to be done: as people say it, and as they choose it. The calendar is that of the device. */

import { taskWords } from './words-deals.ts';
import { pageWords } from './words-pages.ts';

const dayMs = 86_400_000;
/** A day's end is when work ends. */
const endHour = 18;
const weekdays = '日一二三四五六';

export type DueChoice = keyof typeof taskWords.days;

const startOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
/** Whole days from the day of `now` to the day of `at`. */
const daysTo = (at: number, now: number): number => Math.round((startOf(at) - startOf(now)) / dayMs);

/** 过期 2 天 · 今天 · 明天 · 周五 · 12月3日; empty without a date. `timed`: with the hour where it is still to come. */
export function dueWords(at: number | null, now: number, timed = false): string {
  const day = dayOf(at, now);
  return timed && at !== null && daysTo(at, now) >= 0 ? `${day} ${timeOf(at)}` : day;
}

/** `15:00`, the local time of an instant. */
export function timeOf(at: number): string {
  const then = new Date(at);
  return `${String(then.getHours()).padStart(2, '0')}:${String(then.getMinutes()).padStart(2, '0')}`;
}

function dayOf(at: number | null, now: number): string {
  if (at === null) return '';
  const days = daysTo(at, now);
  if (days < 0) return taskWords.overdue(-days);
  if (days === 0) return taskWords.dueToday;
  if (days === 1) return taskWords.dueTomorrow;
  const then = new Date(at);
  if (days < 7) return taskWords.weekday(weekdays[then.getDay()] ?? '');
  return pageWords.time.day(then.getMonth() + 1, then.getDate());
}

export const isLate = (at: number | null, now: number): boolean => at !== null && daysTo(at, now) < 0;

/** `date`: `YYYY-MM-DD`, for the choice of that name. `time`: `HH:MM`; the end of work if not said. Null: some time, or no date chosen yet. */
export function dueAt(choice: DueChoice, date: string, now: number, time = ''): number | null {
  const day = new Date(now);
  const [hours = endHour, minutes = 0] = time === '' ? [] : time.split(':').map(Number);
  day.setHours(hours, minutes, 0, 0);
  if (choice === 'none') return null;
  if (choice === 'tomorrow') day.setDate(day.getDate() + 1);
  if (choice === 'monday') day.setDate(day.getDate() + ((8 - day.getDay()) % 7 || 7));
  if (choice === 'date') {
    const [year, month, date_] = date.split('-').map(Number);
    if (!year || !month || !date_) return null;
    day.setFullYear(year, month - 1, date_);
  }
  return day.getTime();
}

/** Which choice an instant was, and its date. */
export function choiceOf(at: number | null, now: number): { readonly choice: DueChoice; readonly date: string } {
  if (at === null) return { choice: 'none', date: '' };
  const choice = (['today', 'tomorrow', 'monday'] as const).find(
    (known) => daysTo(dueAt(known, '', now) ?? 0, at) === 0,
  );
  return { choice: choice ?? 'date', date: dateOf(at) };
}

export function dateOf(at: number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}

/** `2026-11-30` as 11月30日, with the year where it is another one. */
export function dayWords(date: string, now: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return year === new Date(now).getFullYear() ? pageWords.time.day(month, day) : pageWords.time.year(year, month, day);
}
