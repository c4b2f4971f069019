/** Pushing as the platform pushes: retries by the schedule, strict acks, flaws, replays, order. */
import { expect, test } from 'vitest';
import type { Flaws } from '../../../sandbox/feishu/index.ts';
import { decrypt, signature } from '../../../sandbox/feishu/sealing.ts';
import { connect, dispatcherWith, ENCRYPT_KEY, type Received, standIn, startEmulator } from './support.ts';

const OK = { status: 200, body: '{}' };

/** What a careful receiver thinks of a push. */
function judge({ headers, body }: Received): 'fine' | 'forged' {
  const stamp = String(headers['x-lark-request-timestamp']);
  const expected = signature(stamp, String(headers['x-lark-request-nonce']), ENCRYPT_KEY, body);
  if (headers['x-lark-signature'] !== expected) return 'forged';
  if (Math.abs(Date.now() / 1000 - Number(stamp)) > 300) return 'forged';
  return 'fine';
}

test('a refused event comes again after 15 s, 5 min, 1 h and 6 h, and then never', async () => {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000 });
  const product = await standIn(emulator);
  product.answer = () => ({ status: 500, body: '' });
  const person = emulator.world.addPerson({ name: '陈晓' });
  const delivery = emulator.sayToBot(person, '在吗').delivery;
  const arrivals = async (count: number) => {
    await emulator.journal.until(() => delivery?.outcomes.length === count, { what: `push ${count}` });
    expect(product.received).toHaveLength(count);
  };
  await arrivals(1);
  for (const [index, wait] of [15_000, 300_000, 3_600_000, 21_600_000].entries()) {
    emulator.clock.advance(wait - 1);
    expect(emulator.deliveries.inFlight()).toBe(0);
    emulator.clock.advance(1);
    await arrivals(index + 2);
  }
  expect((await delivery?.done)?.accepted).toBe(false);
  emulator.clock.advance(7 * 86_400_000);
  expect(emulator.deliveries.inFlight()).toBe(0);
  const bodies = product.received.map(({ body }) => decrypt(JSON.parse(body.toString()).encrypt, ENCRYPT_KEY));
  expect(new Set(bodies).size).toBe(1);
  expect(emulator.journal.complaints).toHaveLength(5);
});

test('only HTTP 200 in time is an ack', async () => {
  const emulator = await startEmulator({ deadlineMs: 80, retryTimeScale: 1000 });
  const product = await standIn(emulator);
  const person = emulator.world.addPerson({ name: '陈晓' });
  const answers = [{ status: 204, body: '' }, { status: 302, body: '' }, null, OK];
  product.answer = () => answers.shift() ?? null;
  const delivery = emulator.sayToBot(person, '在吗').delivery;
  const first = await delivery?.first;
  expect(first?.reason).toBe('status_204');
  emulator.clock.advance(4_000_000);
  await emulator.journal.until(() => delivery?.outcomes.length === 2);
  emulator.clock.advance(4_000_000);
  await emulator.journal.until(() => delivery?.outcomes.length === 3);
  emulator.clock.advance(4_000_000);
  expect((await delivery?.done)?.accepted).toBe(true);
  expect(delivery?.outcomes.map(({ reason }) => reason)).toEqual(['status_204', 'status_302', 'timeout', null]);
  expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['refused_ack', 'refused_ack', 'late_ack']);
});

const legitimate: Flaws[] = [{ spacedJson: true }, { splitBody: true }, { copies: 3 }];

test.each(legitimate)('%o is legitimate traffic: correctly signed and readable', async (flaws) => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const person = emulator.world.addPerson({ name: '陈晓' });
  await emulator.sayToBot(person, '您好', { flaws }).delivery?.done;
  await emulator.quiet();
  expect(product.received).toHaveLength(flaws.copies ?? 1);
  for (const one of product.received) {
    expect(judge(one)).toBe('fine');
    const plain = decrypt(JSON.parse(one.body.toString()).encrypt, ENCRYPT_KEY);
    expect(JSON.parse(plain).event.message.content).toBe('{"text":"您好"}');
  }
  if (flaws.spacedJson) {
    const bytes = product.received[0]?.body.toString() ?? '';
    expect(JSON.stringify(JSON.parse(bytes))).not.toBe(bytes);
  }
});

test.each([{ forgedSignature: true }, { missingSignature: true }, { staleSeconds: 301 }] as Flaws[])(
  '%o must be refused; who accepts it is complained about, and it is not sent again',
  async (flaws) => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    const person = emulator.world.addPerson({ name: '陈晓' });
    product.answer = (one) => (judge(one) === 'fine' ? OK : { status: 401, body: '' });
    const refused = await emulator.sayToBot(person, '假的', { flaws }).delivery?.done;
    expect(refused?.status).toBe(401);
    expect(emulator.journal.complaints).toEqual([]);
    product.answer = () => OK;
    await emulator.sayToBot(person, '假的', { flaws }).delivery?.done;
    expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['accepted_forgery']);
    expect(product.received).toHaveLength(2);
  },
);

test('lies inside the seal: token, tenant, app, padding, encoding, length', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const person = emulator.world.addPerson({ name: '陈晓' });
  const open = (index: number) =>
    decrypt(JSON.parse(product.received[index]?.body.toString() ?? '').encrypt, ENCRYPT_KEY);
  const flaws: Flaws[] = [
    {},
    { wrongToken: true },
    { wrongTenant: true },
    { wrongApp: true },
    { brokenPadding: true },
    { truncated: true },
    { oversize: true },
    { deepJson: true },
  ];
  for (const flaw of flaws) await emulator.sayToBot(person, '您好', { flaws: flaw }).delivery?.done;
  const [sound, token, tenant, app] = [0, 1, 2, 3].map((index) => JSON.parse(open(index)).header);
  expect(token.token).not.toBe(sound.token);
  expect(tenant.tenant_key).not.toBe(sound.tenant_key);
  expect(app.app_id).not.toBe(sound.app_id);
  expect(() => open(4)).toThrow();
  expect(() => JSON.parse(product.received[5]?.body.toString() ?? '')).toThrow();
  expect(product.received[6]?.body.length).toBeGreaterThan(1024 * 1024);
  expect(open(7)).toContain('['.repeat(1000));
  for (const one of product.received) expect(judge(one)).toBe('fine');
});

test('without an Encrypt Key a body can be cut inside a Chinese character and is not signed', async () => {
  const emulator = await startEmulator({ encryptKey: '' });
  const product = await standIn(emulator);
  const person = emulator.world.addPerson({ name: '陈晓' });
  await emulator.sayToBot(person, '样品寄出了', { flaws: { splitBody: true } }).delivery?.done;
  expect(product.received[0]?.headers['x-lark-signature']).toBeUndefined();
  expect(product.received[0]?.body.toString()).toContain('样品寄出了');
});

test('a replay carries the same bytes; held events leave in the order asked for', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const person = emulator.world.addPerson({ name: '陈晓' });
  const first = emulator.sayToBot(person, '一').delivery;
  await first?.done;
  await emulator.deliveries.replay(first?.eventId ?? '');
  expect(product.received[1]?.body.equals(product.received[0]?.body ?? Buffer.alloc(0))).toBe(true);
  expect(product.received[1]?.headers['x-lark-signature']).toBe(product.received[0]?.headers['x-lark-signature']);
  expect(emulator.deliveries.replay('unknown')).toBeNull();
  emulator.deliveries.hold();
  const late = emulator.sayToBot(person, '二').delivery;
  expect(product.received).toHaveLength(2);
  emulator.deliveries.release('reversed');
  expect((await late?.done)?.accepted).toBe(true);
});

test('over the long connection a failed ack and a missing connection lead to redelivery', async () => {
  const emulator = await startEmulator({ mode: 'websocket', now: () => 1_700_000_000_000 });
  const person = emulator.world.addPerson({ name: '陈晓' });
  const delivery = emulator.sayToBot(person, '在吗').delivery;
  expect((await delivery?.first)?.reason).toBe('no_connection');
  let broken = true;
  const heard: string[] = [];
  const handler = async (data: { message: { message_id: string } }) => {
    if (broken) throw new Error('storage is down');
    heard.push(data.message.message_id);
  };
  await connect(emulator, dispatcherWith({ 'im.message.receive_v1': handler }));
  emulator.clock.advance(15_000);
  await emulator.journal.until(() => delivery?.outcomes.length === 2);
  expect(delivery?.outcomes[1]?.reason).toBe('ack_500');
  broken = false;
  emulator.clock.advance(300_000);
  expect((await delivery?.done)?.accepted).toBe(true);
  expect(heard).toHaveLength(1);
});

test('messages reach the bot only where it is, and only when addressed if the app hears mentions alone', async () => {
  const emulator = await startEmulator({ groupMessages: 'mentions' });
  await standIn(emulator);
  const { world } = emulator;
  const staff = world.addPerson({ name: '陈晓' });
  const group = world.createGroup({ name: '内部', members: [staff] });
  expect(emulator.say(staff, group, '有人吗').delivery).toBeNull();
  const added = emulator.addBotToGroup(group, staff);
  expect(added.eventType).toBe('im.chat.member.bot.added_v1');
  await added.done;
  expect(emulator.say(staff, group, '有人吗').delivery).toBeNull();
  expect(emulator.say(staff, group, '在吗', { mention: ['bot'] }).delivery).not.toBeNull();
  await emulator.quiet();
});

test('the challenge of a callback address must be echoed', async () => {
  const emulator = await startEmulator();
  expect(await emulator.checkCallback()).toEqual({ ok: false, reason: 'no_callback_url' });
  const product = await standIn(emulator);
  expect(await emulator.checkCallback()).toEqual({ ok: false, reason: 'wrong_challenge' });
  product.answer = ({ body }) => {
    const { challenge } = JSON.parse(decrypt(JSON.parse(body.toString()).encrypt, ENCRYPT_KEY));
    return { status: 200, body: JSON.stringify({ challenge }) };
  };
  expect(await emulator.checkCallback()).toEqual({ ok: true });
});
