/** The stream at work and at its worst: opening, sharing, acks, redelivery, pings, goodbyes, storms. */
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connect, kinds, office, openConnection, ROBOT, sound, startEmulator } from './support.ts';

const open = (url: string) =>
  new Promise<string>((resolve) => {
    const socket = new WebSocket(url);
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_req, res) => {
      resolve(String(res.statusCode));
      socket.terminate();
    });
    socket.on('error', () => {});
  });

test('opening: wrong secret, strange topics, XML for who does not ask for JSON', async () => {
  const emulator = await startEmulator();
  expect(await openConnection(emulator, { clientSecret: 'wrong' })).toMatchObject({
    status: 401,
    body: { code: 'authFailed', message: '鉴权失败' },
  });
  const strange = await openConnection(emulator, { subscriptions: [{ type: 'EVENT', topic: 'user_add_org' }] });
  expect(strange.status).toBe(400);
  const plain = await fetch(`${emulator.apiBase}/v1.0/gateway/connections/open`, { method: 'POST', body: '{}' });
  expect(plain.headers.get('content-type')).toBe('application/xml');
  expect(kinds(emulator)).toEqual(['wrong_secret', 'bad_request', 'bad_request']);
});

test('a ticket opens one connection, within 90 s', async () => {
  let at = 1_700_000_000_000;
  const emulator = await startEmulator({ now: () => at });
  const { endpoint, ticket } = (await openConnection(emulator)).body;
  expect(endpoint).toBe(`${emulator.apiBase.replace('http', 'ws').replace('/api', '')}/connect`);
  expect(await open(`${endpoint}?ticket=${ticket}`)).toBe('open');
  expect(await open(`${endpoint}?ticket=${ticket}`)).toBe('401');
  const late = (await openConnection(emulator)).body;
  at += 91_000;
  expect(await open(`${late.endpoint}?ticket=${late.ticket}`)).toBe('401');
});

test('a private message arrives in the documented frame and is acknowledged', async () => {
  const emulator = await startEmulator();
  const { lina } = office(emulator);
  const product = await connect(emulator);
  const { messageId, delivery } = emulator.sayToBot(lina, '客户要报价');
  expect(await delivery?.done).toMatchObject({ accepted: true, answer: 'null' });
  const [frame] = product.frames;
  expect(frame).toMatchObject({ type: 'CALLBACK', headers: { topic: ROBOT, contentType: 'application/json' } });
  expect(frame?.data).toMatchObject({
    msgId: messageId,
    msgtype: 'text',
    text: { content: '客户要报价' },
    conversationType: '1',
    senderStaffId: lina.userId,
    senderCorpId: 'dingcorp0001',
  });
  const { sessionWebhookExpiredTime, createAt, sessionWebhook } = frame?.data ?? {};
  expect(Number(sessionWebhookExpiredTime) - Number(createAt)).toBe(5_400_000);
  expect(String(sessionWebhook).startsWith(`${emulator.oapiBase}/robot/sendBySession?session=`)).toBe(true);
  expect(emulator.journal.complaints).toEqual([]);
});

test('nothing goes to a connection that did not subscribe to it', async () => {
  const emulator = await startEmulator();
  const { lina } = office(emulator);
  await connect(emulator, { subscriptions: [{ type: 'EVENT', topic: '*' }] });
  expect((await emulator.sayToBot(lina, '在吗').delivery?.first)?.reason).toBe('no_connection');
  expect((await emulator.hire({ name: '小周' }).delivery.first).accepted).toBe(true);
});

test('without an ack a message comes again with the same msgId', async () => {
  const emulator = await startEmulator({ deadlineMs: 150, retryTimeScale: 1000 });
  const { lina } = office(emulator);
  const product = await connect(emulator);
  product.answer = (frame) => (product.frames.length > 1 ? sound(frame) : null);
  const { delivery } = emulator.sayToBot(lina, '在吗');
  expect((await delivery?.done)?.accepted).toBe(true);
  const [first, second] = product.frames;
  expect(second?.data).toEqual(first?.data);
  expect(second?.headers.messageId).not.toBe(first?.headers.messageId);
  expect(kinds(emulator)).toEqual(['late_ack']);
});

test('an event comes again on LATER; an ack that is a forgotten promise is told', async () => {
  const emulator = await startEmulator({ retryTimeScale: 1000 });
  const product = await connect(emulator);
  const answers = [{ data: { status: 'LATER' } }, { data: {} }, { data: { status: 'SUCCESS' } }];
  product.answer = () => answers[product.frames.length - 1] ?? null;
  const { delivery } = emulator.hire({ name: '小周' });
  await delivery.done;
  expect(delivery.outcomes.map(({ reason }) => reason)).toEqual(['ack_later', 'ack_unreadable', null]);
  expect(product.frames[0]).toMatchObject({ type: 'EVENT', headers: { eventType: 'user_add_org', topic: '*' } });
  expect(kinds(emulator)).toContain('bad_ack');
});

test('messages are shared among connections by chance', async () => {
  const emulator = await startEmulator();
  const { lina } = office(emulator);
  const products = [await connect(emulator), await connect(emulator)];
  await Promise.all(Array.from({ length: 30 }, (_, i) => emulator.sayToBot(lina, `${i}`).delivery?.done));
  const counts = products.map(({ frames }) => frames.length);
  expect(counts.reduce((a, b) => a + b)).toBe(30);
  expect(Math.min(...counts)).toBeGreaterThan(0);
});

test('after `disconnect` nothing is routed there; the socket ends later', async () => {
  const emulator = await startEmulator({ closeAfterMs: 40 });
  const { lina } = office(emulator);
  const old = await connect(emulator);
  emulator.gateway.disconnect();
  expect(emulator.gateway.ready()).toBe(0);
  const fresh = await connect(emulator);
  await emulator.sayToBot(lina, '在吗').delivery?.done;
  expect([old.frames.map(({ headers }) => headers.topic), fresh.frames.length]).toEqual([['disconnect'], 1]);
  await emulator.journal.waitFor((entry) => entry.kind === 'connection' && entry.what === 'closed');
  expect(emulator.gateway.connections()).toHaveLength(1);
});

test('pings want their echo; a socket wedged by a bad frame is noticed', async () => {
  const emulator = await startEmulator({ deadlineMs: 150 });
  const product = await connect(emulator);
  expect(await emulator.gateway.ping()).toBe(1);
  product.socket.removeAllListeners('message');
  emulator.gateway.sendRaw('no frame');
  expect(await emulator.gateway.ping()).toBe(0);
  expect(kinds(emulator)).toEqual(['missed_ping']);
});

test('a silent gateway answers no ping of the product and loses what it is given', async () => {
  const emulator = await startEmulator({ deadlineMs: 150 });
  const { lina } = office(emulator);
  const { socket, frames } = await connect(emulator);
  let pongs = 0;
  socket.on('pong', () => {
    pongs += 1;
  });
  socket.ping();
  await emulator.gateway.ping();
  emulator.gateway.fallSilent();
  socket.ping();
  expect((await emulator.sayToBot(lina, '在吗').delivery?.first)?.reason).toBe('timeout');
  expect([pongs, frames.length]).toEqual([1, 1]);
});

test('a cut right behind the frame brings it again on another connection', async () => {
  const emulator = await startEmulator({ retryTimeScale: 1000 });
  const { lina } = office(emulator);
  const first = await connect(emulator);
  const { delivery } = emulator.sayToBot(lina, '在吗', { flaws: { cutConnection: true } });
  expect((await delivery?.first)?.reason).toBe('connection_lost');
  const second = await connect(emulator);
  emulator.deliveries.replay(delivery?.eventId ?? '');
  await emulator.journal.until(() => second.frames.length > 0);
  expect(second.frames[0]?.data.msgId).toBe(first.frames[0]?.data.msgId);
});

test('refused openings and sockets; who asks too often storms', async () => {
  const emulator = await startEmulator({ opensPerMinute: 3 });
  emulator.misbehave.gateway.refuseOpening(503);
  expect((await openConnection(emulator)).status).toBe(503);
  emulator.misbehave.gateway.refuseOpening(null);
  emulator.misbehave.gateway.refuseSockets(true);
  const { endpoint, ticket } = (await openConnection(emulator)).body;
  expect(await open(`${endpoint}?ticket=${ticket}`)).toBe('401');
  emulator.misbehave.clear();
  await connect(emulator);
  expect(emulator.journal.complaints).toEqual([]);
  await connect(emulator);
  expect([kinds(emulator), emulator.gateway.openings()]).toEqual([['reconnect_storm'], 4]);
  emulator.gateway.kickOut();
  expect(emulator.gateway.ready()).toBe(0);
});

test('data that is no JSON is a push of its own kind: answered or not, it is not tried again', async () => {
  const emulator = await startEmulator({ deadlineMs: 150 });
  const { lina } = office(emulator);
  const product = await connect(emulator);
  product.socket.removeAllListeners('message');
  const { delivery } = emulator.sayToBot(lina, '在吗', { flaws: { brokenData: true } });
  expect((await delivery?.done)?.reason).toBe('timeout');
  expect(emulator.journal.complaints).toEqual([]);
});
