// The signals section as a sales-operations person edits it: phrases added without code, mistakes named in Chinese.
import { describe, expect, it } from 'vitest';
import { compileSignals } from '../../../src/crm/signal/detect/index.ts';
import { checkSignals, type SignalsPolicy, signalsSchema } from '../../../src/policy/schema/signals.ts';
import { starter } from './starter.ts';

const policy = (rule: Record<string, unknown>, more: Record<string, unknown> = {}): SignalsPolicy =>
  signalsSchema.parse({ ...more, rules: [{ key: 'own', signal: 'sampling', label: '自定义', ...rule }] });
const detect = (p: SignalsPolicy, text: string, speaker: 'customer' | 'staff' = 'customer'): Record<string, string> =>
  Object.fromEntries(
    compileSignals(p)
      .detect({ speaker, text })
      .map((f) => [f.signal, f.verdict]),
  );

describe('the starter rules', () => {
  it('have no faults of meaning', () => {
    expect(checkSignals(starter)).toEqual([]);
  });

  it('cover every signal, and only ever ask about a lost deal', () => {
    const signals = new Set(starter.rules.map((r) => r.signal));
    expect([...signals].sort()).toEqual(['after_sales', 'contracted', 'fulfilling', 'lost', 'quoted', 'sampling']);
    for (const rule of starter.rules)
      if (rule.signal === 'lost') expect([rule.says, rule.mode]).toEqual(['hint', 'ask']);
  });
});

describe('a phrase added without code', () => {
  const trial = policy({ any: ['试产'], says: 'topic' });

  it('is judged by the grammar of its sentence', () => {
    expect(detect(trial, '麻烦安排试产')).toEqual({ sampling: 'advance' });
    expect(detect(trial, '试产已经完成')).toEqual({ sampling: 'advance' });
    expect(detect(trial, '试产什么时候')).toEqual({ sampling: 'hint' });
    expect(detect(trial, '先不用试产')).toEqual({});
    expect(detect(trial, '对方试产了')).toEqual({ sampling: 'advance' });
    expect(detect(policy({ any: ['试产'] }, { otherPeople: ['对方'] }), '对方试产了')).toEqual({});
    expect(detect(trial, '试产线在二楼')).toEqual({});
  });

  it('knows word lists, gaps, numbers and the end of a clause', () => {
    const own = policy(
      { any: ['安排【试】', '做…件【试】', '【数量】套试', '试一下。'], says: 'request' },
      { words: { 试: ['试产', '小试'] } },
    );
    for (const text of ['安排试产', '安排小试', '做三十件试产', '500套试', '我们试一下吧'])
      expect(detect(own, text)).toEqual({ sampling: 'advance' });
    for (const text of ['安排', '试一下这个方法', '5套试']) expect(detect(own, text)).toEqual({});
  });

  it('obeys speaker, all, none, doubt and exact', () => {
    expect(detect(policy({ any: ['试产'], says: 'report', speaker: 'staff' }), '试产好了')).toEqual({});
    expect(detect(policy({ any: ['试产'], all: ['车间'], says: 'report' }), '试产好了')).toEqual({});
    expect(detect(policy({ any: ['试产'], all: ['车间'], says: 'report' }), '车间试产好了')).toEqual({
      sampling: 'advance',
    });
    expect(detect(policy({ any: ['试产'], none: ['报告'], says: 'report' }), '试产报告好了')).toEqual({});
    expect(detect(policy({ any: ['试产'], doubt: ['好像'], says: 'report' }), '试产好了,好像')).toEqual({
      sampling: 'hint',
    });
    const exact = policy({ any: ['可以试产'], match: 'exact', says: 'request' });
    expect(detect(exact, '可以试产!')).toEqual({ sampling: 'advance' });
    expect(detect(exact, '我们可以试产')).toEqual({});
  });
});

describe('mistakes', () => {
  it('are named in Chinese sentences', () => {
    const twice = signalsSchema.parse({
      words: { 空: [] },
      slips: { 打洋子: '打样' },
      rules: [
        { key: 'a', signal: 'quoted', label: '一', any: ['报价', '【没有】', '…'], none: ['报价'] },
        { key: 'a', signal: 'quoted', label: '二', any: ['报价'], match: 'exact', all: ['发'] },
      ],
    });
    const faults = checkSignals(twice).join('\n');
    for (const part of [
      '“a”用了两次',
      '不存在的词表“没有”',
      '没有实在的词',
      '既要又不要',
      '不能再写 all',
      '词表“空”是空的',
      '字数不一样',
    ]) {
      expect(faults).toContain(part);
    }
  });

  it.each([
    { any: [] },
    { any: [' '] },
    { any: ['报价'], speaker: 'boss' },
    { any: ['报价'], cooldownHours: -1 },
    { any: ['报价'], keywrods: ['x'] },
  ])('of shape are refused: %j', (rule) => {
    expect(signalsSchema.safeParse({ rules: [{ key: 'a', signal: 'quoted', label: '一', ...rule }] }).success).toBe(
      false,
    );
  });
});
