// What stages want of a deal, and which values fit which field.

import { describe, expect, it } from 'vitest';
import { readValue, shownValue } from '../../../src/crm/opportunity/field-values.ts';
import { judgeGate, missingAt } from '../../../src/crm/opportunity/gate.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import type { DealField } from '../../../src/policy/schema/pipeline.ts';

const { policy } = activate(1, starterDocument());
const having = (keys: readonly string[]) => new Set(keys.map((key) => (key.includes(':') ? key : `field:${key}`)));
const gate = (from: string, to: string, ...filled: string[]) => {
  const { passes, reasons } = judgeGate(policy, from, to, having(filled));
  return `${passes ? 'in' : 'shut'} ${reasons.map(({ key, block }) => `${key}${block ? '!' : ''}`).join(' ')}`.trim();
};

describe('gate', () => {
  it.each([
    ['contacted', 'qualified', [], 'in requirement requirements'],
    ['contacted', 'qualified', ['requirement', 'document:requirements'], 'in'],
    ['contacted', 'sampling', ['document:requirements'], 'in requirement amount'],
    ['contracted', 'fulfilling', ['requirement', 'approved:quote'], 'shut requirements amount! signed_on'],
    ['contacted', 'fulfilling', ['amount'], 'in requirement requirements signed_on quote'],
    ['contacted', 'won', ['approved:quote'], 'shut requirement requirements amount! signed_on'],
    ['after_sales', 'won', ['requirement', 'document:requirements', 'signed_on'], 'shut amount! quote'],
    ['after_sales', 'contacted', [], 'in'],
    ['fulfilling', 'fulfilling', [], 'in'],
    ['contacted', 'lost', [], 'in'],
  ])('%s to %s with %j: %s', (from, to, filled, expected) => {
    expect(gate(from, to, ...filled)).toBe(expected);
  });

  it('names the first stage that wants a field, and blocks where any of them does', () => {
    expect(missingAt(policy, 'won', having(['requirement', 'signed_on', 'document:requirements']))).toEqual([
      { kind: 'field', key: 'amount', name: '金额', stage: 'quoted', block: true },
      { kind: 'approved', key: 'quote', name: '批准的报价单', stage: 'contracted', block: false },
    ]);
  });
});

describe('values of fields', () => {
  const of = (kind: DealField['kind'], options?: string[]): DealField => ({
    ...{ key: 'x', name: '某项', kind },
    ...(options && { options }),
  });
  it.each<[DealField, string | number, string | null]>([
    [of('text'), '  好 ', '好'],
    [of('text'), ' ', null],
    [of('text'), 3, null],
    [of('text'), '长'.repeat(1001), null],
    [of('number'), -2.5, '-2.5'],
    [of('number'), Number.NaN, null],
    [of('number'), '3', null],
    [of('money'), 0, '0'],
    [of('money'), -1, null],
    [of('money'), 1.5, null],
    [of('money'), 1e13, null],
    [of('date'), '2028-02-29', '2028-02-29'],
    [of('date'), '2027-02-29', null],
    [of('date'), '2026-13-01', null],
    [of('date'), '明天', null],
    [of('choice', ['甲', '乙']), '乙', '乙'],
    [of('choice', ['甲', '乙']), '丙', null],
    [of('phone'), '0512-6580 1234', '0512-6580 1234'],
    [of('phone'), '不知道', null],
  ])('%j takes %j as %j', (field, given, stored) => {
    const read = readValue(field, given);
    expect(read.ok ? read.stored : null).toBe(stored);
    if (!read.ok) expect(read.sentence).toMatch(/^「某项」要/);
    else expect(readValue(field, shownValue(field, read.stored) ?? '')).toEqual(read);
  });

  it('what no longer fits its field is no value', () => {
    expect(shownValue(of('date'), '下周')).toBe(null);
    expect(shownValue(of('choice', ['甲']), '乙')).toBe(null);
    expect(shownValue(of('number'), '十')).toBe(null);
  });
});
