/** The HTTP below the SDK, against a bare server and a bare proxy on loopback. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createAgent } from '../../../adapters/feishu/agent.ts';
import { createHttpInstance } from '../../../adapters/feishu/http.ts';

const open: Server[] = [];
async function listen(answer: RequestListener): Promise<{ server: Server; base: string }> {
  const server = createServer(answer);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const instanceFor = (base: string, timeoutMs = 2_000) => createHttpInstance(createAgent(base, {}), timeoutMs);

describe('a call', () => {
  it('carries JSON and parameters, a GET no body, and brings headers when asked', async () => {
    const seen: string[] = [];
    const { base } = await listen(async (incoming, outgoing) => {
      let body = '';
      for await (const chunk of incoming) body += String(chunk);
      seen.push(`${incoming.method} ${incoming.url} ${incoming.headers['content-type'] ?? '-'} ${body}`);
      outgoing.setHeader('x-tt-logid', 'L1').end('{"code":0,"data":{"name":"群"}}');
    });
    const instance = instanceFor(base);
    const params = { page_size: 100, page_token: undefined };
    expect(await instance.request({ method: 'get', url: `${base}/a`, params, data: {} })).toEqual({
      code: 0,
      data: { name: '群' },
    });
    expect(await instance.post(`${base}/b`, { text: '报价' }, { $return_headers: true })).toMatchObject({
      headers: { 'x-tt-logid': 'L1' },
    });
    expect(seen).toEqual(['GET /a?page_size=100 - ', 'POST /b application/json; charset=utf-8 {"text":"报价"}']);
  });

  it('that says 200 with a code rejects, unless the caller reads codes itself', async () => {
    const { base } = await listen((_incoming, outgoing) => outgoing.end('{"code":514,"msg":"auth failed"}'));
    await expect(instanceFor(base).get(base)).rejects.toMatchObject({ name: 'ApiFailure', kind: 'refused', code: 514 });
    const lenient = createHttpInstance(createAgent(base, {}), 2_000, 'return');
    expect(await lenient.get(base)).toEqual({ code: 514, msg: 'auth failed', data: {} });
  });

  it.each([
    ['plain text', 404, '404 page not found'],
    ['nothing', 502, ''],
    ['a page for people', 200, '<html>'],
  ])('answered with %s rejects without a code', async (_what, status, body) => {
    const { base } = await listen((_incoming, outgoing) => outgoing.writeHead(status).end(body));
    await expect(instanceFor(base).get(base)).rejects.toMatchObject({ kind: 'refused', status, code: null });
  });

  it('ends after its time limit, also when the answer stops half way', async () => {
    const { base } = await listen((incoming, outgoing) => {
      if (incoming.url === '/half') outgoing.writeHead(200).write('{"code":');
    });
    for (const path of ['/silent', '/half']) {
      await expect(instanceFor(base, 150).get(base + path)).rejects.toMatchObject({ kind: 'timeout' });
    }
  });

  it('to nobody is a network failure', async () => {
    const { base, server } = await listen(() => undefined);
    server.close();
    await expect(instanceFor(base).get(base)).rejects.toMatchObject({ kind: 'network', status: 0, code: null });
  });
});

describe('a proxy of the environment', () => {
  it('carries HTTP and tunnels HTTPS, but never loopback', async () => {
    const seen: string[] = [];
    const { base: proxy, server } = await listen((incoming, outgoing) => {
      seen.push(`${incoming.method} ${incoming.url}`);
      outgoing.end('{"code":0}');
    });
    server.on('connect', (incoming, socket) => {
      seen.push(`CONNECT ${incoming.url}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    const env = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
    await createHttpInstance(createAgent('http://feishu.test', env), 2_000).get('http://feishu.test/x');
    const tunnelled = createHttpInstance(createAgent('https://feishu.test', env), 2_000).get('https://feishu.test/x');
    await expect(tunnelled).rejects.toMatchObject({ kind: 'network' });
    expect(seen).toEqual(['GET http://feishu.test/x', 'CONNECT feishu.test:443']);
    const { base } = await listen((_incoming, outgoing) => outgoing.end('{"code":0}'));
    await createHttpInstance(createAgent(base, env), 2_000).get(`${base}/direct`);
    expect(seen).toHaveLength(2);
  });
});
