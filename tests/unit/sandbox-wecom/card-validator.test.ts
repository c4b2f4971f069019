/** The card validator against the documented shapes and limits (wecom.md §3.3, §3.12). */
import { describe, expect, test } from 'vitest';
import { findCardFaults } from '../../../sandbox/wecom/card-validator.ts';
import { BUTTON_CARD } from './support.ts';

const codes = (card: object, sender: 'app' | 'bot' | 'webhook' = 'app') =>
  findCardFaults(card, { sender, knownMember: (id) => id === 'lina' }).map(({ code }) => code);

const NOTICE = {
  card_type: 'text_notice',
  main_title: { title: '商机推进' },
  card_action: { type: 1, url: 'https://crm.example/1' },
};
const NEWS = {
  ...NOTICE,
  card_type: 'news_notice',
  card_image: { url: 'https://crm.example/i.png', aspect_ratio: 1.5 },
};
const SUBMIT = { submit_button: { text: '提交', key: 'submit' } };
const option = (id: string) => ({ id, text: id });
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const VOTE = {
  card_type: 'vote_interaction',
  main_title: { title: '哪一个' },
  task_id: 'vote-1',
  checkbox: { question_key: 'q', mode: 1, option_list: [option('a'), option('b')] },
  ...SUBMIT,
};
const MULTIPLE = {
  card_type: 'multiple_interaction',
  main_title: { title: '改阶段' },
  task_id: 'multi-1',
  select_list: [{ question_key: 'stage', selected_id: 'a', option_list: [option('a'), option('b')] }],
  ...SUBMIT,
};

describe('cards the platform takes', () => {
  test.each([
    ['buttons and a choice', BUTTON_CARD],
    ['a text notice', NOTICE],
    ['a notice whose words stand below', { ...NOTICE, main_title: {}, sub_title_text: '今日摘要' }],
    ['a news notice', NEWS],
    ['a vote', VOTE],
    ['several choices', MULTIPLE],
    ['a menu', { ...BUTTON_CARD, action_menu: { desc: '更多', action_list: [{ text: '静音', key: 'mute' }] } }],
    [
      'a link to a colleague',
      { ...BUTTON_CARD, horizontal_content_list: [{ type: 3, keyname: '负责人', value: '李娜', userid: 'lina' }] },
    ],
    [
      'every list at its limit',
      {
        ...BUTTON_CARD,
        horizontal_content_list: many(6, (i) => ({ keyname: `${i}` })),
        jump_list: many(3, (i) => ({ title: `${i}` })),
        button_list: many(6, (i) => ({ text: `${i}`, key: `${i}` })),
      },
    ],
  ])('%s', (_, card) => {
    expect(codes(card)).toEqual([]);
  });
});

describe('cards it refuses', () => {
  const { task_id, main_title, ...rest } = BUTTON_CARD;
  test.each([
    ['unknown type', { ...BUTTON_CARD, card_type: 'fancy' }, 42031],
    ['no title', { ...rest, task_id }, 42033],
    ['no task', { ...rest, main_title }, 42014],
    ['a task with a blank', { ...BUTTON_CARD, task_id: 'a b' }, 42014],
    ['a task of 129 bytes', { ...BUTTON_CARD, task_id: 'x'.repeat(129) }, 42014],
    ['a menu without task', { ...NOTICE, action_menu: { action_list: [{ text: '静音', key: 'mute' }] } }, 42014],
    ['no buttons', { ...BUTTON_CARD, button_list: [] }, 42037],
    ['seven buttons', { ...BUTTON_CARD, button_list: many(7, (i) => ({ text: 'x', key: `${i}` })) }, 42037],
    ['a button without words', { ...BUTTON_CARD, button_list: [{ text: '', key: 'a' }] }, 42038],
    ['a button without key', { ...BUTTON_CARD, button_list: [{ text: '推进' }] }, 42039],
    ['a key twice', { ...BUTTON_CARD, button_list: many(2, () => ({ text: 'x', key: 'a' })) }, 42039],
    ['a key too long', { ...BUTTON_CARD, button_list: [{ text: 'x', key: 'k'.repeat(1025) }] }, 42039],
    [
      'a menu key twice',
      { ...BUTTON_CARD, action_menu: { action_list: many(2, () => ({ text: 'x', key: 'a' })) } },
      42051,
    ],
    ['seven lines', { ...BUTTON_CARD, horizontal_content_list: many(7, () => ({ keyname: 'x' })) }, 42035],
    ['a line without name', { ...BUTTON_CARD, horizontal_content_list: [{ value: 'x' }] }, 42027],
    ['a link without address', { ...BUTTON_CARD, horizontal_content_list: [{ type: 1, keyname: 'x' }] }, 42028],
    ['an address without scheme', { ...NOTICE, card_action: { type: 1, url: 'crm.example' } }, 42028],
    [
      'an unknown colleague',
      { ...BUTTON_CARD, horizontal_content_list: [{ type: 3, keyname: 'x', userid: 'nobody' }] },
      42050,
    ],
    ['four jumps', { ...BUTTON_CARD, jump_list: many(4, () => ({ title: 'x' })) }, 42036],
    ['a notice that opens nothing', { ...NOTICE, card_action: { type: 0 } }, 42045],
    ['news without picture', { ...NEWS, card_image: undefined }, 42044],
    ['a picture too wide', { ...NEWS, card_image: { url: 'https://x/y.png', aspect_ratio: 2.5 } }, 42044],
    ['21 options', { ...VOTE, checkbox: { question_key: 'q', option_list: many(21, (i) => option(`${i}`)) } }, 42042],
    [
      '11 options of a drop-down',
      { ...MULTIPLE, select_list: [{ question_key: 'q', option_list: many(11, (i) => option(`${i}`)) }] },
      42042,
    ],
    ['an option without id', { ...VOTE, checkbox: { question_key: 'q', option_list: [{ id: '', text: 'x' }] } }, 42040],
    [
      'an option without words',
      { ...VOTE, checkbox: { question_key: 'q', option_list: [{ id: 'x', text: '' }] } },
      42041,
    ],
    [
      'an option id of 129 bytes',
      { ...VOTE, checkbox: { question_key: 'q', option_list: [option('x'.repeat(129))] } },
      42040,
    ],
    ['no question key', { ...VOTE, checkbox: { option_list: [option('a')] } }, 42043],
    ['no submit key', { ...VOTE, submit_button: { text: '提交', key: '' } }, 42046],
    ['no submit words', { ...VOTE, submit_button: { text: '', key: 'a' } }, 42049],
    [
      'four drop-downs',
      { ...MULTIPLE, select_list: many(4, (i) => ({ question_key: `${i}`, option_list: [option('a')] })) },
      42047,
    ],
    ['a text where an object belongs', { ...BUTTON_CARD, main_title: '标题' }, 40058],
    ['a number as text', { ...BUTTON_CARD, button_list: [{ text: 'x', key: 'a', style: '1' }] }, 40058],
  ])('%s', (_, card, code) => {
    expect(codes(JSON.parse(JSON.stringify(card)))).toContain(code);
  });
});

test('what the platform only ignores is still told', () => {
  expect(codes({ ...BUTTON_CARD, buttons: [] })).toEqual([null]);
});

test('bot and webhook have rules of their own', () => {
  const ask = { ...BUTTON_CARD, jump_list: [{ type: 3, title: '问一问', question: '进展如何' }] };
  expect(codes(ask, 'bot')).toEqual([]);
  expect(codes(ask, 'app')).toContain(40058);
  const attachment = { ...BUTTON_CARD, horizontal_content_list: [{ type: 2, keyname: '附件', media_id: 'm' }] };
  expect(codes(attachment, 'app')).toEqual([]);
  expect(codes(attachment, 'bot')).toContain(40058);
  expect(codes(NOTICE, 'webhook')).toEqual([]);
  expect(codes(BUTTON_CARD, 'webhook')).toEqual([42031]);
});
