/** Which shifts a company works on a date: its own days first, then public holidays and their make-up days, then the week. Pure. */
import { type CalendarPolicy, weekdayOf } from '../../policy/schema/calendar.ts';
import type { Shift } from './working-time.ts';

/** What the state has decided about a date: a holiday, a day on which one is made up for, or nothing. */
export type PublicDay = 'holiday' | 'makeup' | null;

const TWO_WEEKS_MS = 14 * 86_400_000;

/** `publicDay`: of a local date `YYYY-MM-DD`. Returns the shifts of such a date; none on a day off. */
export function companyDays(
  calendar: CalendarPolicy,
  publicDay: (date: string) => PublicDay,
): (date: string) => readonly Shift[] {
  const { hours, weekdays, everyOtherSaturday } = calendar;
  const worked = new Map(calendar.workdays.map((day) => [day.date, day.hours ?? hours]));

  function ofTheWeek(date: string): readonly Shift[] {
    const weekday = weekdayOf(date);
    const own = weekdays[weekday];
    if (own) return own;
    if (weekday === 'saturday' && everyOtherSaturday && isInStep(date, everyOtherSaturday.from))
      return everyOtherSaturday.hours ?? hours;
    return weekday === 'saturday' || weekday === 'sunday' ? [] : hours;
  }

  return (date) => {
    const own = worked.get(date);
    if (own) return own;
    if (calendar.daysOff.some(({ from, to = from }) => from <= date && date <= to)) return [];
    const decided = calendar.publicHolidays ? publicDay(date) : null;
    if (decided === 'holiday') return [];
    return decided === 'makeup' ? hours : ofTheWeek(date);
  };
}

const isInStep = (date: string, from: string): boolean =>
  (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) % TWO_WEEKS_MS === 0;
