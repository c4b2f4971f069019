/** Cards as the template shows them: nobody's words become markup, nothing grows too long, nothing is left out in silence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readButtonId } from '../../../../adapters/dingtalk/button-ids.ts';
import { drawCardParams } from '../../../../adapters/dingtalk/cards.ts';
import { createLinkDrawer } from '../../../../adapters/dingtalk/page-address.ts';
import { buttonFault } from '../../../../sandbox/dingtalk/cards/face.ts';
import type { Card, CardBlock, CardButton } from '../../../../src/channel/card.ts';
import { decision } from '../../../support/decision-block.ts';

const button = (label: string, more: Partial<CardButton> = {}): CardButton => ({
  label,
  style: 'default',
  actionKey: `key-${label}`,
  ...more,
});
const buttons = (...list: CardButton[]): CardBlock => ({ type: 'buttons', buttons: list });
const choice = (count: number, name = 'change_stage', label = '改阶段'): CardBlock => ({
  type: 'choice',
  name,
  placeholder: '换一个阶段',
  options: Array.from({ length: count }, (_, n) => ({ value: `stage${n}`, label: `阶段 ${n}` })),
  submit: button(label, { actionKey: `key-${name}` }),
});
const card = (...blocks: CardBlock[]): Card => ({ title: '恒锐：要推进吗？', tone: 'info', summary: '恒锐', blocks });

interface Drawn {
  readonly title: string;
  readonly markdown: string;
  readonly tips: string;
  readonly buttons: readonly { readonly text: string; readonly color: string; readonly id: string }[];
}

const linkOf = createLinkDrawer('https://crm.example.com', { linkStyle: 'panel' });

function draw(given: Card): Drawn {
  const params = drawCardParams(given, linkOf);
  expect(Object.keys(params).sort()).toEqual(['markdown', 'sys_full_json_obj', 'tips', 'title']);
  expect(Object.values(params).every((value) => typeof value === 'string')).toBe(true);
  expect(buttonFault(params)).toBeNull();
  const { title = '', markdown = '', tips = '', sys_full_json_obj = '' } = params;
  return { title, markdown, tips, buttons: JSON.parse(sys_full_json_obj).msgButtons };
}

const labels = (drawn: Drawn): string[] => drawn.buttons.map(({ text }) => text);

it('a decision has a button for each reason, and one without where none is wanted', () => {
  const drawn = draw(card({ type: 'text', text: '金额' }, decision()));
  const reasons = ['驳回：价格太低', '驳回：毛利不够', '驳回：请补充说明'];
  expect(labels(drawn)).toEqual(['同意', ...reasons, '驳回（不写原因）']);
  expect(drawn.buttons.map(({ id }) => readButtonId(id))).toMatchObject([
    { actionKey: 'yes', values: {} },
    { actionKey: 'no', values: { refuse: '价格太低' } },
    { actionKey: 'no', values: { refuse: '毛利不够' } },
    { actionKey: 'no', values: { refuse: '请补充说明' } },
    { actionKey: 'no', values: {} },
  ]);
  expect(labels(draw(card({ type: 'text', text: '金额' }, decision({ optional: false }))))).toEqual([
    '同意',
    ...reasons,
  ]);
});

it('every kind of block has its place', () => {
  const drawn = draw(
    card(
      { type: 'text', style: 'emphasis', text: '恒锐：需求确认 → 报价发送' },
      { type: 'quote', speaker: '王总', text: '能不能报个价\n要含税' },
      { type: 'divider' },
      {
        type: 'fields',
        fields: [
          { label: '商机', value: '恒锐 瓷砖' },
          { label: '金额', value: '' },
        ],
      },
      buttons(button('推进', { style: 'primary' }), button('输单', { style: 'danger' })),
      { type: 'text', style: 'muted', text: '规则：客户要报价' },
    ),
  );
  expect(drawn.markdown).toBe(
    [
      '**恒锐：需求确认 → 报价发送**',
      '> 王总：能不能报个价  \n> 要含税',
      '---',
      '**商机**　恒锐 瓷砖  \n**金额**　—',
    ].join('\n\n'),
  );
  expect(drawn.tips).toBe('规则：客户要报价');
  expect(drawn.buttons).toEqual([
    {
      text: '推进',
      color: 'blue',
      id: 'key-%E6%8E%A8%E8%BF%9B',
      request: true,
      params: { id: 'key-%E6%8E%A8%E8%BF%9B' },
    },
    expect.objectContaining({ text: '输单', color: 'gray' }),
  ]);
});

describe('buttons', () => {
  it('a closed card says that it has none, so that an update by key takes the old ones away', () => {
    expect(draw(card({ type: 'text', text: '已处理' }))).toMatchObject({ buttons: [], tips: '' });
  });

  it('a choice is one button to an option, and says what was left out beyond ten', () => {
    const few = draw(card({ type: 'text', text: '？' }, choice(3)));
    expect(labels(few)).toEqual(['改阶段：阶段 0', '改阶段：阶段 1', '改阶段：阶段 2']);
    expect(readButtonId(few.buttons[1]?.id ?? '')).toEqual({
      actionKey: 'key-change_stage',
      values: { change_stage: 'stage1' },
    });
    const many = draw(card({ type: 'text', text: '？' }, choice(14)));
    expect(many.buttons).toHaveLength(10);
    expect(many.markdown).toContain('只列出前 10 个（共 14 个）');
  });

  it('where choosing is what the card is for, an option says it all', () => {
    const block = choice(2);
    const main = { ...block, submit: button('就是它', { style: 'primary' }) } as CardBlock;
    const drawn = draw(card({ type: 'text', text: '哪个商机？' }, main));
    expect(labels(drawn)).toEqual(['阶段 0', '阶段 1']);
  });

  it('the same label twice gets the number of its section, on the words as well', () => {
    const drawn = draw(
      card(
        { type: 'text', style: 'emphasis', text: '甲' },
        buttons(button('撤销', { actionKey: 'a' })),
        { type: 'text', style: 'emphasis', text: '乙' },
        buttons(button('撤销', { actionKey: 'b' })),
        { type: 'divider' },
        { type: 'quote', speaker: '王总', text: '丙' },
        buttons(button('忽略')),
      ),
    );
    expect(labels(drawn)).toEqual(['1. 撤销', '2. 撤销', '忽略']);
    expect(drawn.markdown).toContain('**1. 甲**\n\n**2. 乙**\n\n---\n\n> 王总：丙');
  });

  it('ordinary buttons go before options, a choice is whole or not there, and what is missing is counted', () => {
    const sections = Array.from({ length: 9 }, (_, n): CardBlock[] => [
      { type: 'divider' },
      { type: 'text', text: `问题 ${n}` },
      buttons(button('推进', { actionKey: `a${n}` }), button('忽略', { actionKey: `b${n}` })),
      choice(3, `stage_${n}`),
    ]);
    const drawn = draw(card(...sections.flat()));
    expect(drawn.buttons).toHaveLength(18);
    expect(labels(drawn).some((label) => label.includes('改阶段'))).toBe(false);
    expect(drawn.markdown).toContain('还有 27 个按钮放不下');
  });

  it('what a confirmation would have said stands in the words', () => {
    const asking = button('不是客户', { confirm: '这个会话以后的消息将不再保存，确定吗？' });
    const drawn = draw(card({ type: 'text', text: '新线索' }, buttons(asking)));
    expect(drawn.markdown).toContain('「不是客户」：这个会话以后的消息将不再保存，确定吗？');
  });
});

describe('somebody’s words', () => {
  const everywhere = (text: string): Card => ({
    ...card(
      { type: 'text', text },
      { type: 'text', text, style: 'emphasis' },
      { type: 'quote', speaker: text, text },
      { type: 'fields', fields: [{ label: text, value: text }] },
      { type: 'text', text: '规则', style: 'muted' },
    ),
    title: text,
  });

  it('cannot link, ring, format or open a heading', () => {
    const evil = [
      '# 大标题',
      '[点我](https://evil.example)',
      '![](https://evil.example/a.png)',
      '<a href="https://evil.example">x</a><font color=red>红</font>',
      '@all @李娜',
      'www.evil.example',
      '**粗** _斜_ ~~删~~ `码`',
      '> 引用',
      '- 列表\n1. 第一',
      '===',
      '&lt;b&gt; &#91;x&#93;',
      '| a | b |\n|---|---|',
    ].join('\n');
    const { markdown, title } = draw(everywhere(evil));
    for (const words of [markdown, title]) {
      for (const sign of ['](', '![', '<', '@', 'www.', '://', '`', '~~', '&lt;', '&#91;', '|']) {
        expect(words).not.toContain(sign);
      }
    }
    const own = /^(\*\*.*\*\*(　.*)?|> .*|)$/;
    const plain = markdown
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => !own.test(line));
    for (const line of plain) expect(line).not.toMatch(/^(#|>|-|\+|=|\d+[.)]\s)/);
  });

  it('make the same structure whatever they are, and every value stays below 4,000 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const { markdown } = draw(everywhere(text));
        expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(4_000);
        expect(markdown.match(/(?<!\*)\*\*(?!\*)/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0);
        expect(markdown.replace(/\*\*/g, '')).not.toMatch(/[*_[\]`<~|$@\\]/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a day with too much in it', () => {
  const move = (n: number, quote: string): CardBlock[] => [
    { type: 'text', style: 'emphasis', text: `宁波恒锐机电 瓷砖采购 ${n}：需求确认 → 报价发送` },
    { type: 'quote', speaker: '王总', text: quote },
    buttons(button('撤销', { actionKey: `undo-${n}` })),
  ];

  it('is shortened evenly before anything is left out', () => {
    const quote = '那就麻烦给我们报个价吧，'.repeat(40);
    const { markdown, buttons: shown } = draw(card(...Array.from({ length: 13 }, (_, n) => move(n, quote)).flat()));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(4_000);
    expect(markdown.match(/^> 王总：/gm)).toHaveLength(13);
    expect(markdown).not.toContain('省去');
    expect(shown).toHaveLength(13);
  });

  it('loses the oldest quotations first, and says how many', () => {
    const quote = '那就麻烦给我们报个价吧，'.repeat(40);
    const { markdown, buttons: shown } = draw(card(...Array.from({ length: 18 }, (_, n) => move(n, quote)).flat()));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(4_000);
    expect(markdown).toContain('瓷砖采购 0：');
    expect(markdown).toContain('瓷砖采购 17：');
    expect(markdown).toMatch(/内容太长，这里省去了 \d+ 段较早的。$/);
    expect(shown).toHaveLength(18);
  });
});
