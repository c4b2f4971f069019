/** The company's days: when a local day begins, and which days people work. Pure; holidays are handed in. */
import type { WorkCalendar } from '../tx.ts';

export interface CalendarSettings {
  /** IANA name. */
  readonly timeZone: string;
  /** Local wall-clock time `HH:MM` at which the working day ends. */
  readonly dayEnd: string;
  /** Whether people work on a local date `YYYY-MM-DD`. */
  readonly isWorkday: (date: string) => boolean;
}

const DAY_MS = 86_400_000;
/** Longer than any run of days off; a calendar without working days must not hang. */
const FARTHEST_DAYS = 60;

export function createWorkCalendar({ timeZone, dayEnd, isWorkday }: CalendarSettings): WorkCalendar {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  /** The local wall clock read as if it were UTC, ms. */
  const wall = (at: number): number => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(
      part['year'] ?? 0,
      (part['month'] ?? 1) - 1,
      part['day'] ?? 1,
      part['hour'] ?? 0,
      part['minute'] ?? 0,
      part['second'] ?? 0,
    );
  };
  /** The instant of a wall-clock reading; where clocks change, the offset found a second time is the right one. */
  const instant = (reading: number): number => {
    const guess = reading - (wall(reading) - reading);
    return guess - (wall(guess) - reading);
  };
  const localDate = (at: number): string => new Date(wall(at)).toISOString().slice(0, 10);
  const midnight = (at: number): number => Math.floor(wall(at) / DAY_MS) * DAY_MS;

  return {
    localDate,
    startOfDay: (at) => instant(midnight(at)),
    atLocalTime: (at, time) => instant(midnight(at) + minutes(time)),
    endOfNextWorkingDay(at) {
      const today = midnight(at);
      let day = today + DAY_MS;
      for (let ahead = 1; ahead < FARTHEST_DAYS; ahead += 1, day += DAY_MS) {
        if (isWorkday(new Date(day).toISOString().slice(0, 10))) break;
      }
      return instant(day + minutes(dayEnd));
    },
  };
}

function minutes(time: string): number {
  const [hours = 0, mins = 0] = time.split(':').map(Number);
  return (hours * 60 + mins) * 60_000;
}
