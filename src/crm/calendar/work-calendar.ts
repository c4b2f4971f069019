/** The company's days: when a local day begins, and which days people work. Pure; holidays are handed in. */
import type { WorkCalendar } from '../tx.ts';
import { clockMs, createLocalTime, datePlus } from './local-time.ts';

export interface CalendarSettings {
  /** IANA name. */
  readonly timeZone: string;
  /** Local wall-clock time `HH:MM` at which the working day ends. */
  readonly dayEnd: string;
  /** Whether people work on a local date `YYYY-MM-DD`. */
  readonly isWorkday: (date: string) => boolean;
}

/** Longer than any run of days off; a calendar without working days must not hang. */
const FARTHEST_DAYS = 60;

export function createWorkCalendar({ timeZone, dayEnd, isWorkday }: CalendarSettings): WorkCalendar {
  const { dateOf, instantOf } = createLocalTime(timeZone);
  return {
    localDate: dateOf,
    startOfDay: (at) => instantOf(dateOf(at), 0),
    atLocalTime: (at, time) => instantOf(dateOf(at), clockMs(time)),
    endOfNextWorkingDay(at) {
      const today = dateOf(at);
      let ahead = 1;
      while (ahead < FARTHEST_DAYS && !isWorkday(datePlus(today, ahead))) ahead += 1;
      return instantOf(datePlus(today, ahead), clockMs(dayEnd));
    },
  };
}
