/** Tokens, permissions, rates and the month's allowance, in the words of both API families. */
import { expect, test } from 'vitest';
import { CLIENT, call, connect, kinds, office, SECRET, startEmulator, tokenOf } from './support.ts';

const SEND = '/v1.0/robot/oToMessages/batchSend';
const words = (userId: string) => ({
  robotCode: CLIENT,
  userIds: [userId],
  msgKey: 'sampleText',
  msgParam: '{"content":"在"}',
});

test('tokens: the same one while it lives, in both families', async () => {
  let at = 1_700_000_000_000;
  const emulator = await startEmulator({ now: () => at });
  const { lina } = office(emulator);
  const token = await tokenOf(emulator);
  const old = await fetch(`${emulator.oapiBase}/gettoken?appkey=${CLIENT}&appsecret=${encodeURIComponent(SECRET)}`);
  expect(await old.json()).toMatchObject({ errcode: 0, access_token: token, expires_in: 7200 });
  const get = (given: string) =>
    call(emulator.oapiBase, `/topapi/v2/user/get?access_token=${given}`, { userid: lina.userId });
  expect((await get(token)).body).toMatchObject({ errcode: 0, result: { unionid: lina.unionId } });
  expect((await get('')).body).toMatchObject({ errcode: 88, sub_code: '40000' });
  at += 7_201_000;
  expect((await get(token)).body).toMatchObject({ errcode: 88, sub_code: '40014' });
  expect(await call(emulator.apiBase, SEND, words(lina.userId), { token })).toMatchObject({
    status: 400,
    body: { code: 'InvalidAuthentication', message: '不合法的access_token' },
  });
  expect((await call(emulator.apiBase, SEND, words(lina.userId))).body.code).toBe(
    'AuthenticationFailed.MissingParameter',
  );
  const wrong = { appKey: CLIENT, appSecret: 'wrong' };
  expect((await call(emulator.apiBase, '/v1.0/oauth2/accessToken', wrong)).body.code).toBe('invalidClientIdOrSecret');
  emulator.misbehave.revokeTokens();
  expect(await tokenOf(emulator)).not.toBe(token);
});

test('sends are counted, the address book is free; a month later there is allowance again', async () => {
  let at = Date.UTC(2026, 10, 30, 15);
  const emulator = await startEmulator({ now: () => at, openApiPerMonth: 2 });
  const { lina } = office(emulator);
  const send = async () => call(emulator.apiBase, SEND, words(lina.userId), { token: await tokenOf(emulator) });
  expect((await send()).status).toBe(200);
  await call(emulator.oapiBase, `/topapi/user/listid?access_token=${await tokenOf(emulator)}`, { dept_id: 1 });
  expect((await send()).status).toBe(200);
  expect(await send()).toMatchObject({ status: 403, body: { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' } });
  expect([emulator.quota.used('openApi'), emulator.quota.left('openApi')]).toEqual([2, 0]);
  expect(emulator.quota.uses.get(`POST /api${SEND}`)).toBe(2);
  at += 2 * 3600_000;
  expect((await send()).status).toBe(200);
  expect(kinds(emulator)).toEqual(['over_quota']);
});

test.each([
  ['errCode', { errCode: 20001, errMsg: expect.any(String) }],
  ['errorCode', { errorCode: '20001', errorMessage: expect.any(String) }],
] as const)(
  'past the allowance messages come without words (%s), events not at all, exempt ones still',
  async (overQuotaNames, told) => {
    const emulator = await startEmulator({ overQuotaNames });
    const { lina, deal } = office(emulator);
    const product = await connect(emulator);
    emulator.quota.spend('stream', emulator.quota.left('stream'));
    await emulator.mentionBot(lina, deal, '报价').delivery?.done;
    expect(product.frames[0]?.data).toMatchObject({ senderStaffId: lina.userId, ...told });
    expect(product.frames[0]?.data).not.toHaveProperty('text');
    expect(emulator.push('chat_update_title', {})).toBeNull();
    expect((await emulator.hire({ name: '小周' }).delivery.done).accepted).toBe(true);
    const webhook = String(product.frames[0]?.data.sessionWebhook);
    expect((await call(webhook, '', { msgtype: 'empty' })).body).toMatchObject({ errcode: 88, sub_code: '90020' });
  },
);

test('20 calls a second of one API; unknown paths; troubles in the words of each family', async () => {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000 });
  const { lina } = office(emulator);
  const token = await tokenOf(emulator);
  const send = () => call(emulator.apiBase, SEND, words(lina.userId), { token });
  for (let i = 0; i < 20; i += 1) await send();
  expect(await send()).toMatchObject({ status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' } });
  expect((await call(emulator.apiBase, '/v1.0/nothing', {}, { token })).body.errcode).toBe(404);
  expect((await call(emulator.oapiBase, '/topapi/nothing', {})).body.errcode).toBe(22);
  emulator.misbehave.rateLimitEverything(true);
  expect((await call(emulator.oapiBase, '/topapi/user/listid', {})).body.sub_code).toBe('90018');
  emulator.misbehave.clear();
  emulator.misbehave.failNextSends(1);
  expect(await send()).toMatchObject({ status: 500, body: { code: 'system.busy' } });
});
