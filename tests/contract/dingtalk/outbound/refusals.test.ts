/** What the platform's refusals become: a fresh token, a wait, a word to the administrator; and what the month has cost. */
import { expect, test } from 'vitest';
import { SECRET } from '../../../unit/sandbox-dingtalk/support.ts';
import { cardOrder, hearLina, openDesk, textOrder, toDeal, toLina, updateOrder } from './desk.ts';

test('a token that dies in between is replaced, in both API families', async () => {
  const desk = await openDesk();
  await desk.out.deliver(textOrder(toLina(desk), 'a'));
  desk.emulator.misbehave.revokeTokens();
  expect(await desk.out.deliver(textOrder(toLina(desk), 'b'))).toMatchObject({ kind: 'sent' });
  desk.emulator.misbehave.revokeTokens();
  const look = { kind: 'person.lookup', key: 'p', chatId: 'c', personId: desk.lina.userId } as const;
  expect(await desk.out.deliver(look)).toEqual({ kind: 'person', name: '李娜' });
  expect(desk.calls('oauth2/accessToken')).toBe(3);
  expect(desk.usage.counts).toEqual({ api: 2 });
  expect(desk.emulator.quota.used('openApi')).toBe(2);
});

test('the token is fetched once for all who wait, and again before it ends', async () => {
  let at = 1_790_000_000_000;
  const desk = await openDesk({ now: () => at });
  await Promise.all(['a', 'b', 'c'].map((key) => desk.out.deliver(textOrder(toLina(desk), key))));
  expect(desk.calls('oauth2/accessToken')).toBe(1);
  at += 7_200_000 - 200_000;
  await desk.out.deliver(textOrder(toLina(desk), 'd'));
  expect(desk.calls('oauth2/accessToken')).toBe(2);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

test('a wrong secret fails the channel with a remedy, and is not hammered', async () => {
  const desk = await openDesk({}, { clientSecret: 'another-secret' });
  for (const key of ['a', 'b', 'c']) {
    await expect(desk.out.deliver(textOrder(toLina(desk), key))).rejects.toMatchObject({
      outcome: 'retryable',
      code: 'invalidClientIdOrSecret',
    });
  }
  expect(desk.calls('oauth2/accessToken')).toBe(1);
  expect(desk.out.problem()).toEqual({
    status: 'failed',
    detail: 'ClientID 或 ClientSecret 不对：请核对 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET。',
  });
});

test('an answer at a session webhook, which needs no secret, does not hide that the secret is wrong', async () => {
  const desk = await openDesk({}, { clientSecret: 'another-secret' });
  await expect(desk.out.deliver(textOrder(toLina(desk)))).rejects.toMatchObject({ outcome: 'retryable' });
  await hearLina(desk, 'direct');
  expect(await desk.out.deliver(textOrder(toLina(desk)))).toMatchObject({ kind: 'sent' });
  expect(desk.out.problem()?.status).toBe('failed');
});

test('QPS refusals of both families mean a second, and count nothing', async () => {
  const desk = await openDesk();
  await desk.out.deliver(textOrder(toLina(desk), 'a'));
  desk.emulator.misbehave.rateLimitEverything(true);
  const look = { kind: 'person.lookup', key: 'p', chatId: 'c', personId: desk.lina.userId } as const;
  for (const order of [textOrder(toLina(desk), 'b'), cardOrder(toLina(desk)), look]) {
    const error = await desk.out.deliver(order).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'DeliveryError', outcome: 'throttled' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(1_000);
    expect(error.retryAfterMs).toBeLessThan(2_000);
  }
  expect(desk.usage.counts).toEqual({ api: 1 });
  expect(desk.out.problem()).toBeNull();
});

test('a used-up month is tried once an hour, also by what waits for it: more may be bought any time', async () => {
  let at = Date.UTC(2026, 10, 10, 4);
  const desk = await openDesk({ now: () => at, openApiPerMonth: 0 });
  const waiting = async () => {
    const error = await desk.out.deliver(textOrder(toLina(desk))).catch((reason) => reason);
    expect(error).toMatchObject({ outcome: 'throttled' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(3_600_000);
    expect(error.retryAfterMs).toBeLessThan(3_601_000);
  };
  for (const _ of [1, 2, 3]) await waiting();
  expect(desk.calls('batchSend')).toBe(1);
  at += 3_600_000;
  await waiting();
  expect(desk.calls('batchSend')).toBe(2);
});

test('a month used up waits for the next one in China, and heals with it', async () => {
  let at = Date.UTC(2026, 10, 30, 15, 59, 0);
  const desk = await openDesk({ now: () => at, openApiPerMonth: 1 });
  await desk.out.deliver(textOrder(toLina(desk), 'a'));
  for (const key of ['b', 'c']) {
    const error = await desk.out.deliver(cardOrder(toLina(desk), key)).catch((reason) => reason);
    expect(error).toMatchObject({ outcome: 'throttled', code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' });
    // 00:00 on December 1st in China is a minute away.
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(60_000);
    expect(error.retryAfterMs).toBeLessThan(61_000);
  }
  expect(desk.calls('createAndDeliver')).toBe(1);
  expect(desk.out.problem()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('下月 1 日恢复') });
  await hearLina(desk, 'direct');
  await desk.out.deliver(textOrder(toLina(desk), 'd', '会话回复照样出得去'));
  expect(await desk.out.deliver(cardOrder(toLina(desk), 'e'))).toMatchObject({ messageId: 'text:e' });
  expect(desk.emulator.textsOf(desk.lina.userId)).toHaveLength(3);
  expect(desk.calls('createAndDeliver')).toBe(1);
  expect(desk.out.problem()).toMatchObject({ status: 'degraded' });
  at += 60_000;
  await desk.out.deliver(cardOrder(toLina(desk), 'b'));
  expect(desk.out.problem()).toBeNull();
});

test('a missing permission says which and where to open it, and what was to be sent is tried again', async () => {
  const desk = await openDesk();
  desk.emulator.grants.scopes.delete('qyapi_robot_sendmsg');
  await expect(desk.out.deliver(textOrder(toLina(desk)))).rejects.toMatchObject({
    outcome: 'retryable',
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
  });
  expect(desk.out.problem()).toEqual({
    status: 'degraded',
    detail:
      '应用缺少权限 qyapi_robot_sendmsg：请打开 https://open-dev.dingtalk.com/appscope/apply?content=dingtestclient0001%23qyapi_robot_sendmsg 开通，然后发布新版本。',
  });
  desk.emulator.grants.scopes.add('qyapi_robot_sendmsg');
  await desk.out.deliver(textOrder(toLina(desk)));
  expect(desk.out.problem()).toBeNull();
});

test('the firewall’s page means five minutes; a broken gateway means soon', async () => {
  const desk = await openDesk();
  desk.emulator.misbehave.api({ match: /batchSend/, effect: { kind: 'not_json', status: 403 } });
  const error = await desk.out.deliver(textOrder(toLina(desk))).catch((reason) => reason);
  expect(error).toMatchObject({ outcome: 'throttled', code: 'banned' });
  expect(error.retryAfterMs).toBeGreaterThanOrEqual(300_000);
  expect(desk.out.problem()?.status).toBe('degraded');
  desk.emulator.misbehave.api({ match: /batchSend/, effect: { kind: 'not_json', status: 502 } });
  await expect(desk.out.deliver(textOrder(toLina(desk)))).rejects.toMatchObject({ outcome: 'retryable', code: '502' });
});

test('an address that is not the platform’s is found out although it answers 200', async () => {
  const wrong = await openDesk();
  const desk = await openDesk({}, { apiBase: wrong.emulator.oapiBase });
  await expect(desk.out.deliver(textOrder(toLina(desk)))).rejects.toMatchObject({ outcome: 'retryable', code: '22' });
});

test('what we count for a mixed run is what the platform counts', async () => {
  const desk = await openDesk();
  const { emulator, out } = desk;
  await hearLina(desk, 'direct');
  const heard = emulator.quota.used('stream');
  await out.deliver(cardOrder(toLina(desk), 'one'));
  await out.deliver(cardOrder(toDeal(desk), 'two'));
  await out.deliver(updateOrder('ld-one', toLina(desk), emulator.clock.now()));
  await out.deliver(textOrder(toLina(desk), 'a'));
  await out.deliver(textOrder(toDeal(desk), 'b'));
  await out.deliver({ kind: 'person.lookup', key: 'p', chatId: 'c', personId: desk.lina.userId });
  await expect(out.deliver(textOrder({ kind: 'person', id: 'nobody' }, 'c'))).rejects.toMatchObject({});
  await expect(out.deliver(updateOrder('ld-none', toLina(desk), emulator.clock.now()))).rejects.toMatchObject({});
  emulator.misbehave.api({ match: /groupMessages/, effect: { kind: 'rate_limit' } });
  await expect(out.deliver(textOrder(toDeal(desk), 'd'))).rejects.toMatchObject({});
  emulator.misbehave.api({ match: /groupMessages/, effect: { kind: 'reset' } });
  await expect(out.deliver(textOrder(toDeal(desk), 'e'))).rejects.toMatchObject({});
  emulator.grants.scopes.delete('Card.Instance.Write');
  await out.deliver(cardOrder(toDeal(desk), 'three'));
  emulator.misbehave.revokeTokens();
  await out.deliver(textOrder(toDeal(desk), 'f'));
  expect(desk.usage.counts).toEqual({ api: 8, push: 1 });
  expect(emulator.quota.used('openApi')).toBe(8);
  expect(emulator.quota.used('stream') - heard).toBe(1);
});

test('neither secrets nor anybody’s words are in a log line or an error', async () => {
  const desk = await openDesk();
  await hearLina(desk, 'direct');
  const errors: unknown[] = [];
  const words = '客户王总的手机是 13800000000';
  for (const effect of [
    { kind: 'reset' },
    { kind: 'rate_limit' },
    { kind: 'error', status: 400, code: 0, msg: words },
    { kind: 'not_json', status: 502 },
  ] as const) {
    desk.emulator.misbehave.api({ match: /sendBySession|batchSend/, times: 2, effect });
    await desk.out.deliver(textOrder(toLina(desk), 'k', words)).catch((error) => errors.push(error));
    desk.emulator.misbehave.clear();
  }
  const said = [...desk.lines, ...errors.map((error) => `${error} ${JSON.stringify(error)}`)].join('\n');
  expect(errors.length).toBeGreaterThan(2);
  for (const secret of [SECRET, '13800000000', 'session=', 'access_token=']) expect(said).not.toContain(secret);
});
