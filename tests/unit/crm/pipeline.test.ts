// How far a signal may carry a deal: the table of product.md, cell by cell, on the starter policy.

import { describe, expect, it } from 'vitest';
import { judgeReach, LOST } from '../../../src/crm/opportunity/pipeline.ts';
import { activate, starterDocument } from '../../../src/policies.ts';

const { pipeline } = activate(1, starterDocument()).policy;
const reach = (from: string, target: string, verdict: 'advance' | 'hint' = 'advance', asks: string | null = null) => {
  const judged = judgeReach(pipeline, from, target, verdict, asks);
  return judged.act === 'note' ? judged.outcome : judged.act;
};

describe('reach', () => {
  it.each([
    ['lead', 'qualified', 'advance'],
    ['lead', 'quoted', 'ask'],
    ['contacted', 'quoted', 'advance'],
    ['contacted', 'sampling', 'ask'],
    ['qualified', 'quoted', 'advance'],
    ['qualified', 'sampling', 'ask'],
    ['quoted', 'sampling', 'advance'],
    ['quoted', 'contracted', 'ask'],
    ['sampling', 'contracted', 'advance'],
    ['sampling', 'fulfilling', 'ask'],
    ['contracted', 'fulfilling', 'advance'],
    ['contracted', 'after_sales', 'noted'],
    ['fulfilling', 'after_sales', 'advance'],
    ['quoted', 'quoted', 'already_there'],
    ['contracted', 'quoted', 'backwards'],
    ['quoted', 'after_sales', 'noted'],
  ])('%s + %s = %s', (from, target, expected) => {
    expect(reach(from, target)).toBe(expected);
  });

  it('a hint never moves; it asks near by and stays silent about steps far ahead', () => {
    expect(reach('qualified', 'quoted', 'hint')).toBe('ask');
    expect(reach('contacted', 'fulfilling', 'hint')).toBe('noted');
    expect(reach('sampling', 'quoted', 'hint')).toBe('backwards');
  });

  it('giving up only ever asks, from wherever', () => {
    for (const { key } of pipeline.stages) expect(reach(key, LOST, 'hint')).toBe('ask');
  });

  it('a rule set to ask asks, with its reason', () => {
    expect(judgeReach(pipeline, 'qualified', 'quoted', 'advance', '这条规则设为先询问')).toEqual({
      act: 'ask',
      why: '这条规则设为先询问',
    });
  });

  it('a stage the policy no longer has moves nothing', () => {
    expect(reach('gone', 'quoted')).toBe('noted');
    expect(reach('quoted', 'gone')).toBe('noted');
  });
});
