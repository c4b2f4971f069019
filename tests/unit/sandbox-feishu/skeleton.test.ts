/** The emulator and the official SDK understand each other: token, send, signed and encrypted push, long connection. */
import { expect, test } from 'vitest';
import { clientOf, connect, dispatcherWith, standIn, startEmulator } from './support.ts';

test('the official client sends a text to a person and into a group', async () => {
  const emulator = await startEmulator();
  const { world } = emulator;
  const sales = world.addPerson({ name: '陈晓' });
  const group = world.createGroup({ name: '华东销售', members: [sales] });
  await standIn(emulator);
  await emulator.addBotToGroup(group, sales).done;
  const client = clientOf(emulator);
  for (const [receive_id_type, receive_id] of [
    ['open_id', sales.openId],
    ['chat_id', group.chatId],
  ] as const) {
    const sent = await client.im.v1.message.create({
      params: { receive_id_type },
      data: { receive_id, msg_type: 'text', content: JSON.stringify({ text: '您好' }) },
    });
    expect(sent.code).toBe(0);
    expect(world.message(sent.data?.message_id ?? '').content).toBe('{"text":"您好"}');
  }
  expect(emulator.journal.complaints).toEqual([]);
});

test('a message of a customer is pushed encrypted and signed, and the official dispatcher reads it', async () => {
  const emulator = await startEmulator();
  const sales = emulator.world.addPerson({ name: '陈晓' });
  const customer = emulator.world.addPerson({ name: '王总', company: '宏达机械' });
  const group = emulator.world.createGroup({ name: '宏达询价', members: [sales, customer] });
  const product = await standIn(emulator);
  await emulator.addBotToGroup(group, sales).done;
  const said = emulator.say(customer, group, '帮我报下价', { mention: ['bot'] });
  await said.delivery?.done;
  const heard: { message: { message_id: string; content: string }; sender: { tenant_key: string } }[] = [];
  const dispatcher = dispatcherWith({ 'im.message.receive_v1': async (data) => heard.push(data) });
  const last = product.received.at(-1);
  const body: object = JSON.parse(last?.body.toString('utf8') ?? '');
  expect(Object.keys(body)).toEqual(['encrypt']);
  await dispatcher.invoke(Object.assign(Object.create({ headers: last?.headers }), body));
  expect(heard).toHaveLength(1);
  expect(heard[0]?.message.message_id).toBe(said.messageId);
  expect(heard[0]?.message.content).toBe('{"text":"@_user_1 帮我报下价"}');
  expect(heard[0]?.sender.tenant_key).toBe(customer.tenantKey);
});

test('the same message travels over the long connection, whole and in fragments', async () => {
  const emulator = await startEmulator({ mode: 'websocket' });
  const person = emulator.world.addPerson({ name: '陈晓' });
  const heard: string[] = [];
  const dispatcher = dispatcherWith({
    'im.message.receive_v1': async (data: { message: { content: string } }) => {
      heard.push(JSON.parse(data.message.content).text);
    },
  });
  await connect(emulator, dispatcher);
  await emulator.sayToBot(person, '整条').delivery?.done;
  const cut = await emulator.sayToBot(person, '切开的汉字', { flaws: { fragments: 7 } }).delivery?.done;
  expect(cut?.accepted).toBe(true);
  expect(heard).toEqual(['整条', '切开的汉字']);
});

test('mounted under a path prefix, API and long connection lead to the right place', async () => {
  const emulator = await startEmulator({ mode: 'websocket', basePath: '/feishu-platform' });
  expect(emulator.apiBase).toMatch(/:\d+\/feishu-platform$/);
  const info = await clientOf(emulator).request<{ bot: { open_id: string } }>({
    method: 'GET',
    url: '/open-apis/bot/v3/info',
  });
  expect(info.bot.open_id).toBe(emulator.world.bot.openId);
  await connect(emulator, dispatcherWith({ 'im.message.receive_v1': async () => ({}) }));
  const person = emulator.world.addPerson({ name: '陈晓' });
  const outcome = await emulator.sayToBot(person, '在吗').delivery?.done;
  expect(outcome?.accepted).toBe(true);
});
