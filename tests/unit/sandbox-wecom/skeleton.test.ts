/** The emulator end to end: token, text, signed and encrypted callback, card, tap, update, address check, bot socket. */
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { AGENT, apiOf, cardTo, field, standIn, startEmulator } from './support.ts';

test('the app sends a text to members, and partial failure is told', async () => {
  const emulator = await startEmulator();
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const api = await apiOf(emulator);
  const sent = await api.post<{ msgid: string; invaliduser: string }>('message/send', {
    touser: 'LINA|Nobody',
    msgtype: 'text',
    agentid: AGENT,
    text: { content: '您好' },
  });
  expect(sent).toMatchObject({ errcode: 0, invaliduser: 'nobody' });
  expect(emulator.textsOf(lina)).toEqual(['您好']);
  expect(emulator.journal.complaints).toEqual([]);
});

test('words to the app arrive signed and encrypted as XML', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const said = emulator.sayToApp(lina, '客户要报价 ]]> <b>&');
  expect((await said.delivery?.done)?.accepted).toBe(true);
  const [xml] = product.inner();
  expect(xml).toContain('<Content><![CDATA[客户要报价 ]]]]><![CDATA[> <b>&]]></Content>');
  expect(field(xml, 'FromUserName')).toBe('lina');
  expect(field(xml, 'AgentID')).toBe(String(AGENT));
  expect(xml).toMatch(/<MsgId>\d{19}<\/MsgId>/);
  expect(Number.isSafeInteger(Number(field(xml, 'MsgId')))).toBe(false);
});

test('a tap on a card brings a fresh code, which updates the card once', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const api = await apiOf(emulator);
  const sent = await api.post<{ response_code: string }>('message/send', cardTo('lina'));
  const card = await emulator.waitForCard(lina, '商机推进');
  const tapped = await emulator.tap(lina, card.messageId, '推进', { stage: 'won' });
  expect(tapped).toMatchObject({ ok: true });
  const xml = product.inner().at(-1);
  expect(field(xml, 'Event')).toBe('template_card_event');
  expect(field(xml, 'EventKey')).toBe('advance');
  expect(field(xml, 'OptionId')).toBe('won');
  const response_code = field(xml, 'ResponseCode');
  expect(response_code).not.toBe(sent.response_code);
  const update = { userids: ['lina'], agentid: AGENT, response_code, button: { replace_name: '已推进' } };
  expect((await api.post('message/update_template_card', update)).errcode).toBe(0);
  expect(emulator.card(card.messageId)).toMatchObject({ updates: 1, buttons: [] });
  expect(emulator.card(card.messageId).text).toContain('已推进');
  expect((await api.post('message/update_template_card', update)).errcode).toBe(60140);
  expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['used_response_code']);
});

test('the callback address is checked with an encrypted echo', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  expect(await emulator.checkCallback()).toEqual({ ok: false, reason: 'wrong_echo' });
  expect(product.received[0]?.method).toBe('GET');
});

test('mounted under a path prefix, API and bot socket lead to the right place', async () => {
  const emulator = await startEmulator({ basePath: '/wecom-platform' });
  expect(emulator.apiBase).toMatch(/:\d+\/wecom-platform$/);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const socket = new WebSocket(emulator.botUrl);
  onTestFinished(() => socket.terminate());
  const frames: { cmd?: string; body?: { text?: { content: string } } }[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.once('open', resolve));
  const body = { bot_id: 'BOT', secret: 'bot secret' };
  socket.send(JSON.stringify({ cmd: 'aibot_subscribe', headers: { req_id: 'aibot_subscribe_1' }, body }));
  await emulator.waitForBot();
  expect((await emulator.sayToBot(lina, '在吗').delivery?.done)?.accepted).toBe(true);
  await expect.poll(() => frames.length).toBe(2);
  expect(frames[0]).toEqual({ headers: { req_id: 'aibot_subscribe_1' }, errcode: 0, errmsg: 'ok' });
  expect(frames[1]).toMatchObject({ cmd: 'aibot_msg_callback', body: { text: { content: '在吗' } } });
});
