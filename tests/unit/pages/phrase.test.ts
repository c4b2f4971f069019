/** Phrases with the names put in. */
import { expect, it } from 'vitest';
import { fillNames } from '../../../sidebar-web/src/phrase-names.ts';

const names = { customer: '宁波恒锐', contact: '周工', me: '李娜' };

it.each([
  ['{联系人}，您好！我是{我}，{客户}的事找我。', '周工，您好！我是李娜，宁波恒锐的事找我。'],
  ['{联系人}{联系人}：在吗', '周工周工：在吗'],
  ['没有名字的一句', '没有名字的一句'],
])('%s', (text, filled) => {
  expect(fillNames(text, names)).toBe(filled);
});

it.each([
  ['{联系人}，您好！', '您好！'],
  ['请问 {联系人}：在吗', '请问 在吗'],
])('leaves out who is not known, and the sign behind them: %s', (text, filled) => {
  expect(fillNames(text, { ...names, contact: null })).toBe(filled);
});

it('takes a name as it is, whatever signs are in it', () => {
  expect(fillNames('{客户}/{我}', { customer: "$& {我} $'", contact: null, me: '$1' })).toBe("$& {我} $'/$1");
});
