/** Instants, spans and amounts as people say them. */
import { pageWords } from './words-pages.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const said = pageWords.time;

/** How long ago: 2 小时前; a date from a week on. Both in ms. */
export function agoWords(at: number, now: number): string {
  const passed = now - at;
  if (passed < minute) return said.justNow;
  if (passed < hour) return said.minutesAgo(Math.floor(passed / minute));
  if (passed < day) return said.hoursAgo(Math.floor(passed / hour));
  if (passed < 7 * day) return said.daysAgo(Math.floor(passed / day));
  const then = new Date(at);
  const month = then.getMonth() + 1;
  return then.getFullYear() === new Date(now).getFullYear()
    ? said.day(month, then.getDate())
    : said.year(then.getFullYear(), month, then.getDate());
}

/** How long: 3 天. `ms` as a span. */
export function spanWords(ms: number): string {
  if (ms < hour) return said.minutes(Math.max(1, Math.floor(ms / minute)));
  return ms < day ? said.hours(Math.floor(ms / hour)) : said.days(Math.floor(ms / day));
}

/** ¥26 万, ¥4,800; `minor` in 分. */
export function moneyWords(minor: number | null, currency: string): string {
  if (minor === null) return pageWords.money.none;
  const sign = currency === 'CNY' ? '¥' : `${currency} `;
  const major = minor / 100;
  if (Math.abs(major) < 10_000) return sign + major.toLocaleString('zh-CN', { maximumFractionDigits: 2 });
  return sign + pageWords.money.wan((major / 10_000).toLocaleString('zh-CN', { maximumFractionDigits: 2 }));
}

/** The server takes no more, in 元. */
const mostMajor = 10_000_000_000;

/** What was typed as 元 in minor units; null for nothing, undefined for what is no amount. */
export function typedAmount(text: string): number | null | undefined {
  const plain = text.replace(/[,，\s¥￥元]/g, '');
  if (plain === '') return null;
  const wan = /^(\d+(?:\.\d+)?)万$/.exec(plain)?.[1];
  const amount = wan === undefined ? Number(plain) : Number(wan) * 10_000;
  return amount >= 0 && amount <= mostMajor ? Math.round(amount * 100) : undefined;
}
