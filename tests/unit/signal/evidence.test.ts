// Acts that are named without evidence that they are asked of us, or done by the right side, only hint.
import { describe, expect, it } from 'vitest';
import { verdicts } from './starter.ts';

const acts = (speaker: 'customer' | 'staff', text: string): boolean =>
  Object.values(verdicts(speaker, text)).includes('advance');

describe('evidence of an act', () => {
  it.each([
    ['another day', '下个月可能要你们报个价'],
    ['the speaker gives', '样件寄给你们了'],
    ['for somebody else', '我要给总包报价'],
    ['between others', '我跟王总签了合同'],
    ['the past', '合同是去年签的'],
    ['an order of things', '签了合同就发预付'],
    ['no paper named', '送货单盖章回传了'],
    ['the own office', '屏幕坏了看不清你发的图'],
    ['asked without a mark', 'have you received payment'],
    ['another name', 'please send PO number'],
  ])('is too thin: %s (%s)', (_, text) => {
    expect(acts('customer', text)).toBe(false);
  });

  it('wants money beside a number that a colleague names', () => {
    expect(acts('staff', '每个 50 克,一箱 200 个')).toBe(false);
    expect(acts('staff', '这边给您按 2350 一吨算')).toBe(true);
    expect(acts('staff', '单价 13.5 未税')).toBe(true);
  });

  it('takes money arriving as done only from the side it arrives at', () => {
    expect(verdicts('customer', '货款收到了').fulfilling).not.toBe('advance');
    expect(verdicts('staff', '货款收到了').fulfilling).toBe('advance');
  });

  it('reads 那 + 样品, and leaves 那样 alone', () => {
    expect(verdicts('customer', '那样品先寄两套过来')).toEqual({ sampling: 'advance' });
    expect(verdicts('customer', '那样件呢,寄了没')).toHaveProperty('sampling');
    for (const text of ['就那样吧', '那样品质不行', '怎样品鉴一款好茶', '那样件数就对不上', '这样品相太差'])
      expect(verdicts('customer', text)).not.toHaveProperty('sampling');
  });
});
