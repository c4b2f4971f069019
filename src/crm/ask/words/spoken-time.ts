// When something is to be done, as people say it: 明天下午三点, 周五, 两小时后, 12月3号上午. Pure.

import { HOUR_MS, MINUTE_MS } from '../../calendar/spans.ts';
import { daysLater } from '../../task/due.ts';
import type { ActivePolicy } from '../../tx.ts';

export interface SpokenTime {
  /** ms. */
  readonly at: number;
  /** The words without the time. */
  readonly rest: string;
}

const NUMBER = '(?:\\d{1,3}|[零一二两三四五六七八九十廿]{1,3})';
const WEEKDAYS = '一二三四五六日';
const AGO = `半个?小时|${NUMBER}个半小时|${NUMBER}(?:个?(?:小时|钟头|星期|礼拜)|周|分钟|刻钟|天)`;
const DATE = [
  '今天|今日|今(?=[早晚])|明天|明日|明(?=[早晚])|大后天|后天',
  '(?:下下个?|下个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天]',
  '下(?:周|星期|礼拜)(?![一二三四五六日天后])',
  `\\d{4}[-/年]\\d{1,2}[-/月]\\d{1,2}[日号]?|${NUMBER}月${NUMBER}[日号]?|\\d{1,2}/\\d{1,2}|${NUMBER}[日号](?!线|楼|机)`,
].join('|');
const PERIOD = '凌晨|早上|早晨|早(?!点|些)|上午|中午|下午|傍晚|晚上|晚(?!点|些)|下班前';
const CLOCK = `\\d{1,2}[:：]\\d{2}|${NUMBER}点(?:钟|整|半|[一三]刻|${NUMBER}分?)?`;
const WHEN = `(?:(?<ago>${AGO})(?:以后|之后|后)|(?<date>${DATE})?\\s*的?\\s*(?<period>${PERIOD})?\\s*的?\\s*(?<clock>${CLOCK})?(?:之前|以前|前|的时候|左右)?)`;
const head = new RegExp(`^[\\s,，。:：]*(?:在|到|于)?${WHEN}`);
const tail = new RegExp(`[\\s,，]{0,3}(?:在|到|于)?${WHEN}[。.!！]*$`);

/** Usual hours of a part of the day, and whether its clock is counted on from noon. */
const PARTS: Readonly<Record<string, readonly [usual: string, afternoon: boolean]>> = {
  凌晨: ['06:00', false],
  早上: ['09:00', false],
  早晨: ['09:00', false],
  早: ['09:00', false],
  上午: ['09:00', false],
  中午: ['12:00', true],
  下午: ['14:00', true],
  傍晚: ['17:30', true],
  晚上: ['19:00', true],
  晚: ['19:00', true],
  下班前: ['17:30', true],
};
const MORNING = '09:00';
const UNITS: Readonly<Record<string, number>> = { 小时: HOUR_MS, 钟头: HOUR_MS, 分钟: MINUTE_MS, 刻钟: 15 * MINUTE_MS };
/** People speak of their working hours: three o'clock is in the afternoon. */
const EARLIEST_HOUR = 7;

/** Null where no time is said, or one that is no time (25 点, 2月30日). A time that is over is given as it is. */
export function readTime(active: ActivePolicy, said: string, now: number): SpokenTime | null {
  // A run of spaces fits the places for one in ever so many ways: a hundred would take minutes.
  const text = said.replace(/\s+/g, ' ');
  for (const pattern of [head, tail]) {
    const found = pattern.exec(text);
    const { ago, date, period, clock } = found?.groups ?? {};
    if (!found || (!ago && !date && !period && !clock)) continue;
    const at = ago ? afterSo(active, ago, now) : onDay(active, { date, period, clock }, now);
    const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    return at === null ? null : { at, rest: rest.replace(/^[\s,，。:：的要去]+/, '').trim() };
  }
  return null;
}

function afterSo(active: ActivePolicy, said: string, now: number): number | null {
  if (said.startsWith('半')) return now + HOUR_MS / 2;
  const count = numberOf(/^[\d零一二两三四五六七八九十廿]+/.exec(said)?.[0] ?? '');
  if (count === null) return null;
  if (said.includes('个半小时')) return now + (count + 0.5) * HOUR_MS;
  const unit = Object.keys(UNITS).find((name) => said.endsWith(name));
  if (unit !== undefined) return now + count * (UNITS[unit] ?? 0);
  return daysLater(active, now, said.endsWith('天') ? count : count * 7, MORNING);
}

type Said = Readonly<Record<'date' | 'period' | 'clock', string | undefined>>;

function onDay(active: ActivePolicy, { date, period, clock }: Said, now: number): number | null {
  const days = date === undefined ? 0 : daysTo(active, date, now);
  const time = timeOf(period, clock);
  if (days === null || time === null) return null;
  const at = daysLater(active, now, days, time);
  // Said without a day, what is over today is meant for tomorrow; a weekday for the next week.
  if (at > now) return at;
  if (date === undefined) return daysLater(active, now, 1, time);
  return /^(?:周|星期|礼拜)/.test(date) ? daysLater(active, now, days + 7, time) : at;
}

/** `HH:MM`. */
function timeOf(period: string | undefined, clock: string | undefined): string | null {
  const [usual, afternoon] = PARTS[period ?? ''] ?? [MORNING, false];
  if (clock === undefined) return usual;
  const [, hours = '', minutes = ''] = /^(.+?)(?:[:：]|点钟?整?)(.*)$/.exec(clock) ?? [];
  const hour = numberOf(hours);
  const minute = minutesOf(minutes);
  if (hour === null || minute === null || hour > 24 || minute > 59) return null;
  const early =
    period === undefined && !clock.includes(':') && !clock.includes('：') && hour < EARLIEST_HOUR && hour > 0;
  const full = (afternoon && hour < 12 && hour > 0) || early ? hour + 12 : hour;
  return full > 23 ? null : `${String(full).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function minutesOf(said: string): number | null {
  if (said === '') return 0;
  if (said === '半') return 30;
  if (said.endsWith('刻')) return said.startsWith('一') ? 15 : 45;
  return numberOf(said.replace('分', ''));
}

/** Days from today; null for a date that there is not. */
function daysTo({ calendar }: ActivePolicy, said: string, now: number): number | null {
  const today = calendar.localDate(now);
  const near = ({ 今: 0, 明: 1, 后: 2, 大: 3 } as Readonly<Record<string, number>>)[said[0] ?? ''];
  if (near !== undefined) return near;
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  if (/^下(?:周|星期|礼拜)$/.test(said)) return 7 - weekday;
  if (/周|星期|礼拜/.test(said)) {
    const wanted = WEEKDAYS.indexOf((said.at(-1) ?? '').replace('天', '日'));
    const weeks = said.startsWith('下下') ? 2 : said.startsWith('下') ? 1 : 0;
    const days = wanted - weekday + weeks * 7;
    return days < 0 && /^(?:周|星期|礼拜)/.test(said) ? days + 7 : days;
  }
  return daysToDate(said, today);
}

function daysToDate(said: string, today: string): number | null {
  const parts = said
    .split(/[-/年月日号]/)
    .filter((part) => part !== '')
    .map(numberOf);
  const [thisYear = 0, thisMonth = 0] = today.split('-').map(Number);
  const day = parts.at(-1) ?? 0;
  const month = parts.length > 1 ? (parts.at(-2) ?? 0) : thisMonth;
  const year = parts.length > 2 ? (parts[0] ?? 0) : thisYear;
  const distance = (y: number, m: number) =>
    (Date.UTC(y, m - 1, day) - Date.parse(`${today}T00:00:00Z`)) / (24 * HOUR_MS);
  let [y, m] = [year, month];
  // A day that is over is meant for the next month, a month that is over for the next year.
  if (parts.length === 1 && distance(y, m) < 0) [y, m] = m === 12 ? [y + 1, 1] : [y, m + 1];
  if (parts.length === 2 && distance(y, m) < 0) y += 1;
  const date = new Date(Date.UTC(y, m - 1, day));
  return date.getUTCMonth() === m - 1 && date.getUTCDate() === day ? distance(y, m) : null;
}

/** 0–99, in digits or as it is spoken. */
function numberOf(said: string): number | null {
  if (/^\d+$/.test(said)) return Number(said);
  const digit = (c: string) => '零一二三四五六七八九'.indexOf(c.replace('两', '二'));
  const [tens, ones] = said.replace('廿', '二十').split('十');
  if (ones === undefined) return said.length === 1 ? digit(said) : null;
  return (tens === '' ? 1 : digit(tens ?? '')) * 10 + (ones === '' ? 0 : digit(ones.replace('零', '')));
}
