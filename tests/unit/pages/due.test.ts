// Days on which things are to be done, as people say and choose them, and fields of deals as they are typed.

import { describe, expect, it } from 'vitest';
import { typedValue } from '../../../sidebar-web/src/deal-fields.ts';
import { choiceOf, dueAt, dueWords, isLate } from '../../../sidebar-web/src/due.ts';

const day = 86_400_000;
// A Sunday evening, when work is over.
const now = new Date(2026, 10, 22, 20, 0).getTime();
const at = (date: number, hour = 18) => new Date(2026, 10, date, hour).getTime();

describe('due', () => {
  it.each([
    [at(20), '过期 2 天'],
    [at(21, 23), '过期 1 天'],
    [at(22, 9), '今天'],
    [at(23), '明天'],
    [at(27), '周五'],
    [at(29), '11月29日'],
    [null, ''],
  ])('%s is %s', (instant, words) => {
    expect(dueWords(instant, now)).toBe(words);
    expect(isLate(instant, now)).toBe(words.startsWith('过期'));
  });

  it('choices are the end of work of their day; on a Monday the next one is a week ahead', () => {
    expect(dueAt('today', '', now)).toBe(at(22));
    expect(dueAt('tomorrow', '', now)).toBe(at(23));
    expect(dueAt('monday', '', now)).toBe(at(23));
    expect(dueAt('monday', '', now + day)).toBe(at(30));
    expect(dueAt('date', '2026-12-03', now)).toBe(new Date(2026, 11, 3, 18).getTime());
    expect(dueAt('date', '', now)).toBe(null);
    expect(dueAt('none', '', now)).toBe(null);
  });

  it('an hour that was chosen is said, and kept', () => {
    expect(dueAt('tomorrow', '', now, '15:05')).toBe(at(23, 15) + 300_000);
    expect(dueWords(at(23, 15) + 300_000, now, true)).toBe('明天 15:05');
    expect(dueWords(at(20, 15), now, true)).toBe('过期 2 天');
    expect(dueWords(null, now, true)).toBe('');
  });

  it('a known day is shown as its choice', () => {
    expect(choiceOf(at(22, 9), now).choice).toBe('today');
    expect(choiceOf(at(27), now)).toEqual({ choice: 'date', date: '2026-11-27' });
    expect(choiceOf(null, now).choice).toBe('none');
  });
});

describe('typed fields', () => {
  it.each([
    ['money', '7.14万', 7_140_000],
    ['money', '七万', undefined],
    ['number', '1,200', 1200],
    ['number', '12 件', undefined],
    ['phone', '138 1234 5678', '138 1234 5678'],
    ['phone', '打不通', undefined],
    ['text', '  ', null],
    ['date', '2026-12-31', '2026-12-31'],
  ] as const)('%s %s', (kind, text, value) => {
    expect(typedValue({ kind }, text)).toBe(value);
  });
});
