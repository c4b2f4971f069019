// Customers are found by what people call them, and by nothing less.
import { describe, expect, it } from 'vitest';
import { compileNames } from '../../../src/crm/ask/names/compile-names.ts';
import { splitName } from '../../../src/crm/ask/names/split-name.ts';
import { book, type Customer } from './book.ts';

const found: readonly (readonly [string, readonly Customer[]])[] = [
  ['恒锐', ['恒锐']],
  ['宁波恒锐', ['恒锐']],
  ['恒锐机电', ['恒锐']],
  ['宁波恒锐机电有限公司', ['恒锐']],
  ['恒锐(中国)', ['恒锐']],
  ['恒锐科技', ['恒锐']],
  ['恆銳', ['恒锐']],
  ['横锐', ['恒锐']],
  ['恒瑞', ['恒锐']],
  ['很瑞', ['恒锐']],
  ['林波横瑞', ['恒锐']],
  ['NBHR', ['恒锐']],
  ['ＮＢＨＲ', ['恒锐']],
  ['hrjd', ['恒锐']],
  ['hengrui', ['恒锐']],
  ['heng rui', ['恒锐']],
  ['henrui', ['恒锐']],
  ['Ningbo Hengrui', ['恒锐']],
  ['宁波恒机电', ['恒锐']],
  ['宁波亘锐', ['恒锐']],
  ['明远', ['明远电机', '明远科技']],
  ['苏州明远', ['明远科技']],
  ['明远电机', ['明远电机']],
  ['明远科技', ['明远科技']],
  ['苏州明远科枝', ['明远科技']],
  ['天工精密', ['天工']],
  ['大疆', ['大疆']],
  ['大江', ['大疆']],
  ['SIEMENS', ['siemens']],
  ['东莞永盛', ['永盛']],
];

const notFound = [
  '上海恒锐',
  '宁海恒锐',
  '苏州',
  '科技',
  '机电',
  '有限公司',
  '苏州科技',
  '宁波机电',
  '公司',
  '西门子',
  '锐',
  'hr',
  '',
  '！',
];

describe('a customer is found', () => {
  it.each(found)('by %s', (words, ids) => {
    expect(book.find(words).map(({ id }) => id)).toEqual(ids);
  });
  it.each(notFound)('but not by %s', (words) => {
    expect(book.find(words)).toEqual([]);
  });
  it('as written before by sound', () => {
    const two = compileNames([
      { id: 'a', name: '宁波恒锐机电有限公司' },
      { id: 'b', name: '江苏恒瑞医药股份有限公司' },
    ]);
    expect(two.find('恒瑞').map(({ id }) => id)).toEqual(['b']);
    expect(
      two
        .find('横锐')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b']);
  });
  it('by the place or the trade that is all its name, while nobody else is there', () => {
    const one = { id: '永康', name: '永康五金' };
    const another = { id: 'b', name: '永康市恒锐机电有限公司' };
    expect(compileNames([one]).find('永康')).toEqual([one]);
    expect(compileNames([one]).find('五金')).toEqual([one]);
    expect(compileNames([one, another]).find('永康')).toEqual([]);
  });
  it('by each word of an English name', () => {
    const rexroth = { id: 'r', name: 'Bosch Rexroth 常州' };
    expect(compileNames([rexroth]).find('rexroth')).toEqual([rexroth]);
    expect(compileNames([rexroth]).find('常州')).toEqual([]);
  });
  it('only as written when guesses are not wanted', () => {
    expect(book.named('横锐')).toEqual([]);
    expect(book.named('宁波恒锐').map(({ id }) => id)).toEqual(['恒锐']);
  });
});

describe('a name comes apart', () => {
  it.each([
    ['浙江省宁波市鄞州区天工精密机械股份有限公司', ['浙江', '宁波'], '天工', '精密机械'],
    ['恒力石化(大连)有限公司', ['大连'], '恒力石化', ''],
    ['Hengrui Precision Co., Ltd.', [], 'hengrui', ''],
  ])('%s', (name, places, core, trade) => {
    expect(splitName(name)).toMatchObject({ places, core, trade, generic: false });
  });
  it('and one of nothing but places and trades stays whole', () => {
    expect(splitName('苏州机电有限公司')).toMatchObject({ core: '苏州机电', generic: true });
  });
});

describe('names inside a text', () => {
  const spans = (text: string) =>
    book.mentions(text).map(({ from, to, names }) => [text.slice(from, to), names.map(({ id }) => id)]);

  it('are found with the span they cover', () => {
    expect(spans('周五去 宁波恒锐机电有限公司 拜访，明远也一起')).toEqual([
      ['宁波恒锐机电有限公司', ['恒锐']],
      ['明远', ['明远电机', '明远科技']],
    ]);
    expect(spans('恆銳說樣品收到了')).toEqual([['恆銳', ['恒锐']]]);
  });
  it.each(['好的，收到', '样品收到了', '大众都这么说', 'siemensx', '苏州的机电市场'])('but not in %s', (text) => {
    expect(spans(text)).toEqual([]);
  });
});
