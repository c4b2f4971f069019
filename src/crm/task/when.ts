/** The instant of something to come or just gone, as people say it. */
import { DAY_MS, MINUTE_MS } from '../calendar/spans.ts';
import { day } from '../card/faces/figures.ts';
import type { WorkCalendar } from '../tx.ts';

const WEEKDAYS = '日一二三四五六';
const NEAR: Readonly<Record<number, string>> = { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' };

/** `今天 15:00`, `明天 09:00`, `周五 09:00` within a week, else `12月3日 09:00`; local time of the company. */
export function when(calendar: WorkCalendar, now: number, at: number): string {
  const begin = calendar.startOfDay(at);
  const days = Math.round((begin - calendar.startOfDay(now)) / DAY_MS);
  const minutes = Math.floor((at - begin) / MINUTE_MS);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const weekday = WEEKDAYS[new Date(`${calendar.localDate(at)}T00:00:00Z`).getUTCDay()];
  return `${NEAR[days] ?? (days > 0 && days < 7 ? `周${weekday}` : day(calendar, now, at))} ${clock}`;
}
