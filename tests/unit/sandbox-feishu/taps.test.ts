/** Hands on cards: what is sent by either transport, who may tap, what the tapper sees, and the ways to update afterwards. */
import { expect, test } from 'vitest';
import type { ListeningFeishuEmulator } from '../../../sandbox/feishu/index.ts';
import { decrypt } from '../../../sandbox/feishu/sealing.ts';
import { button, card, FORM, plain } from './card-samples.ts';
import {
  type Answer,
  clientOf,
  codeOf,
  connect,
  dispatcherWith,
  ENCRYPT_KEY,
  type Received,
  standIn,
  startEmulator,
} from './support.ts';

const DONE = card({ tag: 'markdown', content: '已认领' });

interface TapEvent {
  header: { create_time: string };
  event: {
    operator: { open_id: string; tenant_key: string };
    token: string;
    action: Record<string, unknown>;
    context: Record<string, string>;
  };
}

const eventIn = ({ body }: Received): TapEvent => JSON.parse(decrypt(JSON.parse(body.toString()).encrypt, ENCRYPT_KEY));

async function desk(emulator: ListeningFeishuEmulator, ...elements: object[]) {
  const { world } = emulator;
  const sales = world.addPerson({ name: '陈晓' });
  const boss = world.addPerson({ name: '李总' });
  const stranger = world.addPerson({ name: '路人' });
  const group = world.createGroup({ name: '华东销售', members: [sales, boss] });
  group.botIn = true;
  const client = clientOf(emulator);
  const sent = await client.im.v1.message.create({
    params: { receive_id_type: 'chat_id' },
    data: { receive_id: group.chatId, msg_type: 'interactive', content: JSON.stringify(card(...elements)) },
  });
  const messageId = sent.data?.message_id ?? '';
  const patch = (value: object) =>
    codeOf(client.im.v1.message.patch({ path: { message_id: messageId }, data: { content: JSON.stringify(value) } }));
  const delayed = (token: string, value: object) =>
    codeOf(
      client.request({ method: 'POST', url: '/open-apis/interactive/v1/card/update', data: { token, card: value } }),
    );
  return { world, sales, boss, stranger, group, client, messageId, patch, delayed };
}

const claim = button('认领', { act: 'claim', id: '42' });

test('a tap arrives by webhook with the value of its button, and the answer changes the card', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const { sales, group, messageId } = await desk(emulator, claim);
  product.answer = () => ({
    status: 200,
    body: JSON.stringify({ toast: { type: 'success', content: '已认领' }, card: { type: 'raw', data: DONE } }),
  });
  const result = await emulator.tap(sales, messageId, '认领');
  expect(result).toMatchObject({ ok: true, toast: { type: 'success', content: '已认领' }, cardChanged: true });
  const [received] = product.received;
  if (!received) throw new Error('nothing arrived');
  const { header, event } = eventIn(received);
  expect(header.create_time).toHaveLength(16);
  expect(event.operator).toMatchObject({ open_id: sales.openId, tenant_key: sales.tenantKey });
  expect(event.action).toEqual({ value: { act: 'claim', id: '42' }, tag: 'button', timezone: 'Asia/Shanghai' });
  expect(event.context).toEqual({ open_message_id: messageId, open_chat_id: group.chatId });
  expect(event.token).toMatch(/^c-[0-9a-f]{40}$/);
  expect(emulator.card(messageId)).toMatchObject({ updates: 1, text: expect.stringContaining('已认领') });
  expect(emulator.journal.complaints).toEqual([]);
});

test('a tap arrives over the long connection and is answered inside the ack', async () => {
  const emulator = await startEmulator({ mode: 'websocket' });
  const { sales, messageId } = await desk(emulator, claim);
  const handler = async (data: { action: { value: { act: string } } }) => ({
    toast: { type: 'info', content: `收到 ${data.action.value.act}` },
    card: { type: 'raw', data: DONE },
  });
  await connect(emulator, dispatcherWith({ 'card.action.trigger': handler }));
  const result = await emulator.tap(sales, messageId, { value: { act: 'claim' } });
  expect(result).toMatchObject({ ok: true, toast: { content: '收到 claim' }, cardChanged: true });
});

test('a submit button sends every field of its form, given or shown at first', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const { sales, messageId } = await desk(emulator, FORM);
  expect(await emulator.tap(sales, messageId, '提交')).toEqual({ ok: false, reason: 'required_field' });
  expect(await emulator.tap(sales, messageId, '提交', { stage: 'maybe' })).toEqual({
    ok: false,
    reason: 'no_such_option',
  });
  expect(await emulator.tap(sales, messageId, '提交', { stage: 'won', note: '长'.repeat(1_001) })).toEqual({
    ok: false,
    reason: 'too_long',
  });
  await expect(emulator.tap(sales, messageId, '提交', { amount: '1' })).rejects.toThrow('no field amount');
  expect(await emulator.tap(sales, messageId, '提交', { stage: 'won', note: '定了' })).toMatchObject({
    ok: true,
    cardChanged: false,
  });
  expect(product.received.map((one) => eventIn(one).event.action)).toEqual([
    {
      value: { act: 'save' },
      tag: 'button',
      name: 'submit1',
      timezone: 'Asia/Shanghai',
      form_value: { note: '定了', stage: 'won' },
    },
  ]);
});

test('what the client does not even send', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const link = {
    tag: 'button',
    text: plain('看'),
    behaviors: [{ type: 'open_url', default_url: 'https://crm.example.cn/' }],
  };
  const sure = button('删', { act: 'x' }, { confirm: { title: plain('确定?'), text: plain('删了就没了') } });
  const { world, sales, stranger, messageId } = await desk(emulator, button('灰', {}, { disabled: true }), sure, link);
  const tap = async (who: typeof sales, what: string, confirm = true) =>
    emulator.tap(who, messageId, what, {}, { confirm });
  expect(await tap(stranger, '删')).toMatchObject({ reason: 'not_a_member' });
  expect(await tap(sales, '灰')).toMatchObject({ reason: 'disabled' });
  expect(await tap(sales, '没有的')).toMatchObject({ reason: 'no_such_control' });
  expect(await tap(sales, '删', false)).toMatchObject({ reason: 'cancelled' });
  expect(await tap(sales, '看')).toMatchObject({ ok: true, opened: 'https://crm.example.cn/', eventId: null });
  world.message(messageId).deleted = true;
  expect(await tap(sales, '删')).toMatchObject({ reason: 'recalled' });
  expect(product.received).toHaveLength(0);
});

test('what goes wrong on the way shows the code that people see', async () => {
  const emulator = await startEmulator({ deadlineMs: 60 });
  const product = await standIn(emulator);
  const { sales, messageId } = await desk(emulator, claim);
  const answer = (body: unknown) => ({ status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const cases: [Answer, number][] = [
    [null, 200341],
    [{ status: 500, body: '' }, 200671],
    [{ status: 204, body: '' }, 200671],
    [answer(''), 200672],
    [answer({ toast: { type: 'loud', content: 'x' } }), 200672],
    [answer({ card: { type: 'raw', data: card({ tag: 'note', elements: [] }) } }), 200673],
    [answer({ card: DONE }), 200673],
    [answer({ card: { type: 'raw', data: { elements: [] } } }), 200830],
  ];
  for (const [given, code] of cases) {
    product.answer = () => given;
    expect(await emulator.tap(sales, messageId, '认领')).toMatchObject({ ok: false, code });
  }
  expect(product.received).toHaveLength(cases.length);
  expect(emulator.card(messageId).updates).toBe(0);
  emulator.deliveries.setCallbackUrl('http://127.0.0.1:9/');
  expect(await emulator.tap(sales, messageId, '认领')).toMatchObject({ code: 200342 });
});

test('PATCH changes our own card until it is 14 days old, five times a second, and never during a tap', async () => {
  let now = 1_700_000_000_000;
  const emulator = await startEmulator({ now: () => now });
  const product = await standIn(emulator);
  const { world, sales, group, messageId, patch, client } = await desk(emulator, claim);
  expect(await patch({ elements: [] })).toBe(230099);
  for (let i = 0; i < 4; i += 1) expect(await patch(DONE)).toBe(0);
  expect(await patch(DONE)).toBe(230020);
  expect(emulator.card(messageId).text).toContain('已认领');
  now += 1001;
  expect(await patch(card(claim))).toBe(0);
  const raced: number[] = [];
  product.answer = async () => {
    raced.push(await patch(DONE));
    return { status: 200, body: '{}' };
  };
  expect(await emulator.tap(sales, messageId, '认领')).toMatchObject({ ok: true });
  expect(raced).toEqual([230099]);
  expect(emulator.journal.complaints.at(-1)?.kind).toBe('racing_update');
  const theirs = world.addMessage({
    chatId: group.chatId,
    sender: { kind: 'person', openId: sales.openId },
    type: 'interactive',
    content: '{}',
  });
  const foreign = client.im.v1.message.patch({ path: { message_id: theirs.messageId }, data: { content: '{}' } });
  expect(await codeOf(foreign)).toBe(230012);
  now += 14 * 86_400_000;
  const late = { path: { message_id: messageId }, data: { content: JSON.stringify(DONE) } };
  expect(await codeOf(clientOf(emulator).im.v1.message.patch(late))).toBe(230031);
  expect(emulator.journal.complaints.map(({ kind }) => kind)).toContain('update_too_late');
});

test('the update token works twice within half an hour, after the answer only', async () => {
  let now = 1_700_000_000_000;
  const emulator = await startEmulator({ now: () => now });
  const product = await standIn(emulator);
  const { sales, messageId, delayed } = await desk(emulator, claim);
  const tokenOf = async (): Promise<string> => {
    await emulator.tap(sales, messageId, '认领');
    const last = product.received.at(-1);
    return last ? eventIn(last).event.token : '';
  };
  const token = await tokenOf();
  expect(await delayed('c-unknown', DONE)).toBe(300020);
  expect(await delayed(token, card({ tag: 'note', elements: [] }))).toBe(230099);
  expect(await delayed(token, card(claim))).toBe(0);
  expect(await delayed(token, card(claim))).toBe(0);
  expect(await delayed(token, DONE)).toBe(300040);
  const second = await tokenOf();
  now += 31 * 60_000;
  expect(await delayed(second, DONE)).toBe(300030);
  expect(emulator.card(messageId).updates).toBe(2);
});

test('an ephemeral card is seen by one member only', async () => {
  const emulator = await startEmulator();
  await standIn(emulator);
  const { sales, boss, stranger, group, client } = await desk(emulator, claim);
  const send = (openId: string) =>
    client.request<{ code: number; data: { message_id: string } }>({
      method: 'POST',
      url: '/open-apis/ephemeral/v1/send',
      data: { chat_id: group.chatId, open_id: openId, msg_type: 'interactive', card: card(claim) },
    });
  const sent = await send(sales.openId);
  expect(await codeOf(send(stranger.openId))).toBe(230001);
  expect(emulator.card(sent.data.message_id).onlyFor).toBe(sales.openId);
  expect(await emulator.tap(boss, sent.data.message_id, '认领')).toMatchObject({ reason: 'not_a_member' });
  expect(await emulator.tap(sales, sent.data.message_id, '认领')).toMatchObject({ ok: true });
});

test('cards and texts can be awaited', async () => {
  const emulator = await startEmulator();
  await standIn(emulator);
  const waiting = desk(emulator, claim);
  const { group, messageId } = await waiting;
  expect(await emulator.waitForCard(group, '客户 Acme')).toMatchObject({ messageId, buttons: ['认领'] });
  await expect(emulator.waitForText(group, '没有', { timeoutMs: 20 })).rejects.toThrow(
    'waited 20 ms for a text with 没有',
  );
});
