// Figures as a customer reads them.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { capitalWords, moneyWords, quantityWords, taxWords, totalsOf } from '../../../src/documents/words.ts';
import { quoteDocumentOf } from './document.ts';

it.each([
  [0, '零元整'],
  [5, '伍分'],
  [50, '伍角整'],
  [505, '伍元零伍分'],
  [107_100, '壹仟零柒拾壹元整'],
  [10_001_00, '壹万零壹元整'],
  [100_200_00, '壹拾万零贰佰元整'],
  [120_000_005_00, '壹亿贰仟万零伍元整'],
  [100_010_000_00, '壹亿零壹万元整'],
  [168_032, '壹仟陆佰捌拾元叁角贰分'],
])('%i fen is %s', (minor, words) => expect(capitalWords(minor, 'CNY')).toBe(words));

it('writes no sum in capitals as another', () => {
  const values = { 零: 0, 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 } as Record<string, number>;
  const places = { 拾: 10, 佰: 100, 仟: 1_000 } as Record<string, number>;
  const read = (words: string): number => {
    let [sum, group, digit] = [0, 0, 0];
    for (const sign of words)
      if (sign in values) digit = values[sign] ?? 0;
      else if (sign in places) [group, digit] = [group + digit * (places[sign] ?? 0), 0];
      else if (sign === '万' || sign === '亿')
        [sum, group, digit] = [sum + (group + digit) * (sign === '万' ? 1e4 : 1e8) * 100, 0, 0];
      else if (sign === '元') [sum, group, digit] = [sum + (group + digit) * 100, 0, 0];
      else if (sign === '角') [sum, digit] = [sum + digit * 10, 0];
      else if (sign === '分') [sum, digit] = [sum + digit, 0];
    return sum;
  };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (minor) => {
      const words = capitalWords(minor, 'CNY') ?? '';
      expect(read(words)).toBe(minor);
      expect(words).not.toMatch(/零零|零[拾佰仟万亿]/);
    }),
  );
});

it('writes money and quantities as they are, without noughts that say nothing', () => {
  expect([moneyWords(1_234_567, 'CNY'), moneyWords(-5, 'USD'), moneyWords(100, 'CHF')]).toEqual([
    '¥12,345.67',
    '-$0.05',
    'CHF 1.00',
  ]);
  expect([2_500, 1_000_000_000, 1].map(quantityWords)).toEqual(['2.5', '1,000,000', '0.001']);
  expect(capitalWords(100, 'USD')).toBeNull();
});

it('speaks of no tax where there is none', () => {
  const free = quoteDocumentOf({ taxBp: 0, taxMinor: 0, netMinor: 56_500 });
  expect([taxWords(free), totalsOf(free)]).toEqual(['不含税', [['合计', 56_500]]]);
  expect(totalsOf(quoteDocumentOf()).map(([name]) => name)).toEqual(['未税金额', '税额（13%）', '含税合计']);
});
