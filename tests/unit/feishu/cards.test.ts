/** The drawn card: what version 2.0 accepts, small enough, and nobody's words become markup. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCard } from '../../../adapters/feishu/cards.ts';
import { findCardFaults } from '../../../sandbox/feishu/card-validator.ts';
import type { Card, CardBlock, CardTone } from '../../../src/channel/card.ts';
import { decision } from '../../support/decision-block.ts';

const button = (label: string) => ({ label, style: 'primary' as const, actionKey: `key-${label}` });
const cardOf = (...blocks: CardBlock[]): Card => ({ title: '要推进吗？', tone: 'info', summary: '福兴建材', blocks });

const site = 'https://crm.example.com';
type Node = Record<string, unknown>;
/** Every object inside the drawn card. */
function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}
const tagged = (card: Card, tag: string) => nodes(drawCard(card, site)).filter((node) => node.tag === tag);
const bytes = (card: Card) => Buffer.byteLength(JSON.stringify(drawCard(card, site)));

describe('the frame', () => {
  it('is a shared 2.0 card that can be updated and whose copies have no working buttons', () => {
    expect(drawCard(cardOf(), site)).toMatchObject({
      schema: '2.0',
      config: { update_multi: true, enable_forward_interaction: false, summary: { content: '福兴建材' } },
      header: { title: { tag: 'plain_text', content: '要推进吗？' }, template: 'blue' },
      body: { elements: [] },
    });
  });

  it.each([
    ['neutral', 'default'],
    ['info', 'blue'],
    ['success', 'green'],
    ['warning', 'orange'],
    ['danger', 'red'],
  ])('of tone %s is %s', (tone, template) => {
    expect(drawCard({ ...cardOf(), tone: tone as CardTone }, site)).toMatchObject({ header: { template } });
  });
});

describe('the blocks', () => {
  it('a button hands back its key and asks first when told to', () => {
    const card = cardOf({ type: 'buttons', buttons: [{ ...button('推进'), confirm: '确定推进？' }] });
    expect(tagged(card, 'button')).toMatchObject([
      {
        text: { content: '推进' },
        type: 'primary_filled',
        width: 'fill',
        confirm: { title: { content: '推进' }, text: { tag: 'plain_text', content: '确定推进？' } },
        behaviors: [{ type: 'callback', value: { key: 'key-推进' } }],
      },
    ]);
  });

  it.each([
    [['推进', '忽略', '改阶段'], [3]],
    [
      ['同意', '驳回', '转交', '加签'],
      [3, 1],
    ],
    [['推进到报价发送', '忽略'], [2]],
    [
      ['福兴建材二期项目三号楼', '乙'],
      [1, 1],
    ],
  ])('buttons %o stand in rows of %o', (labels, expected) => {
    const rows = tagged(cardOf({ type: 'buttons', buttons: labels.map(button) }), 'column_set');
    expect(rows.map(({ columns }) => (columns as unknown[]).length)).toEqual(expected);
  });

  it('a choice is a form at the root with a select and a submit button, each with a name of its own', () => {
    const choice = (name: string): CardBlock => ({
      type: 'choice',
      name,
      placeholder: '选一个',
      options: [{ value: 'a', label: '甲' }],
      submit: button('确定'),
    });
    const card = cardOf(choice('deal'), choice('deal'));
    const forms = (drawCard(card, site).body as Node).elements as Node[];
    expect(forms.map(({ tag }) => tag)).toEqual(['form', 'form']);
    expect(new Set(forms.map(({ name }) => name)).size).toBe(2);
    expect(forms[0]).toMatchObject({
      elements: [
        { tag: 'select_static', name: 'deal', required: true, options: [{ text: { content: '甲' }, value: 'a' }] },
        { tag: 'button', form_action_type: 'submit', name: 'submit_0', behaviors: [{ value: { key: 'key-确定' } }] },
      ],
    });
  });

  it('a decision is one form: reasons to pick, a place to type, and both buttons, which the platform takes', () => {
    const drawn = drawCard(cardOf(decision()), site);
    expect(findCardFaults(drawn, { knownPerson: () => true })).toEqual([]);
    expect((drawn.body as Node).elements).toMatchObject([
      {
        tag: 'form',
        elements: [
          { tag: 'select_static', name: 'refuse', required: false, placeholder: { content: '驳回原因（可不选）' } },
          { tag: 'input', name: 'words', input_type: 'multiline_text', max_length: 500 },
          { tag: 'column_set' },
        ],
      },
    ]);
    expect(tagged(cardOf(decision()), 'button')).toMatchObject([
      { text: { content: '同意' }, type: 'primary_filled', form_action_type: 'submit', name: 'submit_0_0' },
      { text: { content: '驳回' }, type: 'danger', form_action_type: 'submit', name: 'submit_0' },
    ]);
    const long = decision({ words: { name: 'words', placeholder: '', maxLength: 9_000 } });
    expect(tagged(cardOf(long), 'input')).toMatchObject([{ max_length: 1_000 }]);
  });

  it('an empty value still has something to look at', () => {
    const card = cardOf({ type: 'fields', fields: [{ label: '金额', value: '' }] });
    expect(JSON.stringify(drawCard(card, site))).toContain('"—"');
  });
});

describe('whatever is put in', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 3_000 });
  const block: fc.Arbitrary<CardBlock> = fc.oneof(
    fc.record({
      type: fc.constant('text' as const),
      text: words,
      style: fc.constantFrom('normal' as const, 'emphasis' as const, 'muted' as const),
    }),
    fc.record({
      type: fc.constant('fields' as const),
      fields: fc.array(fc.record({ label: words, value: words }), { maxLength: 30 }),
    }),
    fc.record({ type: fc.constant('quote' as const), speaker: words, text: words }),
    fc.record({
      type: fc.constant('choice' as const),
      name: fc.constant('deal'),
      placeholder: words,
      options: fc.array(fc.record({ value: fc.uuid(), label: words }), { maxLength: 60 }),
      submit: fc.constant(button('确定')),
    }),
    fc.constant(decision()),
    fc.constant({ type: 'divider' as const }),
  );

  it('the card fits, its texts are plain, and no character is cut in half', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 25 }), words, (blocks, title) => {
        const card = { ...cardOf(...blocks), title };
        expect(bytes(card)).toBeLessThanOrEqual(30 * 1024);
        const all = nodes(drawCard(card, site));
        expect(all.filter(({ tag }) => tag !== undefined && tag !== 'plain_text').length).toBeLessThanOrEqual(200);
        expect(all.some(({ tag }) => tag === 'markdown' || tag === 'lark_md')).toBe(false);
        expect(JSON.stringify(all)).not.toMatch(/\\ud[89a-f]/);
      }),
      { numRuns: 60 },
    );
  });

  it('far too many lines go before the buttons do', () => {
    const fields = Array.from({ length: 20 }, (_, n) => ({ label: `第 ${n} 项`, value: '长'.repeat(400) }));
    const many = Array.from({ length: 8 }, (): CardBlock => ({ type: 'fields', fields }));
    const card = cardOf(...many, { type: 'buttons', buttons: [button('同意'), button('驳回')] });
    expect(
      nodes(drawCard(card, site)).filter(({ tag }) => tag !== undefined && tag !== 'plain_text').length,
    ).toBeLessThanOrEqual(200);
    expect(bytes(card)).toBeLessThanOrEqual(30 * 1024);
    expect(tagged(card, 'button')).toHaveLength(2);
  });

  it('a long quotation is cut with an ellipsis', () => {
    const card = cardOf({ type: 'quote', speaker: '王总', text: '价'.repeat(5_000) });
    expect(JSON.stringify(drawCard(card, site))).toMatch(/价{299}…/);
  });
});
