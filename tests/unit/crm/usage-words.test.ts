// What people are told of a scarce allowance fits what is scarce.

import { expect, it } from 'vitest';
import { whatFollows } from '../../../src/crm/staff/warn-usage.ts';

it('cards are saved when what pays for them runs short; messages stop when pushes do', () => {
  expect(whatFollows(90, true)).toContain('只发每日汇总');
  expect(whatFollows(70, true)).toContain('到 90% 时');
  for (const percent of [70, 90]) {
    expect(whatFollows(percent, false)).toContain('收不到');
    expect(whatFollows(percent, false)).not.toContain('每日汇总');
  }
});
