// The policy document: what is wrong is said in Chinese, all of it, with its place; nothing throws.

import { describe, expect, it } from 'vitest';
import { starterDocument } from '../../src/policies.ts';
import { readPolicy } from '../../src/policy/check.ts';

function faultsOf(document: string): readonly string[] {
  const reading = readPolicy(document);
  return reading.ok ? [] : reading.faults;
}

const QUALIFIED = 'requires: [{ field: requirement }, { document: requirements }]';

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
      .replace('acceptedStage: contracted', 'acceptedStage: signed')
      .replace('key: after_sales,', 'key: quoted,');
    const faults = faultsOf(document).join('\n');
    expect(faults).toContain('pipeline.convertedLeadStage：没有代号为 nowhere 的阶段');
    expect(faults).toContain('quotes.acceptedStage：没有代号为 signed 的阶段');
    expect(faults).toContain('quoted 用了两次');
  });

  it('fields that nobody could fill in, and requirements of fields that are not there, are named with their place', () => {
    const document = starterDocument()
      .replace(
        '  lostReasons: [价格,',
        `    - { key: amount, name: 合同额, kind: text }
    - { key: grade, name: 等级, kind: choice }
    - { key: size, name: 金额, kind: number, options: [大] }
    - { key: signed_on, name: 日期, kind: date }
  lostReasons: [价格, 价格,`,
      )
      .replace(QUALIFIED, 'requires: [{ field: nothing }, { field: amount }, { field: amount }]');
    expect(faultsOf(document)).toEqual([
      'pipeline.fields：字段代号 signed_on 用了两次',
      'pipeline.fields.amount：金额是自带字段，kind 只能是 money',
      'pipeline.fields.grade：单选字段要有 options',
      'pipeline.fields.size：只有 kind 为 choice 的字段才有 options',
      'pipeline.lostReasons：原因“价格”写了两次',
      'pipeline.stages.qualified.requires：没有代号为 nothing 的字段',
      'pipeline.stages.qualified.requires：字段 amount 写了两次',
    ]);
  });

  it('what a stage may want is one of three things, each known; a policy of before goes on as it was', () => {
    const wants = (requires: string) => faultsOf(starterDocument().replace(QUALIFIED, requires));
    const place = 'pipeline.stages.qualified.requires';
    expect(wants('requires: [{ approved: contract }]')).toEqual([`${place}：contract 不能送审批，可以写：quote`]);
    const [unknown] = wants(
      'requires: [{ document: scan }, { document: contract }, { document: contract, block: true }]',
    );
    expect(unknown).toBe(
      `${place}：没有代号为 scan 的文件种类，documents.kinds 里有：requirements（需求文档）、drawing（图纸）、contract（合同扫描件）、acceptance（验收单）`,
    );
    expect(wants('requires: [{ document: contract }, { document: contract, block: true }]')).toEqual([
      `${place}：文件种类 contract 写了两次`,
    ]);
    for (const shape of ['{ field: amount, approved: quote }', '{ documents: contract }', '{ block: true }'])
      expect(wants(`requires: [${shape}]`)).toEqual([
        'pipeline.stages.2.requires.0：写 field（字段）、approved（通过审批的内容，例如 quote）、document（文件种类）中的一样，可以再加 block',
      ]);
    const before = starterDocument()
      .replace(QUALIFIED, 'requires: [{ field: requirement }]')
      .replace(', { approved: quote }', '')
      .replace(/\ndocuments:\n(?: .*\n)*/, '\n');
    expect(before).not.toMatch(/^documents|\{ approved/m);
    expect(readPolicy(before)).toMatchObject({ ok: true, policy: { documents: { maxMegabytes: 10 } } });
  });

  it('kinds of files are told apart', () => {
    const faults = faultsOf(
      starterDocument().replace(
        '{ key: drawing, name: 图纸 }',
        '{ key: other, name: 验收单 }\n    - { key: contract, name: 图 }',
      ),
    );
    expect(faults).toEqual([
      'documents.kinds：代号 contract 用了两次',
      'documents.kinds：other 是自带的“其他”，换一个代号',
      'documents.kinds：有两种文件都叫“验收单”',
    ]);
  });

  it('hours that overlap or end before they begin, and approval steps that contradict each other, are named with their place', () => {
    const document = starterDocument()
      .replace("{ from: '13:30', to: '18:00' }", "{ from: '11:30', to: '18:00' }\n    - { from: '20:00', to: '19:00' }")
      .replace('discount: { from: 10 }', 'discount: { from: 10, below: 5 }')
      .replace('hours: 8, late: one_up', 'hours: 4, late: one_up');
    expect(faultsOf(document)).toEqual([
      'calendar.hours：时段 11:30–18:00 要排在前一段结束之后',
      'calendar.hours：时段 20:00–19:00 的结束要晚于开始',
      'approvals.quote.rules.discount：折扣从 10 起、到 5 为止，里面什么都没有',
      expect.stringMatching(/^approvals.quote.rules.amount：节点 supervisor 在别的规则里写得不一样/),
    ]);
  });
});
