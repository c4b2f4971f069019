/** Small things people do: join, leave, answer, mention in a post, recall; and time that a caller keeps. */
import { expect, test } from 'vitest';
import { decrypt } from '../../../sandbox/feishu/sealing.ts';
import { ENCRYPT_KEY, standIn, startEmulator } from './support.ts';

async function desk(options: Parameters<typeof startEmulator>[0] = {}) {
  const emulator = await startEmulator(options);
  const product = await standIn(emulator);
  const { world } = emulator;
  const sales = world.addPerson({ name: '陈晓' });
  const customer = world.addPerson({ name: '王总', company: '宏达机械' });
  const group = world.createGroup({ name: '宏达询价', members: [sales, customer] });
  const received = () =>
    product.received.map(({ body }) => JSON.parse(decrypt(JSON.parse(body.toString()).encrypt, ENCRYPT_KEY)));
  return { emulator, product, world, sales, customer, group, received };
}

test('people of one company share its key; outsiders make a group external and stay out of internal ones', async () => {
  const { emulator, world, sales, customer, group } = await desk();
  expect(world.addPerson({ name: '小刘', company: '宏达机械' }).tenantKey).toBe(customer.tenantKey);
  expect(customer.tenantKey).not.toBe(sales.tenantKey);
  expect(group.external).toBe(true);
  const internal = world.createGroup({ name: '内部', members: [sales] });
  expect(internal.external).toBe(false);
  expect(() => emulator.joinGroup(internal, customer)).toThrow('takes no outsiders');
  expect(() => emulator.say(customer, internal, '我能进吗')).toThrow('is not in');
});

test('comings and goings are pushed while the bot is there', async () => {
  const { emulator, world, sales, group, received } = await desk();
  const late = world.addPerson({ name: '小周' });
  expect(emulator.joinGroup(group, late)).toBeNull();
  await emulator.addBotToGroup(group, sales).done;
  await emulator.leaveGroup(group, late)?.done;
  await emulator.disbandGroup(group, sales)?.done;
  await emulator.removeBotFromGroup(group, sales).done;
  expect(received().map(({ header }) => header.event_type)).toEqual([
    'im.chat.member.bot.added_v1',
    'im.chat.member.user.deleted_v1',
    'im.chat.disbanded_v1',
    'im.chat.member.bot.deleted_v1',
  ]);
  expect(received()[0].event).toMatchObject({
    external: true,
    name: '宏达询价',
    operator_id: { open_id: sales.openId },
  });
});

test('replies carry parent and root, a post its mention, a recall its message', async () => {
  const { emulator, sales, customer, group, received } = await desk();
  await emulator.addBotToGroup(group, sales).done;
  const first = emulator.say(customer, group, '能报价吗');
  await first.delivery?.done;
  const second = emulator.say(sales, group, '可以', { replyTo: first.messageId });
  await second.delivery?.done;
  await emulator.say(customer, group, { image: 'img_v3_1' }, { replyTo: second.messageId }).delivery?.done;
  const post = { post: { title: '清单', paragraphs: ['看这里', '十台'] } };
  await emulator.say(sales, group, post, { mention: ['bot', customer] }).delivery?.done;
  await emulator.recall(first.messageId)?.done;
  const messages = received().map(({ event }) => event.message);
  expect(messages[2]).toMatchObject({ parent_id: first.messageId, root_id: first.messageId });
  expect(messages[3]).toMatchObject({ parent_id: second.messageId, root_id: first.messageId, message_type: 'image' });
  expect(JSON.parse(messages[4].content).content[0].map(({ tag }: { tag: string }) => tag)).toEqual([
    'at',
    'at',
    'text',
  ]);
  expect(messages[4].mentions).toMatchObject([
    { mentioned_type: 'bot' },
    { name: '王总', tenant_key: customer.tenantKey },
  ]);
  expect(received()[5].event.message_id).toBe(first.messageId);
});

test('one seed gives one world', async () => {
  const [one, two] = [await desk(), await desk()];
  expect(one.sales.openId).toBe(two.sales.openId);
  expect((await desk({ seed: 8 })).sales.openId).not.toBe(one.sales.openId);
});

test('a clock that the caller pushes also fires by itself when told so', async () => {
  let pushed = 0;
  const { emulator, product, sales } = await desk({
    now: () => Date.now() + pushed,
    selfRunning: true,
    retryTimeScale: 1000,
  });
  const answers = [503, 503, 200];
  product.answer = () => ({ status: answers.shift() ?? 200, body: '{}' });
  const delivery = emulator.sayToBot(sales, '在吗').delivery;
  await emulator.journal.until(() => delivery?.outcomes.length === 2, { what: 'the retry after 15 ms' });
  pushed = 300_000;
  emulator.clock.advance(0);
  expect((await delivery?.done)?.accepted).toBe(true);
});
