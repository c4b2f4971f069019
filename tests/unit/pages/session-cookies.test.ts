/** Cookies behind https, where pages live in frames and other hosts of the domain may try to plant their own. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa, { type Context } from 'koa';
import { afterEach, expect, it } from 'vitest';
import type { Channel } from '../../../src/channel/channel.ts';
import { clearToken, readToken, setToken } from '../../../src/http/sessions/cookie.ts';
import { enterHandler, ownPath } from '../../../src/http/sessions/enter.ts';
import { isToken, newToken, sessionId } from '../../../src/http/sessions/token.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function serve(answer: (ctx: Context) => unknown): Promise<string> {
  const app = new Koa();
  app.use(async (ctx) => {
    Object.assign(ctx, { params: { platform: 'wecom' } });
    await answer(ctx);
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('marks the session for https and frames', async () => {
  const token = newToken();
  const url = await serve((ctx) => {
    setToken(ctx, token, 60_000, 'https://crm.example.cn');
    clearToken(ctx, 'http://127.0.0.1:8080');
    ctx.body = 'ok';
  });
  expect((await fetch(url)).headers.getSetCookie()).toEqual([
    `liaodan=${token}; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=None; Partitioned`,
    'liaodan=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
  ]);
});

it('looks up nothing that cannot be a token', async () => {
  const url = await serve((ctx) => {
    ctx.body = String(readToken(ctx));
  });
  const said = async (cookie: string) => (await fetch(url, { headers: { cookie } })).text();
  const token = newToken();
  expect(isToken(token)).toBe(true);
  expect(sessionId(token)).toMatch(/^[0-9a-f]{64}$/);
  expect(await said(`a=b; liaodan=${token}`)).toBe(token);
  expect(await said(`liaodan=${token}x`)).toBe('null');
  expect(await said(`liaodan=${'%00'.repeat(43)}`)).toBe('null');
  expect(await said('liaodan=')).toBe('null');
});

it('keeps the state of a redirect in a cookie that no other host can set, below the prefix of PUBLIC_URL', async () => {
  const pages = {
    sdkUrl: '',
    frameAncestors: [],
    configure: async () => null,
    signInUrl: (to: string) => `${to}#away`,
  };
  const entered: string[] = [];
  const url = await serve(
    enterHandler({
      channels: [{ channel: { platform: 'wecom', pages } as unknown as Channel }],
      publicUrl: 'https://example.cn/crm',
      now: Date.now,
      enter: async (_, platform, code) => {
        entered.push(`${platform} ${code}`);
        return null;
      },
    }),
  );
  const away = await fetch(`${url}?to=%2Fapp%2Fdeals%2F1.2%3Fx%3D1`, { redirect: 'manual' });
  expect(away.headers.get('location')).toBe('https://example.cn/crm/app/enter/wecom#away');
  const [cookie = ''] = away.headers.getSetCookie();
  expect(cookie).toMatch(
    /^__Host-liaodan-enter=[0-9a-f]{32}:\S+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  );
  const [pair = ''] = cookie.split(';');
  const state = pair.split('=')[1]?.split(':')[0];
  const back = await fetch(`${url}?code=c1&state=${state}`, { redirect: 'manual', headers: { cookie: pair } });
  expect(back.headers.get('location')).toBe('https://example.cn/crm/app/deals/1.2?x=1&entered=ok');
  expect(entered).toEqual(['wecom c1']);
});

it.each([
  ['/app/today', '/app/today'],
  ['/app/deals/1?platform=wecom#x', '/app/deals/1?platform=wecom'],
  ['/app/../app/today', '/app/today'],
  ['/app/../api/x', null],
  ['/app', null],
  [null, null],
])('%j is the page %j', (to, page) => {
  expect(ownPath(to)).toBe(page);
});
