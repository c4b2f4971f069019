/** Page signatures: the published vectors, the ticket that is asked for once, and whose addresses are signed. */
import { expect, it } from 'vitest';
import { signPage } from '../../../adapters/feishu/jsapi.ts';
import { isOwnPage } from '../../../src/http/routes/jsapi.ts';
import { openDesk } from '../../contract/feishu/harness.ts';

it.each([
  [
    '617bf955832a4d4d80d9d8d85917a427',
    1510045655000,
    'https://example.cn/test/1234/content.html',
    '40a68999ecf7e05907edba43b31a50fd1830c777',
  ],
  [
    'a885c93b03d6b6057e992ddda519e6ac857b5d6c',
    1609904126124,
    'https://m.mm.cn/ttc/3541093/3131_1.html',
    'fc87e50e5fa427ffad0685cc5040a004531d8e9c',
  ],
])('signs as the published vector of ticket %s', (ticket, timestamp, url, signature) => {
  expect(signPage(ticket, 'Y7a8KkqX041bsSwT', timestamp, url)).toBe(signature);
});

const page = 'https://crm.example.cn/app/hand-over?from=message_action';

it('asks for one ticket, however many pages open at once, and again when it has ended', async () => {
  let ahead = 0;
  await using desk = await openDesk('websocket', { now: () => Date.now() + ahead, selfRunning: true });
  const { emulator, channel } = desk;
  const asked = () =>
    emulator.journal.entries.filter((entry) => entry.kind === 'api' && entry.path.endsWith('/ticket/get')).length;
  const configured = await Promise.all([1, 2, 3].map(() => channel.pages?.configure(page)));
  expect(asked()).toBe(1);
  expect(new Set(configured.map((one) => one?.['nonceStr'])).size).toBe(3);
  expect(configured[0]).toMatchObject({ signature: expect.stringMatching(/^[0-9a-f]{40}$/) });
  ahead = 3 * 3600_000;
  await channel.pages?.configure(page);
  expect(asked()).toBe(2);
});

it('does not ask again and again for a ticket it was refused', async () => {
  let ahead = 0;
  await using desk = await openDesk('websocket', { now: () => Date.now() + ahead, selfRunning: true });
  const { emulator, channel } = desk;
  const effect = { kind: 'error', status: 400, code: 99991672 } as const;
  emulator.misbehave.api({ match: /ticket\/get$/, effect });
  expect(await channel.pages?.configure(page)).toBeNull();
  expect(await channel.pages?.configure(page)).toBeNull();
  const asked = emulator.journal.entries.filter((entry) => entry.kind === 'api' && entry.path.endsWith('/ticket/get'));
  expect(asked).toHaveLength(1);
  ahead = 10_000;
  expect(await channel.pages?.configure(page)).toMatchObject({ appId: emulator.options.appId });
});

it.each([
  ['https://crm.example.cn', 'https://crm.example.cn/app/hand-over?a=1', true],
  ['https://crm.example.cn/', 'https://crm.example.cn/app/hand-over', true],
  ['https://example.cn/crm', 'https://example.cn/crm/app/hand-over', true],
  ['https://example.cn/crm', 'https://example.cn/app/hand-over', false],
  ['https://example.cn/crm', 'https://example.cn/crm/../app/hand-over', false],
  ['https://crm.example.cn', 'http://crm.example.cn/app/hand-over', false],
  ['https://crm.example.cn', 'https://crm.example.cn:8443/app/hand-over', false],
  ['https://crm.example.cn', 'https://crm.example.cn.evil.example/app/hand-over', false],
  ['https://crm.example.cn', 'https://crm.example.cn@evil.example/app/hand-over', false],
  ['https://crm.example.cn', 'https://someone@crm.example.cn/app/hand-over', false],
  ['https://crm.example.cn', 'https://crm.example.cn\\@evil.example/app/hand-over', false],
  ['https://crm.example.cn', 'https://crm.example.cn/app/hand-over#top', false],
  ['https://crm.example.cn', 'https://crm.example.cn/app/hand-over#', false],
  ['https://crm.example.cn', ' https://crm.example.cn/app/hand-over', false],
  ['https://crm.example.cn', 'https://crm.example.cn/\tapp/hand-over', false],
  ['https://crm.example.cn', 'https://crm.example.cn/health', false],
  ['https://crm.example.cn', '/app/hand-over', false],
  ['https://crm.example.cn', 'http://10.0.0.5:8080/app/hand-over', false],
  [null, 'http://10.0.0.5:8080/app/hand-over', true],
  [null, 'https://10.0.0.5:8080/app/hand-over', true],
  [null, 'ftp://10.0.0.5:8080/app/hand-over', false],
  [null, 'http://evil.example/app/hand-over', false],
])('with PUBLIC_URL %s the address %j is ours: %s', (publicUrl, url, ours) => {
  expect(isOwnPage(url, { publicUrl, host: '10.0.0.5:8080' })).toBe(ours);
});
