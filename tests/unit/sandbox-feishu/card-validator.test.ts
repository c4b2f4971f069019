/** Cards of the documents pass; each mistake the documents name is refused with its sub code. */
import { expect, test } from 'vitest';
import { findCardFaults } from '../../../sandbox/feishu/card-validator.ts';
import { button, card, EVERYTHING, FORM, plain } from './card-samples.ts';

const knownPerson = (id: string): boolean => id === 'ou_known';
const faultsOf = (value: object) => findCardFaults(value as Record<string, unknown>, { knownPerson });

test('the documented examples pass', () => {
  expect(faultsOf(EVERYTHING)).toEqual([]);
  expect(faultsOf({ schema: '2.0' })).toEqual([]);
  expect(faultsOf(card(...Array.from({ length: 200 }, () => ({ tag: 'hr' }))))).toEqual([]);
});

const field = { tag: 'input', name: 'note' };
const submit = button('提交', {}, { name: 'go', form_action_type: 'submit' });
const form = (...elements: object[]) => card({ tag: 'form', name: 'f', elements });
const nested = (depth: number): object =>
  depth === 0 ? { tag: 'hr' } : { tag: 'column_set', columns: [{ tag: 'column', elements: [nested(depth - 1)] }] };

const mistakes: [string, object, number][] = [
  ['wide_screen_mode', { ...card(), config: { wide_screen_mode: true } }, 200621],
  ['elements at the root', { ...card(), elements: [] }, 200621],
  ['i18n_elements', { ...card(), i18n_elements: {} }, 200621],
  ['an action block', card({ tag: 'action', actions: [] }), 200861],
  ['a note', card({ tag: 'note', elements: [] }), 200861],
  ['value on a button', card({ ...button('x', {}), value: {} }), 200621],
  ['url on a button', card({ ...button('x', {}), url: 'https://a' }), 200621],
  ['an unknown button type', card(button('x', {}, { type: 'success' })), 200621],
  ['a button without words', card({ tag: 'button', behaviors: [] }), 200621],
  ['a button of 101 characters', card(button('字'.repeat(101), {})), 200621],
  ['a header without title', { ...card(), header: { template: 'blue' } }, 200621],
  ['an unknown header colour', { ...card(), header: { title: plain('x'), template: 'pink' } }, 200621],
  ['markdown as a title', { ...card(), header: { title: 'x' } }, 200621],
  [
    'four text tags',
    { ...card(), header: { title: plain('x'), text_tag_list: Array(4).fill({ tag: 'text_tag', text: plain('t') }) } },
    200621,
  ],
  ['update_multi false', { ...card(), config: { update_multi: false } }, 300302],
  ['a number where words belong', card({ tag: 'markdown', content: 5 }), 200621],
  ['a margin without unit', card({ tag: 'hr', margin: '4' }), 200621],
  ['a doubled element_id', card({ tag: 'hr', element_id: 'a' }, { tag: 'hr', element_id: 'a' }), 300301],
  ['an element_id of 21 characters', card({ tag: 'hr', element_id: 'a'.repeat(21) }), 300301],
  ['an element_id that starts with a digit', card({ tag: 'hr', element_id: '1a' }), 300301],
  ['a form without name', card({ ...FORM, name: '' }), 200530],
  ['a form field without name', form({ tag: 'input' }, submit), 200530],
  ['two fields of one name', form(field, field, submit), 200530],
  ['a form without submit', form(field), 200530],
  ['a form in a column', card({ tag: 'column_set', columns: [{ tag: 'column', elements: [FORM] }] }), 200621],
  ['a submit button outside a form', card(submit), 200621],
  ['a column outside a column set', card({ tag: 'column', elements: [] }), 200861],
  ['201 elements', card(...Array.from({ length: 201 }, () => ({ tag: 'hr' }))), 11310],
  ['six levels', card(nested(6)), 200621],
  ['a person nobody knows', card({ tag: 'person', user_id: 'ou_nobody' }), 100290],
  ['a chart without type', card({ tag: 'chart', chart_spec: {} }), 200550],
  ['a bad image key', card({ tag: 'img', img_key: 'http://a/b.png' }), 200570],
  [
    'a choice that is not offered',
    card({ tag: 'select_static', options: [{ value: 'a' }], initial_option: 'b' }),
    200621,
  ],
];

test.each(mistakes)('%s is refused', (_name, wrong, code) => {
  expect(faultsOf(wrong).map((fault) => fault.code)).toContain(code);
});

test('the path leads to the fault', () => {
  const [fault] = faultsOf(card({ tag: 'hr' }, { tag: 'div', text: plain('x'), fields: [] }));
  expect(fault).toMatchObject({
    path: 'ROOT -> body -> elements -> [1](tag: div)',
    message: 'unknown property, property: fields',
  });
});
