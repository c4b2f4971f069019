// By what customers are looked up, and how much of a phone is shown.
import { expect, it } from 'vitest';
import { maskPhone, normalName, normalPhone } from '../../../src/crm/customer/normal-name.ts';

it.each([
  ['宁波恒锐精密机电有限公司', '恒锐'],
  ['寧波市恆銳精密機電', '恒锐'],
  ['宁波　恒锐（中国）有限公司', '恒锐'],
  ['ＡＢＣ　Trading Co., Ltd.', 'abc'],
  ['苏州', '苏州'],
])('%s is looked up by %s', (name, normal) => {
  expect(normalName(name)).toBe(normal);
});

it('fits its column, however long the name', () => {
  expect(normalName('龘'.repeat(300)).length).toBeLessThanOrEqual(191);
});

it.each([
  ['+86 138-1234-5678', '13812345678'],
  ['0086 13812345678', '13812345678'],
  ['１３８１２３４５６７８', '13812345678'],
  ['0512 6789 1234', '051267891234'],
  ['+1 (415) 555-0100', '14155550100'],
  ['8613812345', '8613812345'],
])('%s is the phone %s', (written, normal) => {
  expect(normalPhone(written)).toBe(normal);
});

it('shows a part of a phone, never enough to call it', () => {
  expect(maskPhone('13812345678')).toBe('138****5678');
  expect(maskPhone('12345')).toBe('****45');
});
