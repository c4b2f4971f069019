/** How long a deal stands, in words: working hours below one working day, working days from there on. */
import { expect, it } from 'vitest';
import { whenWords, workWords } from '../../../sidebar-web/src/standing.ts';

const HOUR = 3_600_000;
const DAY = 7.5 * HOUR;

it('counts in working hours below a day, in half days below ten, in whole ones from there on', () => {
  const said = [0.5 * HOUR, 2 * HOUR, DAY, 1.6 * DAY, 3 * DAY, 12.7 * DAY].map((ms) => workWords(ms, DAY));
  expect(said).toEqual([
    '不到 1 个工作小时',
    '2 个工作小时',
    '1 个工作日',
    '1.5 个工作日',
    '3 个工作日',
    '12 个工作日',
  ]);
});

it('says a moment with its day and time', () => {
  const now = new Date(2026, 10, 23, 10, 0).getTime();
  expect(whenWords(new Date(2026, 10, 24, 9, 5).getTime(), now)).toBe('明天 09:05');
});
