/** Serving pages: what may be cached, what is never served, what the content policy says, and before the build is there. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import type { Channel } from '../../../src/channel/channel.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { createLog } from '../../../src/log.ts';
import type { Asset } from '../../../src/pages/load.ts';
import type { Pages } from '../../../src/pages/pages.ts';
import type { PageSessions } from '../../../src/work/store.ts';

const asset = (type: string, text: string): Asset => ({ type, body: Buffer.from(text), gzipped: gzipSync(text) });
const built = {
  index: asset('text/html; charset=utf-8', '<p>page</p>'),
  deepIndex: asset('text/html; charset=utf-8', '<p>deep page</p>'),
  assets: new Map([['index-x1.js', asset('text/javascript; charset=utf-8', 'run()')]]),
};
const pages = {
  sdkUrl: 'https://cdn.example/sdk.js',
  frameAncestors: ['https://*.feishu.cn'],
  configure: async () => ({ appId: 'cli_x' }),
};
const channel = { platform: 'feishu', pages } as unknown as Channel;

const nobody = { find: async () => null } as unknown as PageSessions;

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function serve(current: Pages['current'], broken = false): Promise<string> {
  const server = createHttpServer({
    channels: [{ accountId: 'a', channel }],
    health: () => Promise.reject(new Error('not asked for here')),
    metrics: { token: null, read: () => Promise.reject(new Error('not asked for here')), answered: () => {} },
    pages: { current, failed: () => broken, prepare: async () => {}, stop: async () => {} },
    signIn: {
      sessions: nobody,
      tenantId: 't',
      look: () => Promise.reject(new Error('nobody signs in here')),
      now: Date.now,
    },
    api: { look: () => Promise.reject(new Error('not here')), transact: () => Promise.reject(new Error('not here')) },
    companyName: async () => '',
    publicUrl: 'https://crm.example.cn',
    trustedProxies: [],
    log: createLog('silent'),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('serves the document fresh each time, with a policy that names the platform and nothing inline', async () => {
  const url = await serve(() => built);
  const response = await fetch(`${url}/app/hand-over?from=x`, { headers: { 'accept-encoding': 'identity' } });
  expect(await response.text()).toBe('<p>page</p>');
  expect(response.headers.get('cache-control')).toBe('no-cache');
  expect(response.headers.get('referrer-policy')).toBe('same-origin');
  const policy = response.headers.get('content-security-policy')?.split('; ');
  expect(policy).toContain("script-src 'self' https://cdn.example");
  expect(policy).toContain("frame-ancestors 'self' https://*.feishu.cn");
  expect(policy?.join()).not.toContain('unsafe');
});

it('gives an address one folder deeper the document that finds its assets from there', async () => {
  const url = await serve(() => built);
  for (const path of ['customers/1', 'deals/01J']) {
    expect(await (await fetch(`${url}/app/${path}?platform=feishu`)).text()).toBe('<p>deep page</p>');
  }
  expect((await fetch(`${url}/app/customers/1/2`)).status).toBe(404);
  const moved = await fetch(`${url}/app/customers/1/`, { redirect: 'manual' });
  expect(new URL(moved.headers.get('location') ?? '', moved.url).pathname).toBe('/app/customers/1');
});

it.each(['gzip', 'identity'])('serves assets for ever, %s', async (encoding) => {
  const url = await serve(() => built);
  const response = await fetch(`${url}/app/assets/index-x1.js`, { headers: { 'accept-encoding': encoding } });
  expect(await response.text()).toBe('run()');
  expect(response.headers.get('content-encoding') ?? 'identity').toBe(encoding);
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(response.headers.get('vary')).toBe('Accept-Encoding');
});

it.each([
  '/app/assets/nothing.js',
  '/app/assets/../index.html',
  '/app/assets/..%2f..%2f..%2fpackage.json',
  '/app/assets/%2e%2e/%2e%2e/package.json',
  '/app/assets/..%5c..%5cpackage.json',
  '/app/assets/%00',
  '/app/assets/constructor',
])('has nothing at %s', async (path) => {
  const url = new URL(await serve(() => built));
  // `fetch` would tidy the path up before it sends it.
  const [response] = await once(request({ host: url.hostname, port: url.port, path }).end(), 'response');
  response.resume();
  expect(response.statusCode).toBe(404);
});

it('sends an address with a slash too many where the assets are found, with its query', async () => {
  const response = await fetch(`${await serve(() => built)}/app/hand-over/?a=1`, { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe('../hand-over?a=1');
});

it('asks for patience in Chinese while there is no build, and looks again by itself', async () => {
  const response = await fetch(`${await serve(() => null)}/app/hand-over`);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('2');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  expect(text).toContain('页面准备中，请几秒后刷新');
  expect(text).toContain('http-equiv="refresh"');
});

it('says whom to ask when the pages could not be built', async () => {
  const response = await fetch(`${await serve(() => null, true)}/app/hand-over`);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('请管理员查看日志');
});

it('configures our own pages only', async () => {
  const url = await serve(() => built);
  const ask = async (query: string) => {
    const response = await fetch(`${url}/api/jsapi/${query}`);
    return { status: response.status, body: await response.json() };
  };
  const own = encodeURIComponent('https://crm.example.cn/app/hand-over');
  expect(await ask(`feishu?url=${own}`)).toEqual({ status: 200, body: { appId: 'cli_x', sdkUrl: pages.sdkUrl } });
  const foreign = encodeURIComponent('https://evil.example/app/hand-over');
  expect(await ask(`feishu?url=${foreign}`)).toMatchObject({ status: 403, body: { code: 'foreign_address' } });
  expect(await ask('feishu')).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  expect(await ask(`feishu?url=${own}&url=${own}`)).toMatchObject({ status: 400 });
  expect(await ask(`wecom?url=${own}`)).toMatchObject({ status: 404, body: { code: 'not_connected' } });
});
