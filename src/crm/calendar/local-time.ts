/** Between instants and the wall clock of a place: local dates, and the instant of a local time. */
import { DAY_MS } from './spans.ts';

export interface LocalTime {
  /** `YYYY-MM-DD`. */
  dateOf(at: number): string;
  /** The instant of so many ms after midnight of a local date by the wall clock; where clocks change, of what it then shows. */
  instantOf(date: string, sinceMidnightMs: number): number;
}

/** `timeZone`: IANA name. */
export function createLocalTime(timeZone: string): LocalTime {
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
  return {
    dateOf: (at) => new Date(wall(at)).toISOString().slice(0, 10),
    instantOf(date, sinceMidnightMs) {
      const reading = Date.parse(`${date}T00:00:00Z`) + sinceMidnightMs;
      const guess = reading - (wall(reading) - reading);
      // Where clocks change between, the offset found a second time is the right one.
      return guess - (wall(guess) - reading);
    },
  };
}

/** The local date so many days after another. */
export const datePlus = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** `HH:MM` as ms after midnight; `24:00` is the end of the day. */
export function clockMs(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
