// Which rules a quote falls under, at the edges of bands and with what is not known.

import { expect, it } from 'vitest';
import { courseOf } from '../../../../src/crm/approval/match-rules.ts';
import type { Facts } from '../../../../src/crm/approval/shape.ts';
import { approvalSchema, checkApproval } from '../../../../src/policy/schema/approvals.ts';

const step = (key: string) => ({ key, name: key, who: [{ kind: 'supervisor' as const }] });
const policy = approvalSchema.parse({
  rules: [
    { key: 'big', name: '金额 50 万以上', when: { amount: { from: 500_000 } }, steps: [step('director')] },
    {
      key: 'huge',
      name: '金额 200 万以上',
      when: { amount: { from: 2_000_000 } },
      steps: [step('director'), step('boss')],
    },
    { key: 'thin', name: '毛利率低于 15%', when: { margin: { below: 15 } }, steps: [step('finance')] },
    { key: 'cheap', name: '折扣 10% 以上', when: { discount: { from: 10 } }, steps: [step('director')] },
    { key: 'vip', name: 'A 级客户的刀具', when: { grades: ['A'], productLines: ['刀具'] }, steps: [step('pm')] },
  ],
});
const facts: Facts = {
  amountMinor: 10_000_00,
  marginBp: 3000,
  discountBp: 0,
  grade: 'B',
  productLines: [],
  region: null,
};
const asked = (given: Partial<Facts>) => {
  const { reasons, steps } = courseOf(policy, { ...facts, ...given });
  return `${reasons.join('、')} → ${steps.map(({ key }) => key).join(' ')}`;
};

it.each([
  [{}, ' → '],
  [{ amountMinor: 499_999_99 }, ' → '],
  [{ amountMinor: 500_000_00 }, '金额 50 万以上 → director'],
  [{ amountMinor: 2_000_000_00 }, '金额 50 万以上、金额 200 万以上 → director boss'],
  [{ marginBp: 1500 }, ' → '],
  [{ marginBp: 1499 }, '毛利率低于 15% → finance'],
  [{ marginBp: null }, '毛利率低于 15% → finance'],
  [{ discountBp: 1000, marginBp: -200 }, '毛利率低于 15%、折扣 10% 以上 → finance director'],
  [{ grade: 'A' }, ' → '],
  [{ grade: 'A', productLines: ['量具', '刀具'] }, 'A 级客户的刀具 → pm'],
])('%j: %s', (given, course) => {
  expect(asked(given)).toBe(course);
});

it('says what makes no sense', () => {
  const twice = approvalSchema.parse({
    rules: [
      { key: 'a', name: '甲', when: { amount: { from: 10, below: 10 } }, steps: [step('x')] },
      { key: 'a', name: '乙', steps: [{ ...step('x'), mode: 'all' }] },
    ],
  });
  const faults = checkApproval(twice, 'approvals.quote');
  expect(faults).toHaveLength(3);
  for (const fault of faults) expect(fault).toMatch(/approvals\.quote\.rules.*[\u4e00-\u9fff]/);
  expect(checkApproval(policy, 'approvals.quote')).toEqual([]);
});
