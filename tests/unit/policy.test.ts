// The policy document: what is wrong is said in Chinese, all of it, with its place; nothing throws.

import { describe, expect, it } from 'vitest';
import { starterDocument } from '../../src/policies.ts';
import { readPolicy } from '../../src/policy/check.ts';

function faultsOf(document: string): readonly string[] {
  const reading = readPolicy(document);
  return reading.ok ? [] : reading.faults;
}

describe('policy', () => {
  it('the starter is sound and knows every stage its rules speak of', () => {
    const reading = readPolicy(starterDocument());
    expect(reading).toMatchObject({ ok: true });
    if (!reading.ok) return;
    const keys = reading.policy.pipeline.stages.map((stage) => stage.key);
    expect(keys).toEqual([
      'lead',
      'contacted',
      'qualified',
      'quoted',
      'sampling',
      'contracted',
      'fulfilling',
      'after_sales',
    ]);
  });

  it('broken YAML, wrong shapes and unknown words are sentences', () => {
    expect(faultsOf('a: [')[0]).toContain('YAML');
    expect(faultsOf('').length).toBeGreaterThan(0);
    expect(faultsOf('pipeline: 3').join()).toContain('pipeline');
    expect(faultsOf('cards: { dailyCap: 99 }').join()).not.toMatch(/Invalid|Too|expected/);
    expect(faultsOf(`${starterDocument()}\nsurprise: 1\n`).join()).toContain('surprise');
  });

  it('stages that nobody defined are named with their place', () => {
    const document = starterDocument()
      .replace('convertedLeadStage: contacted', 'convertedLeadStage: nowhere')
      .replace('key: after_sales,', 'key: quoted,');
    const faults = faultsOf(document).join('\n');
    expect(faults).toContain('pipeline.convertedLeadStage：没有代号为 nowhere 的阶段');
    expect(faults).toContain('quoted 用了两次');
  });
});
