/** The emulator as a part: mounted beside others, on a borrowed clock, with repeatable chance. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { API_PATH, createDingtalkEmulator, OAPI_PATH } from '../../../sandbox/dingtalk/index.ts';
import { AES_KEY, CLIENT, call, connect, kinds, office, SECRET, sound, startEmulator, TOKEN } from './support.ts';

test('mounted under a path of another server, it answers below it and says so in its addresses', async () => {
  const server = createServer((req, res) => emulator.handle(req, res));
  server.on('upgrade', (req, socket, head) => emulator.upgrade(req, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const [origin, basePath] = [`http://127.0.0.1:${port}`, '/dingtalk-platform'];
  const keys = { clientId: CLIENT, clientSecret: SECRET, corpId: 'ding1', token: TOKEN, aesKey: AES_KEY };
  const emulator = createDingtalkEmulator({ ...keys, mode: 'stream', origin, basePath });
  onTestFinished(async () => {
    await emulator.close();
    server.closeAllConnections();
    server.close();
  });
  const [apiBase, oapiBase] = [API_PATH, OAPI_PATH].map((path) => `${origin}${basePath}${path}`) as [string, string];
  const product = await connect({ ...emulator, apiBase, oapiBase, port });
  await emulator.waitForConnection();
  const lina = emulator.world.addPerson({ name: '李娜' });
  await emulator.sayToBot(lina, '在吗').delivery?.done;
  const webhook = String(product.frames[0]?.data.sessionWebhook);
  expect(webhook.startsWith(`${oapiBase}/robot/sendBySession`)).toBe(true);
  await call(webhook, '', { msgtype: 'text', text: { content: '在' } });
  expect(await emulator.waitForText(lina)).toBe('在');
  expect(JSON.stringify(emulator.journal.entries)).not.toContain(SECRET);
});

test.each([true, false])(
  'an unanswered message comes after 16 s and 60 s (fresh frame ids: %s)',
  async (freshMessageIds) => {
    const emulator = await startEmulator({ now: () => 1_700_000_000_000, deadlineMs: 100, freshMessageIds });
    const { lina } = office(emulator);
    const product = await connect(emulator);
    product.answer = (frame) => (product.frames.length === 3 ? sound(frame) : null);
    const { delivery } = emulator.sayToBot(lina, '在吗');
    await delivery?.first;
    emulator.clock.advance(15_000);
    await emulator.quiet();
    expect(product.frames).toHaveLength(1);
    emulator.clock.advance(1000);
    await emulator.journal.until(() => delivery?.outcomes.length === 2);
    emulator.clock.advance(60_000);
    expect((await delivery?.done)?.accepted).toBe(true);
    expect(new Set(product.frames.map(({ headers }) => headers.messageId)).size).toBe(freshMessageIds ? 3 : 1);
    expect(new Set(product.frames.map(({ data }) => data.msgId)).size).toBe(1);
  },
);

test('what a dead connection got is lost, and comes again', async () => {
  const emulator = await startEmulator({ deadlineMs: 50, retryTimeScale: 50 });
  const { lina } = office(emulator);
  emulator.misbehave.gateway.ghosts(1);
  expect((await emulator.sayToBot(lina, '在吗').delivery?.first)?.reason).toBe('timeout');
  const product = await connect(emulator);
  emulator.misbehave.gateway.ghosts(0);
  await emulator.journal.until(() => product.frames.length === 1);
  const [connection] = emulator.gateway.connections();
  expect(connection).toMatchObject({ routed: true, topics: expect.arrayContaining(['EVENT *']) });
});

test('another company’s message says so on the stream too', async () => {
  const emulator = await startEmulator();
  const { lina } = office(emulator);
  const product = await connect(emulator);
  await emulator.sayToBot(lina, '在吗', { flaws: { wrongCorp: true } }).delivery?.done;
  await emulator.hire({ name: '小周' }, { wrongCorp: true }).delivery.done;
  const [message, event] = product.frames;
  expect(message?.data.chatbotCorpId).not.toBe('dingcorp0001');
  expect(event?.headers.eventCorpId).not.toBe('dingcorp0001');
});

test('held back and let go in reverse; dropped on the way', async () => {
  const emulator = await startEmulator();
  const { lina } = office(emulator);
  const product = await connect(emulator);
  emulator.deliveries.hold();
  const said = ['一', '二'].map((words) => emulator.sayToBot(lina, words).delivery);
  emulator.deliveries.release('reversed');
  await Promise.all(said.map((delivery) => delivery?.done));
  expect(product.frames.map(({ data }) => data.text)).toEqual([{ content: '二' }, { content: '一' }]);
  emulator.misbehave.nextPushes({ dropped: true });
  expect((await emulator.sayToBot(lina, '三').delivery?.done)?.reason).toBe('dropped');
  expect([product.frames.length, kinds(emulator)]).toEqual([2, []]);
});

test('the same seed gives the same ids', async () => {
  const ids = await Promise.all([1, 1, 2].map(async (seed) => office(await startEmulator({ seed })).lina.userId));
  expect(ids[0]).toBe(ids[1]);
  expect(ids[0]).not.toBe(ids[2]);
});
