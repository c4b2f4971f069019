/** Cards in people's hands: response codes, taps, updates and their limits. */
import { describe, expect, test } from 'vitest';
import { AGENT, apiOf, BUTTON_CARD, cardTo, field, standIn, startEmulator } from './support.ts';

const HOUR = 3600_000;

async function sentCard(card: object = BUTTON_CARD, to = 'lina|wang') {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000 });
  const product = await standIn(emulator);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const wang = emulator.world.addMember({ userid: 'wang', name: '王强' });
  const api = await apiOf(emulator);
  const sent = await api.post<{ response_code: string; msgid: string }>('message/send', cardTo(to, card));
  const [shown] = emulator.cardsOf(lina);
  const update = async (response_code: unknown, more: object = {}) => {
    const body = { userids: ['lina'], agentid: AGENT, response_code, button: { replace_name: '已处理' }, ...more };
    return await (await apiOf(emulator)).post<{ invaliduser?: string[] }>('message/update_template_card', body);
  };
  return { emulator, product, lina, wang, api, sent, update, messageId: shown?.messageId ?? '' };
}

describe('response codes', () => {
  test('only cards that can call back bring one', async () => {
    const notice = {
      card_type: 'text_notice',
      main_title: { title: '摘要' },
      card_action: { type: 1, url: 'https://crm.example' },
    };
    expect((await sentCard(notice)).sent.response_code).toBeUndefined();
    const menu = { desc: '更多', action_list: [{ text: '静音', key: 'mute' }] };
    expect((await sentCard({ ...notice, task_id: 't', action_menu: menu })).sent.response_code).toBeTruthy();
  });

  test('the send’s code works once, within 72 hours', async () => {
    const { update, sent, emulator, messageId } = await sentCard();
    emulator.clock.advance(72 * HOUR);
    expect((await update(sent.response_code)).errcode).toBe(0);
    expect((await update(sent.response_code)).errcode).toBe(60140);
    expect(emulator.card(messageId).updates).toBe(1);
  });

  test('after 72 hours it is over, and a tap brings a fresh one', async () => {
    const { update, sent, emulator, lina, messageId } = await sentCard();
    emulator.clock.advance(72 * HOUR + 1);
    expect((await update(sent.response_code)).errcode).toBe(60140);
    const tapped = await emulator.tap(lina, messageId, 'advance');
    expect(tapped.ok && (await update(tapped.responseCode)).errcode).toBe(0);
    expect((await update('invented')).errcode).toBe(60140);
  });

  test('a refused update leaves the code alive', async () => {
    const { update, sent } = await sentCard();
    expect(
      (await update(sent.response_code, { button: undefined, template_card: { card_type: 'fancy' } })).errcode,
    ).toBe(42031);
    expect((await update(sent.response_code, { agentid: 1 })).errcode).toBe(42015);
    expect((await update(sent.response_code, { userids: [] })).errcode).toBe(82101);
    expect((await update(sent.response_code, { userids: ['zhao'] })).errcode).toBe(82102);
    expect(await update(sent.response_code, { userids: ['lina', 'zhao'] })).toMatchObject({
      errcode: 0,
      invaliduser: ['zhao'],
    });
  });
});

describe('updates', () => {
  test('go to those who are named, or to all', async () => {
    const { update, sent, emulator, lina, wang, messageId } = await sentCard();
    expect((await update(sent.response_code)).errcode).toBe(0);
    expect([emulator.cardsOf(lina)[0]?.updates, emulator.cardsOf(wang)[0]?.updates]).toEqual([1, 0]);
    const tapped = await emulator.tap(wang, emulator.cardsOf(wang)[0]?.messageId ?? '', 'ignore');
    const template_card = { ...BUTTON_CARD, main_title: { title: '已赢单' }, replace_text: '已推进' };
    const all = { userids: undefined, atall: 1, button: undefined, template_card };
    expect(tapped.ok && (await update(tapped.responseCode, all)).errcode).toBe(0);
    expect(emulator.card(messageId).text).toContain('已赢单');
    expect(emulator.cardsOf(wang)[0]?.updates).toBe(1);
    expect(await emulator.tap(lina, messageId, 'advance')).toEqual({ ok: false, reason: 'disabled' });
  });
});

describe('taps', () => {
  test('a menu entry is an event of its own', async () => {
    const menu = { desc: '更多', action_list: [{ text: '静音', key: 'mute' }] };
    const { emulator, product, lina, messageId } = await sentCard({ ...BUTTON_CARD, action_menu: menu });
    expect((await emulator.tap(lina, messageId, '静音')).ok).toBe(true);
    const xml = product.inner().at(-1);
    expect([field(xml, 'Event'), field(xml, 'EventKey')]).toEqual(['template_card_menu_event', 'mute']);
    expect(xml).not.toContain('SelectedItem');
  });

  test('a submit carries what was chosen, one element per item', async () => {
    const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
    const vote = {
      card_type: 'vote_interaction',
      main_title: { title: '选' },
      task_id: 'v1',
      checkbox: { question_key: 'q', mode: 1, option_list: options },
      submit_button: { text: '提交', key: 'submit' },
    };
    const { emulator, product, lina, messageId } = await sentCard(vote);
    await emulator.tap(lina, messageId, '提交', { q: ['a', 'c'] });
    const id = (name: string) => `<OptionId><![CDATA[${name}]]></OptionId>`;
    expect(product.inner().at(-1)).toContain(`<OptionIds>${id('a')}${id('c')}</OptionIds>`);
    expect(await emulator.tap(lina, messageId, '提交', { q: ['z'] })).toEqual({ ok: false, reason: 'no_such_option' });
  });

  test('people cannot tap what they do not see', async () => {
    const { emulator, wang, lina, messageId, api, sent } = await sentCard();
    expect(await emulator.tap(wang, messageId, 'advance')).toEqual({ ok: false, reason: 'not_a_recipient' });
    expect(await emulator.tap(lina, messageId, 'win')).toEqual({ ok: false, reason: 'no_such_control' });
    expect((await api.post('message/recall', { msgid: sent.msgid })).errcode).toBe(0);
    expect(await emulator.tap(lina, messageId, 'advance')).toEqual({ ok: false, reason: 'recalled' });
    expect(emulator.cardsOf(lina)).toEqual([]);
  });

  test('a product that does not take the tap leaves the person without an answer', async () => {
    const { emulator, product, lina, messageId } = await sentCard();
    product.answer = () => ({ status: 500, body: '' });
    expect(await emulator.tap(lina, messageId, 'advance')).toMatchObject({
      reason: 'not_delivered',
      detail: 'status_500',
    });
  });
});
