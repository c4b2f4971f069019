/** The public holidays of China and the days on which they are made up for, from the library that keeps the State Council's notices. */
import chineseDays from 'chinese-days';
import type { PublicDay } from './crm/calendar/company-days.ts';

/** Of a local date `YYYY-MM-DD`. Years that no notice is kept of have the days that the law itself names, and no make-up days. */
export function publicDay(date: string): PublicDay {
  const { name, work } = chineseDays.getDayDetail(date);
  // 2026-10-10 is 'National Day,国庆节,3': part of a notice. Else it is the name of the weekday.
  if (name.includes(',')) return work ? 'makeup' : 'holiday';
  const year = Number(date.slice(0, 4));
  return year > lastKnownYear() && byLaw(year).has(date) ? 'holiday' : null;
}

/** The newest year whose notice is in the library: every one has the first of October. */
function lastKnownYear(): number {
  lastKnown ??= findLastKnownYear();
  return lastKnown;
}
let lastKnown: number | undefined;

function findLastKnownYear(): number {
  let year = 2025;
  while (chineseDays.getDayDetail(`${year + 1}-10-01`).name.includes(',')) year += 1;
  return year;
}

const known = new Map<number, ReadonlySet<string>>();

/**
 * 全国年节及纪念日放假办法 as of 2025-01-01: New Year's Day 1, Spring Festival 4 from the eve on, Qingming 1, May Day 2,
 * Dragon Boat 1, Mid-Autumn 1, National Day 3. https://www.gov.cn/zhengce/content/202411/content_6986382.htm
 */
function byLaw(year: number): ReadonlySet<string> {
  const found = known.get(year) ?? daysByLaw(year);
  known.set(year, found);
  return found;
}

function daysByLaw(year: number): ReadonlySet<string> {
  const lunar = (month: string): string => chineseDays.getSolarDateFromLunar(`${year}-${month}`).date;
  const spring = lunar('01-01');
  return new Set([
    `${year}-01-01`,
    ...[-1, 0, 1, 2].map((days) => plusDays(spring, days)),
    chineseDays.getSolarTermDate(year, 4, 'pure_brightness'),
    `${year}-05-01`,
    `${year}-05-02`,
    lunar('05-05'),
    lunar('08-15'),
    ...[1, 2, 3].map((day) => `${year}-10-0${day}`),
  ]);
}

const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
