// The company's days: hours per weekday, short and alternate Saturdays, holidays, make-up days and its own lists, against a count of every minute.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyDays } from '../../../src/crm/calendar/company-days.ts';
import { createWorkingTime } from '../../../src/crm/calendar/working-time.ts';
import { publicDay } from '../../../src/holidays.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { readPolicy } from '../../../src/policy/check.ts';
import { calendarSchema } from '../../../src/policy/schema/calendar.ts';

const MINUTE = 60_000;
const calendar = calendarSchema.parse({
  weekdays: { friday: [{ from: '09:00', to: '12:00' }], sunday: [] },
  everyOtherSaturday: { from: '2026-01-10', hours: [{ from: '09:00', to: '11:30' }] },
  daysOff: [{ from: '2026-08-03', to: '2026-08-07', name: '高温假' }, { from: '2026-10-10' }],
  workdays: [{ date: '2026-10-05', hours: [{ from: '10:00', to: '10:45' }] }, { date: '2026-08-05' }],
});
const shiftsOf = companyDays(calendar, publicDay);
const told = (date: string) =>
  shiftsOf(date)
    .map(({ from, to }) => `${from}-${to}`)
    .join(' ');
const WHOLE = '09:00-12:00 13:30-18:00';

describe('which hours a date has', () => {
  it.each([
    ['2026-11-25', WHOLE, 'an ordinary Wednesday'],
    ['2026-11-27', '09:00-12:00', 'a short Friday'],
    ['2026-01-10', '09:00-11:30', 'the Saturday that is named'],
    ['2026-01-17', '', 'the one after it'],
    ['2026-11-28', '09:00-11:30', 'one of many weeks later'],
    ['2025-12-27', '09:00-11:30', 'one before it'],
    ['2026-11-29', '', 'a Sunday'],
    ['2026-08-04', '', "a day of the company's own holiday"],
    ['2026-08-05', WHOLE, 'a day of it that is worked all the same'],
    ['2026-10-01', '', 'the national day'],
    ['2026-10-03', '', 'a Saturday of its week, worked or not'],
    ['2026-10-05', '10:00-10:45', 'a holiday that the company works'],
    ['2026-10-10', '', 'a make-up Saturday that the company does not work'],
    ['2026-02-14', WHOLE, 'a make-up Saturday: a whole day'],
    ['2026-02-28', WHOLE, 'another'],
  ])('%s: %s (%s)', (date, hours) => {
    expect(told(date)).toBe(hours);
  });

  it('knows nothing of holidays where the policy does not want them', () => {
    const plain = companyDays(calendarSchema.parse({ publicHolidays: false }), publicDay);
    expect(plain('2026-10-01')).toHaveLength(2);
    expect(plain('2026-10-10')).toHaveLength(0);
  });

  it('has the holidays of the law in years whose notice is not there yet', () => {
    const days = (year: number) => {
      const first = Date.UTC(year, 0, 1);
      const dates = Array.from({ length: 366 }, (_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10));
      return dates.filter((date) => date.startsWith(`${year}`) && publicDay(date) === 'holiday');
    };
    // Spring Festival of 2033 is on January 31, Mid-Autumn on September 8; Qingming on April 4.
    expect(days(2033)).toEqual([
      ...[
        '2033-01-01',
        '2033-01-30',
        '2033-01-31',
        '2033-02-01',
        '2033-02-02',
        '2033-04-04',
        '2033-05-01',
        '2033-05-02',
      ],
      ...['2033-06-01', '2033-09-08', '2033-10-01', '2033-10-02', '2033-10-03'],
    ]);
    expect(days(2026).length).toBeGreaterThan(25);
  });
});

/** Every minute looked at by itself: its date, weekday and time come from the platform's own clock. */
function counted(from: number, to: number): number {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
  let minutes = 0;
  for (let at = from; at < to; at += MINUTE) {
    const [date = '', time = ''] = clock.format(at).split(' ');
    if (worksAt(date, time)) minutes += 1;
  }
  return minutes;
}

const MADE_UP = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
const OFF = [
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
] as const;

/** The notice of 2026 and the policy above, once more by hand. */
function worksAt(date: string, time: string): boolean {
  const whole = (time >= '09:00' && time < '12:00') || (time >= '13:30' && time < '18:00');
  if (date === '2026-10-05') return time >= '10:00' && time < '10:45';
  if (date === '2026-08-05') return whole;
  if (date === '2026-10-10' || (date >= '2026-08-03' && date <= '2026-08-07')) return false;
  if (OFF.some(([from, to]) => from <= date && date <= to)) return false;
  if (MADE_UP.includes(date)) return whole;
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  if (weekday === 0) return false;
  if (weekday === 5) return time >= '09:00' && time < '12:00';
  if (weekday < 6) return whole;
  const weeks = Math.round((Date.parse(`${date}T12:00:00Z`) - Date.parse('2026-01-10T12:00:00Z')) / (7 * 86_400_000));
  return weeks % 2 === 0 && time >= '09:00' && time < '11:30';
}

describe('working time over such days', () => {
  const working = createWorkingTime({ timeZone: 'Asia/Shanghai', shiftsOf });
  const start = Date.parse('2026-01-01T00:00:00+08:00');
  const minute = fc.integer({ min: 0, max: 360 * 1_440 });

  it('agrees with the count of every minute, on any day of the year', () => {
    fc.assert(
      fc.property(minute, fc.integer({ min: 0, max: 5 * 1_440 }), (at, length) => {
        const from = start + at * MINUTE;
        const minutes = counted(from, from + length * MINUTE);
        expect(working.between(from, from + length * MINUTE)).toBe(minutes * MINUTE);
        expect(working.between(from, working.after(from, minutes * MINUTE))).toBe(minutes * MINUTE);
      }),
      { numRuns: 60 },
    );
  });

  it('agrees over the whole year, and at the edges of days', () => {
    const end = Date.parse('2027-01-01T00:00:00+08:00');
    expect(working.between(start, end)).toBe(counted(start, end) * MINUTE);
    for (const edge of ['2026-10-05T00:00', '2026-08-06T00:00', '2026-11-29T00:00']) {
      const at = Date.parse(`${edge}+08:00`);
      expect(working.between(at - 1, at)).toBe(0);
      expect(working.between(at, at + 1)).toBe(0);
    }
    const opening = Date.parse('2026-11-28T09:00:00+08:00');
    expect([working.between(opening - 1, opening), working.between(opening, opening + 1)]).toEqual([0, 1]);
    const closing = Date.parse('2026-11-28T11:30:00+08:00');
    expect([working.between(closing - 1, closing), working.between(closing, closing + 1)]).toEqual([1, 0]);
  });
});

describe('in a policy', () => {
  const faultsOf = (given: object) => {
    const document = starterDocument().replace(/^calendar:\n(?: .*\n|\n)*/m, '');
    const reading = readPolicy(`${document}\ncalendar: ${JSON.stringify(given)}\n`);
    return reading.ok ? [] : reading.faults;
  };

  it('is taken as it is, and what means nothing is said', () => {
    expect(faultsOf(calendar)).toEqual([]);
    expect(faultsOf({ everyOtherSaturday: { from: '2026-01-11' } })).toEqual([
      'calendar.everyOtherSaturday.from：2026-01-11 不是周六',
    ]);
    expect(faultsOf({ timeZone: 'Asia/Ningbo' })).toEqual([
      'calendar.timeZone：没有“Asia/Ningbo”这个时区，例如 Asia/Shanghai',
    ]);
    expect(faultsOf({ daysOff: [{ from: '2026-05-02', to: '2026-05-01' }] })).toHaveLength(1);
    expect(faultsOf({ weekdays: { saturday: [{ from: '12:00', to: '09:00' }] } })).toEqual([
      'calendar.weekdays.saturday：时段 12:00–09:00 的结束要晚于开始',
    ]);
  });

  it('every trade starts with limits: two hours to answer a lead, days for what follows', () => {
    for (const trade of ['manufacturing', 'trading', 'engineering'] as const) {
      const { stages } = activate(1, starterDocument(trade)).policy.pipeline;
      const limit = (key: string) => stages.find((stage) => stage.key === key)?.limit;
      expect(limit('lead')).toMatchObject({ hours: 2, until: 'answered' });
      expect(['contacted', 'qualified', 'contracted', 'fulfilling'].map((key) => limit(key)?.days)).toEqual([
        1, 3, 5, 10,
      ]);
      expect(limit('quoted')).toMatchObject({ days: 3, from: 'quote_sent', beforeHours: 7.5 });
      expect(stages.filter((stage) => stage.limit === undefined).map(({ key }) => key)).toEqual(['after_sales']);
    }
  });
});
