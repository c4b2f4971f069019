/** Time in which people work: how much of it lies between two instants, and when so much of it is over. Pure. */
import { clockMs, createLocalTime, datePlus } from './local-time.ts';
import { DAY_MS } from './spans.ts';

/** From one local time to another, `HH:MM`; the end may be `24:00`. */
export interface Shift {
  readonly from: string;
  readonly to: string;
}

/** Time away, ms; the end does not belong to it. */
export interface Leave {
  readonly from: number;
  readonly to: number;
}

export interface WorkingTime {
  /** Working ms in [from, to), without the leave; 0 when `to` is not after `from`. */
  between(from: number, to: number, leave?: readonly Leave[]): number;
  /** The instant at which so much working time since `from` is over; `from` itself for none. */
  after(from: number, workingMs: number, leave?: readonly Leave[]): number;
  /** Whether people work at this instant. */
  isOpen(at: number): boolean;
  /** The instant itself when people work, else when they begin again. */
  nextOpen(at: number): number;
}

export interface WorkingTimeSettings {
  /** IANA name. */
  readonly timeZone: string;
  /** The shifts of a local date `YYYY-MM-DD`, in order, not overlapping; none on a day off. */
  readonly shiftsOf: (date: string) => readonly Shift[];
}

/** One stretch of work, with the working time before it since the table began. */
interface Stretch extends Leave {
  readonly before: number;
}

/** Days at a time that the table grows by. */
const GROWTH_DAYS = 400;
/** A company that never works must not make us look for ever. */
const FARTHEST_DAYS = 36_500;

/**
 * Keeps a table of stretches of work from the earliest instant that was asked about, with running sums: any question
 * is two look-ups by halving. 300,000 deals are asked about in a second or less.
 */
export function createWorkingTime({ timeZone, shiftsOf }: WorkingTimeSettings): WorkingTime {
  const local = createLocalTime(timeZone);
  /** Where the table begins: nothing before it was asked about yet. */
  let firstAt = Number.POSITIVE_INFINITY;
  let next = '';
  let stretches: Stretch[] = [];
  /** Everything before this instant is in the table. */
  let known = Number.NEGATIVE_INFINITY;

  function begin(at: number): void {
    if (at >= firstAt) return;
    next = datePlus(local.dateOf(at), -GROWTH_DAYS);
    firstAt = local.instantOf(next, 0);
    stretches = [];
    grow();
  }

  function grow(): void {
    for (let day = 0; day < GROWTH_DAYS; day += 1, next = datePlus(next, 1)) {
      for (const shift of shiftsOf(next)) {
        const from = local.instantOf(next, clockMs(shift.from));
        const to = local.instantOf(next, clockMs(shift.to));
        // Where clocks jump over a shift nothing is left of it.
        if (to > from) stretches.push({ from, to, before: workedAt(stretches.at(-1)) });
      }
    }
    known = local.instantOf(next, 0);
  }

  function reach(at: number): void {
    begin(at);
    const limit = firstAt + FARTHEST_DAYS * DAY_MS;
    while (known <= at && known < limit) grow();
  }

  /** The number of stretches that begin at or before an instant. */
  function countAt(at: number): number {
    let [low, high] = [0, stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle] as Stretch).from <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Working time from the beginning of the table. */
  function worked(at: number): number {
    reach(at);
    const last = stretches[countAt(at) - 1];
    return last ? last.before + Math.min(at, last.to) - last.from : 0;
  }

  /** When the table's working time comes to so much. */
  function instantAt(total: number): number {
    for (let days = 0; workedAt(stretches.at(-1)) < total && days < FARTHEST_DAYS; days += GROWTH_DAYS) grow();
    let [low, high] = [0, stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (workedAt(stretches[middle]) < total) low = middle + 1;
      else high = middle;
    }
    const there = stretches[low];
    return there ? there.from + total - there.before : known;
  }

  const after = (from: number, workingMs: number): number =>
    workingMs <= 0 ? from : instantAt(worked(from) + workingMs);
  const between = (from: number, to: number): number => {
    if (to <= from) return 0;
    const start = worked(from);
    const end = worked(to);
    return end - start;
  };

  return {
    between: (from, to, leave = []) =>
      away(leave, from, to).reduce((sum, gone) => sum - between(gone.from, gone.to), between(from, to)),
    after(from, workingMs, leave = []) {
      let [at, left] = [from, workingMs];
      for (const gone of away(leave, from, Number.POSITIVE_INFINITY)) {
        const free = between(at, gone.from);
        if (left <= free) break;
        left -= free;
        at = gone.to;
      }
      return after(at, left);
    },
    isOpen(at) {
      reach(at);
      const last = stretches[countAt(at) - 1];
      return last !== undefined && at < last.to;
    },
    nextOpen(at) {
      reach(at);
      const last = stretches[countAt(at) - 1];
      return last && at < last.to ? at : after(at, 1) - 1;
    },
  };
}

const workedAt = (stretch: Stretch | undefined): number => (stretch ? stretch.before + stretch.to - stretch.from : 0);

/** The parts of the leave within [from, to), in order, joined where they overlap. */
function away(leave: readonly Leave[], from: number, to: number): readonly Leave[] {
  const parts = leave
    .map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, to) }))
    .filter((one) => one.from < one.to)
    .toSorted((a, b) => a.from - b.from);
  const joined: Leave[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && part.from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, part.to) };
    else joined.push(part);
  }
  return joined;
}
