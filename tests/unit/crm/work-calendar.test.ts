// Working days against plain arithmetic on the wall clock of China, which has had no summer time since 1991.

import chineseDays from 'chinese-days';
import { describe, expect, it } from 'vitest';
import { createWorkCalendar } from '../../../src/crm/calendar/work-calendar.ts';

const china = createWorkCalendar({
  timeZone: 'Asia/Shanghai',
  dayEnd: '18:00',
  isWorkday: (date) => chineseDays.isWorkday(date),
});
const at = (local: string) => Date.parse(`${local}+08:00`);

describe('work calendar', () => {
  it('a local day begins at local midnight, whatever the server thinks', () => {
    expect(china.localDate(at('2026-11-23T00:00:00'))).toBe('2026-11-23');
    expect(china.localDate(at('2026-11-22T23:59:59'))).toBe('2026-11-22');
    expect(china.startOfDay(at('2026-11-23T15:30:00'))).toBe(at('2026-11-23T00:00:00'));
    expect(china.atLocalTime(at('2026-11-23T08:00:00'), '17:30')).toBe(at('2026-11-23T17:30:00'));
  });

  it.each([
    ['Monday to Tuesday', '2026-11-23T09:00:00', '2026-11-24T18:00:00'],
    ['Friday to Monday', '2026-11-27T20:00:00', '2026-11-30T18:00:00'],
    ['Saturday to Monday', '2026-11-28T10:00:00', '2026-11-30T18:00:00'],
    ['into the National Day holiday', '2025-09-30T10:00:00', '2025-10-09T18:00:00'],
    ['a Sunday that is made up for counts', '2025-09-27T10:00:00', '2025-09-28T18:00:00'],
  ])('the end of the next working day: %s', (_, from, to) => {
    expect(china.endOfNextWorkingDay(at(from))).toBe(at(to));
  });

  it('a calendar without a working day still answers', () => {
    const never = createWorkCalendar({ timeZone: 'Asia/Shanghai', dayEnd: '18:00', isWorkday: () => false });
    expect(never.endOfNextWorkingDay(at('2026-11-23T09:00:00'))).toBeGreaterThan(at('2026-12-23T09:00:00'));
  });

  it('clocks that change: a day of 23 or 25 hours', () => {
    const berlin = createWorkCalendar({ timeZone: 'Europe/Berlin', dayEnd: '18:00', isWorkday: () => true });
    expect(berlin.startOfDay(Date.parse('2026-03-29T10:00:00Z'))).toBe(Date.parse('2026-03-28T23:00:00Z'));
    expect(berlin.endOfNextWorkingDay(Date.parse('2026-10-24T10:00:00Z'))).toBe(Date.parse('2026-10-25T17:00:00Z'));
  });
});
