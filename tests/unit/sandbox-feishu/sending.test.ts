/** Sending as the platform allows it: tokens, receivers, sizes, idempotency, rates, and trouble on demand. */
import { expect, test } from 'vitest';
import type { ListeningFeishuEmulator } from '../../../sandbox/feishu/index.ts';
import { card } from './card-samples.ts';
import { APP_ID, clientOf, codeOf, startEmulator } from './support.ts';

const words = (text: string): string => JSON.stringify({ text });

function desk(emulator: ListeningFeishuEmulator) {
  const { world } = emulator;
  const staff = world.addPerson({ name: '陈晓' });
  const customer = world.addPerson({ name: '王总', company: '宏达机械' });
  const group = world.createGroup({ name: '宏达询价', members: [staff, customer] });
  const client = clientOf(emulator);
  const send = (id: string, content: string, more: { uuid?: string; type?: string } = {}) =>
    client.im.v1.message.create({
      params: { receive_id_type: id.startsWith('oc_') ? 'chat_id' : 'open_id' },
      data: { receive_id: id, msg_type: more.type ?? 'text', content, ...(more.uuid && { uuid: more.uuid }) },
    });
  return { staff, customer, group, client, send };
}

async function tokenFrom(emulator: ListeningFeishuEmulator, secret = 'app secret', id = APP_ID) {
  const response = await fetch(`${emulator.apiBase}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    body: JSON.stringify({ app_id: id, app_secret: secret }),
  });
  return {
    status: response.status,
    ...((await response.json()) as { code: number; tenant_access_token: string; expire: number }),
  };
}

test('a token is the same while half an hour is left, then a new one; wrong credentials are told with HTTP 200', async () => {
  let now = Date.now();
  const emulator = await startEmulator({ now: () => now });
  const first = await tokenFrom(emulator);
  expect(first).toMatchObject({ status: 200, code: 0, expire: 7200 });
  now += 89 * 60_000;
  expect(await tokenFrom(emulator)).toMatchObject({ tenant_access_token: first.tenant_access_token, expire: 1860 });
  now += 2 * 60_000;
  expect((await tokenFrom(emulator)).tenant_access_token).not.toBe(first.tenant_access_token);
  expect(await tokenFrom(emulator, 'wrong')).toMatchObject({ status: 200, code: 10014 });
  expect(await tokenFrom(emulator, 'x', 'nonsense')).toMatchObject({ status: 200, code: 10003 });
});

test('calls without, with an unknown, and with an expired token are refused and complained about', async () => {
  let now = Date.now();
  const emulator = await startEmulator({ now: () => now });
  const call = async (authorization?: string) => {
    const headers = { ...(authorization && { authorization }) };
    const response = await fetch(`${emulator.apiBase}/open-apis/bot/v3/info`, { headers });
    return [response.status, ((await response.json()) as { code: number }).code];
  };
  const { tenant_access_token: token } = await tokenFrom(emulator);
  expect(await call(`Bearer ${token}`)).toEqual([200, 0]);
  expect(await call()).toEqual([400, 99991661]);
  expect(await call('Bearer t-nonsense')).toEqual([400, 99991663]);
  now += 2 * 3600_000 + 1;
  expect(await call(`Bearer ${token}`)).toEqual([400, 99991663]);
  expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual([
    'missing_token',
    'unknown_token',
    'expired_token',
  ]);
});

test('a revoked token is refused without complaint the first time', async () => {
  const emulator = await startEmulator();
  const { client, staff, send } = desk(emulator);
  await send(staff.openId, words('一'));
  emulator.misbehave.revokeTokens();
  expect(await codeOf(send(staff.openId, words('二')))).toBe(99991663);
  expect(emulator.journal.complaints).toEqual([]);
  expect(client.appId).toBe(APP_ID);
});

test('receivers that cannot be reached are refused with their codes', async () => {
  const emulator = await startEmulator();
  const { staff, customer, group, send } = desk(emulator);
  expect(await codeOf(send(group.chatId, words('x')))).toBe(230002);
  expect(await codeOf(send(customer.openId, words('x')))).toBe(230038);
  expect(await codeOf(send('ou_0123456789abcdef0123456789abcdef', words('x')))).toBe(99992351);
  expect(await codeOf(send(staff.otherAppOpenId, words('x')))).toBe(99992361);
  expect(await codeOf(send('oc_unknown', words('x')))).toBe(230034);
  staff.departed = true;
  expect(await codeOf(send(staff.openId, words('x')))).toBe(230013);
});

test('content is checked: JSON, sizes, types, cards', async () => {
  const emulator = await startEmulator();
  const { staff, send } = desk(emulator);
  const interactive = (value: object) => send(staff.openId, JSON.stringify(value), { type: 'interactive' });
  expect(await codeOf(send(staff.openId, 'not json'))).toBe(230001);
  expect(await codeOf(send(staff.openId, words('长'.repeat(52_000))))).toBe(230025);
  expect(await codeOf(interactive(card({ tag: 'markdown', content: '长'.repeat(11_000) })))).toBe(230025);
  expect(await codeOf(send(staff.openId, '{}', { type: 'telepathy' }))).toBe(230054);
  expect(await codeOf(interactive(card({ tag: 'note', elements: [] })))).toBe(230099);
  expect(await codeOf(interactive({ body: { elements: [] } }))).toBe(230099);
  expect(await codeOf(interactive(card({ tag: 'hr' })))).toBe(0);
  expect(emulator.journal.complaints.map(({ kind }) => kind)).toContain('invalid_card');
});

test('one uuid is one message for an hour', async () => {
  let now = Date.now();
  const emulator = await startEmulator({ now: () => now });
  const { staff, send } = desk(emulator);
  const ids = [];
  for (const [waited, uuid] of [
    [0, 'a'],
    [59 * 60_000, 'a'],
    [0, 'b'],
    [2 * 60_000, 'a'],
  ] as const) {
    now += waited;
    ids.push((await send(staff.openId, words('同一件事'), { uuid })).data?.message_id);
  }
  expect(ids[1]).toBe(ids[0]);
  expect(new Set(ids).size).toBe(3);
  expect(emulator.textsOf(staff)).toHaveLength(3);
  expect(await codeOf(send(staff.openId, words('x'), { uuid: 'u'.repeat(51) }))).toBe(99992402);
  expect(emulator.journal.complaints.at(-1)?.kind).toBe('long_uuid');
});

test('the sixth message to one receiver within a second is refused, others pass', async () => {
  const now = Date.now();
  let later = 0;
  const emulator = await startEmulator({ now: () => now + later });
  const { staff, group, send } = desk(emulator);
  group.botIn = true;
  for (let i = 0; i < 5; i += 1) expect(await codeOf(send(staff.openId, words(`${i}`)))).toBe(0);
  expect(await codeOf(send(staff.openId, words('5')))).toBe(230020);
  expect(await codeOf(send(group.chatId, words('5')))).toBe(0);
  later = 1001;
  expect(await codeOf(send(staff.openId, words('6')))).toBe(0);
  expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['over_qps']);
});

test('over the rate of one API comes 429 with the time to wait', async () => {
  const emulator = await startEmulator({ apiPerSecond: 2, now: () => 1_700_000_000_000 });
  const { client } = desk(emulator);
  const info = () => client.request({ method: 'GET', url: '/open-apis/bot/v3/info' });
  await info();
  await info();
  const refused = await info().catch((error) => error.response);
  expect(refused).toMatchObject({ status: 429, data: { code: 99991400 }, headers: { 'x-ogw-ratelimit-reset': '1' } });
});

test('trouble on demand: errors, cut connections before and after the deed, rate limits for all', async () => {
  const emulator = await startEmulator();
  const { staff, send } = desk(emulator);
  await send(staff.openId, words('先'));
  emulator.misbehave.failNextSends(1);
  expect(await codeOf(send(staff.openId, words('x')))).toBe(2200);
  emulator.misbehave.api({ match: /messages/, effect: { kind: 'reset' } });
  await expect(send(staff.openId, words('没发出'))).rejects.toMatchObject({ code: 'ECONNRESET' });
  emulator.misbehave.api({ match: /messages/, effect: { kind: 'apply_then_reset' } });
  await expect(send(staff.openId, words('发出了'), { uuid: 'k' })).rejects.toMatchObject({ code: 'ECONNRESET' });
  await send(staff.openId, words('发出了'), { uuid: 'k' });
  expect(emulator.textsOf(staff)).toEqual(['先', '发出了']);
  emulator.misbehave.rateLimitEverything(true);
  expect(await codeOf(send(staff.openId, words('x')))).toBe(99991400);
});

test('an unknown path is 404 and complained about; a GET with a body is served', async () => {
  const emulator = await startEmulator();
  const { client } = desk(emulator);
  expect(await codeOf(client.request({ method: 'POST', url: '/open-apis/im/v9/telepathy', data: {} }))).toBe(99991201);
  expect(await codeOf(client.request({ method: 'GET', url: '/open-apis/bot/v3/info', data: { a: 1 } }))).toBe(0);
  expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['unknown_path']);
});
