/** Times and amounts as people say them. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../calendar/spans.ts';
import type { WorkCalendar } from '../../tx.ts';

const MOST_DAYS = 30;

/** `刚刚`, `5 分钟前`, `3 小时前`, `2 天前`, and for what is longer ago the date. */
export function ago(calendar: WorkCalendar, now: number, at: number): string {
  const passed = now - at;
  if (passed < MINUTE_MS) return '刚刚';
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} 分钟前`;
  if (passed < DAY_MS) return `${Math.floor(passed / HOUR_MS)} 小时前`;
  if (passed < MOST_DAYS * DAY_MS) return `${Math.floor(passed / DAY_MS)} 天前`;
  return day(calendar, now, at);
}

/** How long a deal has stood where it stands: `刚进入`, `已 5 小时`, `已 3 天`. */
export function standing(now: number, since: number): string {
  const passed = now - since;
  if (passed < HOUR_MS) return '刚进入';
  return passed < DAY_MS ? `已 ${Math.floor(passed / HOUR_MS)} 小时` : `已 ${Math.floor(passed / DAY_MS)} 天`;
}

/** `11月20日`, with the year where it is another one. */
export function day(calendar: WorkCalendar, now: number, at: number): string {
  const [year, month, date] = calendar.localDate(at).split('-').map(Number);
  const sameYear = calendar.localDate(now).startsWith(`${year}-`);
  return `${sameYear ? '' : `${year}年`}${month}月${date}日`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** `¥71,400`; fractions only where there are some. `minor`: integer fen, or the currency's smallest unit of 1/100. */
export function money(minor: number, currency: string): string {
  const digits = minor % 100 === 0 ? 0 : 2;
  const key = `${currency}${digits}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat('zh-CN', {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  formats.set(key, format);
  return format.format(minor / 100);
}

const paper = new Map<string, Intl.NumberFormat>();

/** `¥71,400.00`, as it stands on the quote. `minor` as above. */
export function exactMoney(minor: number, currency: string): string {
  const format = paper.get(currency) ?? new Intl.NumberFormat('zh-CN', { style: 'currency', currency });
  paper.set(currency, format);
  return format.format(minor / 100);
}

/** `12.5%`; `bp` in basis points. */
export const percent = (bp: number): string => `${bp / 100}%`;
