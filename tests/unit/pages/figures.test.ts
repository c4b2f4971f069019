// Instants, spans and amounts as the pages say them.

import { describe, expect, it } from 'vitest';
import { agoWords, moneyWords, spanWords, typedAmount } from '../../../sidebar-web/src/figures.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = new Date(2026, 10, 22, 20, 0).getTime();

describe('agoWords', () => {
  it.each([
    [0, '刚刚'],
    [-5 * minute, '刚刚'],
    [59_999, '刚刚'],
    [minute, '1 分钟前'],
    [59 * minute, '59 分钟前'],
    [2 * hour + 59 * minute, '2 小时前'],
    [day, '1 天前'],
    [7 * day - 1, '6 天前'],
    [8 * day, '11月14日'],
    [400 * day, '2025年10月18日'],
  ])('%i ms ago: %s', (passed, words) => {
    expect(agoWords(now - passed, now)).toBe(words);
  });
});

it.each([
  [0, '1 分钟'],
  [-hour, '1 分钟'],
  [61 * minute, '1 小时'],
  [3 * day + hour, '3 天'],
])('a span of %i ms: %s', (span, words) => {
  expect(spanWords(span)).toBe(words);
});

it.each([
  [null, 'CNY', '金额未填'],
  [0, 'CNY', '¥0'],
  [480_000, 'CNY', '¥4,800'],
  [1_050, 'CNY', '¥10.5'],
  [999_999, 'CNY', '¥9,999.99'],
  [7_140_000, 'CNY', '¥7.14 万'],
  [26_000_000, 'USD', 'USD 26 万'],
])('%s 分 of %s: %s', (minor, currency, words) => {
  expect(moneyWords(minor, currency)).toBe(words);
});

it.each([
  ['', null],
  ['  ', null],
  ['4800', 480_000],
  ['¥4,800.50 元', 480_050],
  ['26万', 26_000_000],
  ['0', 0],
  ['100 亿', undefined],
  ['10000000001', undefined],
  ['-1', undefined],
  ['很多', undefined],
])('“%s” typed as an amount: %s 分', (text, minor) => {
  expect(typedAmount(text)).toBe(minor);
});
