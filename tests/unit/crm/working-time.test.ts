// Working time against a count minute by minute that shares nothing with it, over holidays, make-up days, leave and changes of the clock.

import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorkingTime, type Leave, type Shift } from '../../../src/crm/calendar/working-time.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const OFFICE: readonly Shift[] = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const china = createWorkingTime({
  timeZone: 'Asia/Shanghai',
  shiftsOf: (date) => (chineseDays.isWorkday(date) ? OFFICE : []),
});
const at = (text: string): number => Date.parse(`${text}+08:00`);
const text = (instant: number): string => new Date(instant + 8 * HOUR).toISOString().slice(0, 16).replace('T', ' ');

describe('in China', () => {
  it.each([
    ['2026-09-30T17:00', 1, '2026-09-30 18:00', 'to the end of the day before the holiday'],
    ['2026-09-30T17:00', 2, '2026-10-08 10:00', 'over the National Day week'],
    ['2026-10-09T17:30', 1, '2026-10-10 09:30', 'into a Saturday that is worked to make up for it'],
    ['2026-10-10T18:00', 1, '2026-10-12 10:00', 'but not into the Sunday'],
    ['2026-02-13T18:00', 1, '2026-02-14 10:00', 'before the Spring Festival, on a make-up Saturday'],
    ['2026-11-20T12:30', 0.5, '2026-11-20 14:00', 'from lunch'],
    ['2026-11-21T03:00', 7.5, '2026-11-23 18:00', 'from a Saturday night, a whole day'],
    ['2026-12-31T18:00', 8.5, '2027-01-04 10:00', 'over the new year'],
  ])('%s and %d h of work is %s, %s', (from, hours, expected) => {
    const due = china.after(at(from), hours * HOUR);
    expect(text(due)).toBe(expected);
    expect(china.between(at(from), due)).toBe(hours * HOUR);
  });

  it('knows when people work, and when they begin again', () => {
    expect(china.isOpen(at('2026-11-20T11:59'))).toBe(true);
    expect(china.isOpen(at('2026-11-20T12:00'))).toBe(false);
    expect(text(china.nextOpen(at('2026-11-20T12:00')))).toBe('2026-11-20 13:30');
    expect(text(china.nextOpen(at('2026-11-20T18:00')))).toBe('2026-11-23 09:00');
    expect(china.nextOpen(at('2026-11-20T15:00'))).toBe(at('2026-11-20T15:00'));
  });

  it('leaves out the time somebody is away', () => {
    const leave = [
      { from: at('2026-11-23T00:00'), to: at('2026-11-25T00:00') },
      { from: at('2026-11-24T00:00'), to: at('2026-11-25T09:30') },
    ];
    expect(china.between(at('2026-11-20T17:00'), at('2026-11-25T10:00'), leave)).toBe(1.5 * HOUR);
    expect(text(china.after(at('2026-11-20T17:00'), 1.5 * HOUR, leave))).toBe('2026-11-25 10:00');
    expect(text(china.after(at('2026-11-20T17:00'), HOUR, leave))).toBe('2026-11-20 18:00');
  });

  it('is the same whatever was asked before, also of long ago', () => {
    const late = china.between(at('2031-01-06T00:00'), at('2031-01-07T00:00'));
    expect(china.between(at('2008-03-03T00:00'), at('2008-03-04T00:00'))).toBe(7.5 * HOUR);
    expect(china.between(at('2031-01-06T00:00'), at('2031-01-07T00:00'))).toBe(late);
  });
});

it('a company that never works keeps nobody waiting', () => {
  const never = createWorkingTime({ timeZone: 'Asia/Shanghai', shiftsOf: () => [] });
  expect(never.between(0, at('2026-11-20T00:00'))).toBe(0);
  expect(never.after(at('2026-11-20T00:00'), HOUR)).toBeGreaterThan(at('2050-01-01T00:00'));
});

/** Every minute looked at by itself, with a clock of its own. */
function counted(
  timeZone: string,
  works: (date: string, time: string) => boolean,
  from: number,
  to: number,
  leave: readonly Leave[],
): number {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  let minutes = 0;
  for (let minute = from; minute < to; minute += MINUTE) {
    const [date = '', time = ''] = clock.format(minute).split(' ');
    if (works(date, time) && !leave.some((gone) => gone.from <= minute && minute < gone.to)) minutes += 1;
  }
  return minutes;
}

const inside = (time: string): boolean => OFFICE.some(({ from, to }) => from <= time && time < to);
const night: readonly Shift[] = [
  { from: '00:00', to: '04:00' },
  { from: '22:00', to: '24:00' },
];

describe.each([
  ['Asia/Shanghai', OFFICE, (date: string) => chineseDays.isWorkday(date), inside],
  ['Europe/Berlin', night, () => true, (time: string) => time < '04:00' || time >= '22:00'],
] as const)('in %s', (timeZone, shifts, isWorkday, isShift) => {
  const working = createWorkingTime({ timeZone, shiftsOf: (date) => (isWorkday(date) ? shifts : []) });
  const works = (date: string, time: string) => isWorkday(date) && isShift(time);
  const minute = fc.integer({ min: at('2024-01-01T00:00') / MINUTE, max: at('2026-12-31T00:00') / MINUTE });
  const span = fc.integer({ min: 0, max: 12 * 24 * 60 });

  it('agrees with the count of every minute', () => {
    fc.assert(
      fc.property(minute, span, fc.array(fc.tuple(span, span), { maxLength: 3 }), (start, length, gone) => {
        const [from, to] = [start * MINUTE, (start + length) * MINUTE];
        const leave = gone.map(([offset, long]) => ({
          from: from + offset * MINUTE,
          to: from + (offset + long) * MINUTE,
        }));
        const expected = counted(timeZone, works, from, to, leave);
        expect(working.between(from, to, leave)).toBe(expected * MINUTE);
        // The instant at which that much is over lies at or before the end, and no work lies between.
        const due = working.after(from, expected * MINUTE, leave);
        expect(due).toBeLessThanOrEqual(Math.max(to, from));
        expect(working.between(from, due, leave)).toBe(expected * MINUTE);
      }),
      { numRuns: 30 },
    );
  });
});
