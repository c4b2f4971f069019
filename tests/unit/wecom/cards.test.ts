/** Cards within every documented limit, judged by the emulator's rules as an independent reader. */
import { describe, expect, it } from 'vitest';
import { drawCard, drawUpdate, wordsOf } from '../../../adapters/wecom/cards.ts';
import { taskIdOf } from '../../../adapters/wecom/task.ts';
import { findCardFaults } from '../../../sandbox/wecom/card-validator.ts';
import type { Card, CardBlock, CardButton } from '../../../src/channel/card.ts';
import { decision } from '../../support/decision-block.ts';

const button = (label: string, actionKey = `key-${label}`): CardButton => ({ label, style: 'default', actionKey });
const card = (...blocks: CardBlock[]): Card => ({
  title: '福兴建材：要推进吗？',
  tone: 'warning',
  summary: '福兴建材',
  blocks,
});
const choice = (count: number, label = '改阶段', name = 'change_stage'): CardBlock => ({
  type: 'choice',
  name,
  placeholder: '换一个阶段',
  options: Array.from({ length: count }, (_, n) => ({ value: `stage${n}`, label: `阶段 ${n}` })),
  submit: button(label, `key-${name}`),
});
const buttons = (...labels: string[]): CardBlock => ({
  type: 'buttons',
  buttons: labels.map((label) => button(label)),
});
interface Drawn {
  readonly card_type: string;
  readonly main_title: { readonly title: string };
  readonly sub_title_text: string;
  readonly horizontal_content_list: readonly { readonly value: string }[];
  readonly button_selection: { readonly question_key: string; readonly option_list: readonly object[] };
  readonly button_list: readonly { readonly text: string; readonly key: string }[];
}
const site = 'https://crm.example.com';
const faults = (drawn: unknown) => findCardFaults(drawn, { sender: 'app', knownMember: () => true });
const draw = (given: Card) => {
  const drawn = drawCard(given, 'liaodan-1', site);
  expect(faults(drawn)).toEqual([]);
  return drawn as unknown as Drawn;
};

it('a question: quotation, fields, buttons and a choice each find their place', () => {
  const drawn = draw(
    card(
      { type: 'quote', speaker: '王总', text: '能不能报个价' },
      { type: 'fields', fields: [{ label: '当前阶段', value: '需求确认' }] },
      { type: 'text', style: 'muted', text: '规则：客户要报价' },
      {
        type: 'buttons',
        buttons: [
          { label: '推进', style: 'primary', actionKey: 'a' },
          { label: '忽略', style: 'danger', actionKey: 'b' },
        ],
      },
      choice(3),
    ),
  );
  expect(drawn).toEqual({
    card_type: 'button_interaction',
    source: { desc: '聊单', desc_color: 2 },
    main_title: { title: '福兴建材：要推进吗？' },
    task_id: 'liaodan-1',
    quote_area: { type: 0, title: '王总', quote_text: '能不能报个价' },
    sub_title_text: '规则：客户要报价',
    horizontal_content_list: [{ type: 0, keyname: '当前阶段', value: '需求确认' }],
    button_selection: {
      question_key: 'change_stage',
      title: '换一个阶段',
      option_list: [
        { id: 'stage0', text: '阶段 0' },
        { id: 'stage1', text: '阶段 1' },
        { id: 'stage2', text: '阶段 2' },
      ],
    },
    button_list: [
      { type: 0, text: '推进', style: 1, key: 'a' },
      { type: 0, text: '忽略', style: 3, key: 'b' },
      { type: 0, text: '改阶段', style: 2, key: 'key-change_stage' },
    ],
  });
});

it('a decision has its reasons in the list, and the first one, which stands chosen, is none', () => {
  const drawn = draw(card({ type: 'fields', fields: [{ label: '客户', value: '恒锐' }] }, decision()));
  expect(drawn).toMatchObject({
    card_type: 'button_interaction',
    button_selection: {
      question_key: 'refuse',
      title: '驳回原因',
      option_list: [
        { id: '-', text: '不写原因' },
        { id: '价格太低', text: '价格太低' },
        { id: '毛利不够', text: '毛利不够' },
        { id: '请补充说明', text: '请补充说明' },
      ],
    },
    button_list: [
      { text: '同意', style: 1, key: 'yes' },
      { text: '驳回', style: 3, key: 'no' },
    ],
  });
  const many = draw(
    card(decision({ options: Array.from({ length: 12 }, (_, n) => ({ value: `${n}`, label: `原因 ${n}` })) })),
  );
  expect(many.button_selection.option_list).toHaveLength(10);
  expect(many.sub_title_text).toContain('只列出前 9 个（共 12 个）');
});

it('one choice and few words are a card with a list to submit', () => {
  const drawn = draw(card({ type: 'text', text: '是哪个商机？' }, choice(2)));
  expect(drawn).toMatchObject({
    card_type: 'multiple_interaction',
    main_title: { title: '福兴建材：要推进吗？', desc: '是哪个商机？' },
    select_list: [{ question_key: 'change_stage', title: '换一个阶段' }],
    submit_button: { text: '改阶段', key: 'key-change_stage' },
  });
});

it('one choice with more to read keeps its words', () => {
  const long = '这个客户有几个进行中的商机，'.repeat(5);
  expect(draw(card({ type: 'text', text: long }, choice(2)))).toMatchObject({
    card_type: 'button_interaction',
    sub_title_text: long,
  });
});

describe('limits', () => {
  it('eleven options: ten are shown, and a line says so', () => {
    const drawn = draw(card(choice(11), buttons('忽略')));
    expect(drawn.button_selection.option_list).toHaveLength(10);
    expect(drawn.sub_title_text).toContain('只列出前 10 个（共 11 个）');
  });

  it('seven buttons, or six and a choice: six stay, and a line says so', () => {
    const seven = ['1', '2', '3', '4', '5', '6', '7'];
    expect(draw(card(buttons(...seven))).button_list).toHaveLength(6);
    const both = draw(card(buttons(...seven.slice(1)), choice(2)));
    expect(both.button_list.map(({ text }) => text)).toEqual(['2', '3', '4', '5', '6', '改阶段']);
    expect(both.sub_title_text).toContain('还有 1 项放不下');
  });

  it('seven fields: six in places, the seventh as a line', () => {
    const fields = Array.from({ length: 7 }, (_, n) => ({ label: `项 ${n}`, value: n === 0 ? '' : `${n}` }));
    const drawn = draw(card({ type: 'fields', fields }, buttons('好')));
    expect(drawn.horizontal_content_list).toHaveLength(6);
    expect(drawn.horizontal_content_list[0]?.value).toBe('—');
    expect(drawn.sub_title_text).toBe('项 6：6');
  });

  it('endless words in every place', () => {
    const long = '长😀'.repeat(2_000);
    const drawn = draw({
      title: long,
      tone: 'danger',
      summary: long,
      blocks: [
        { type: 'text', style: 'emphasis', text: long },
        { type: 'quote', speaker: long, text: long },
        { type: 'fields', fields: [{ label: long, value: long }] },
        { type: 'text', text: long },
        { type: 'buttons', buttons: [{ ...button(long), actionKey: 'k' }] },
        { ...(choice(2, long) as Extract<CardBlock, { type: 'choice' }>), placeholder: long },
      ],
    });
    expect(drawn.main_title.title.length).toBeLessThanOrEqual(36);
    expect(Buffer.byteLength(JSON.stringify(drawn))).toBeLessThan(8_000);
    expect(JSON.stringify(drawn)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  it('what a button asks before it counts is said in words, as the platform cannot ask', () => {
    const asked = { ...button('不是客户'), confirm: '以后的消息不再保存，确定吗？' };
    expect(draw(card({ type: 'buttons', buttons: [asked] })).sub_title_text).toBe(
      '「不是客户」：以后的消息不再保存，确定吗？',
    );
  });
});

describe('a digest', () => {
  const move = (name: string, key: string): CardBlock[] => [
    { type: 'text', style: 'emphasis', text: `${name}：需求确认 → 报价发送` },
    { type: 'quote', speaker: '王总', text: `报价单收到（${name}）` },
    { type: 'buttons', buttons: [button('撤销', key)] },
  ];

  it('numbers lines and buttons alike, so that each 撤销 says what it takes back', () => {
    const drawn = draw(card(...move('福兴建材', 'a'), ...move('宏达机电', 'b')));
    expect(drawn.sub_title_text.split('\n')).toEqual([
      '1. 福兴建材：需求确认 → 报价发送',
      '王总：“报价单收到（福兴建材）”',
      '2. 宏达机电：需求确认 → 报价发送',
      '王总：“报价单收到（宏达机电）”',
    ]);
    expect(drawn.button_list).toMatchObject([
      { text: '撤销 1', key: 'a' },
      { text: '撤销 2', key: 'b' },
    ]);
  });

  it('shows one of several choices and says that the others follow', () => {
    const drawn = draw(card(choice(2, '改阶段', 'a'), { type: 'divider' }, choice(2, '改阶段', 'b'), buttons('忽略')));
    expect(drawn.button_selection.question_key).toBe('a');
    expect(drawn.button_list).toHaveLength(2);
    expect(drawn.sub_title_text).toContain('还有 1 项放不下');
  });
});

describe('a card with nothing to tap', () => {
  const done = card({ type: 'text', style: 'emphasis', text: '李雷已推进到「报价发送」' });

  it('is no card when it is sent, because a notice needs an address to open', () => {
    expect(drawCard(done, 't', site)).toBeNull();
    expect(wordsOf(done)).toBe('【福兴建材：要推进吗？】\n李雷已推进到「报价发送」');
  });

  it('as a new face has one grey button', () => {
    const drawn = drawUpdate(done, 't', site);
    expect(faults(drawn)).toEqual([]);
    expect(drawn).toMatchObject({ card_type: 'button_interaction', replace_text: '卡片已结束', task_id: 't' });
  });
});

it('words never become a link or an @ under our name', () => {
  const words = wordsOf(card({ type: 'quote', speaker: '<a href="http://x">', text: '<@all> 3 < 5' }));
  expect(words).toContain('＜a href="http://x">：“＜@all> 3 < 5”');
});

describe('task ids', () => {
  it.each(['01JD0000000000000000000000', `stage:${'01JD'.repeat(60)}`, '商机'])('%.20s', (key) => {
    expect(taskIdOf(key)).toMatch(/^[\w@-]{1,128}$/);
    expect(taskIdOf(key)).toBe(taskIdOf(key));
    expect(taskIdOf(key)).not.toBe(taskIdOf(`${key}1`));
  });
});
