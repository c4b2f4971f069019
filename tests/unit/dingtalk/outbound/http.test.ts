/** The HTTP below every call, and the way out through a proxy, against bare servers on loopback. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAgents } from '../../../../adapters/dingtalk/agents.ts';
import { request } from '../../../../adapters/dingtalk/http.ts';
import { openConnection } from '../../../../adapters/dingtalk/stream/client.ts';
import { usualPace } from '../../../../adapters/dingtalk/stream/pace.ts';

async function listen(listener: RequestListener): Promise<{ base: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function agentsFor(proxy: Readonly<Record<string, string>>) {
  const agents = createAgents(proxy);
  onTestFinished(agents.destroy);
  return agents;
}

const post = (url: string, proxy: Readonly<Record<string, string>> = {}, withinMs = 2_000) =>
  request(agentsFor(proxy), { method: 'POST', url: new URL(url), body: { a: '一' }, withinMs });

describe('a request', () => {
  it('is JSON both ways, and what is no JSON object is none', async () => {
    const { base } = await listen(async (incoming, outgoing) => {
      const said = Buffer.concat(await incoming.toArray()).toString();
      outgoing.writeHead(201).end(incoming.url === '/text' ? 'busy' : JSON.stringify({ said, ...incoming.headers }));
    });
    expect(await post(base)).toMatchObject({
      status: 201,
      body: { said: '{"a":"一"}', accept: 'application/json', 'content-length': '11' },
    });
    expect(await post(`${base}/text`)).toEqual({ status: 201, body: null });
  });

  it('follows no redirect', async () => {
    const { base } = await listen((_incoming, outgoing) => outgoing.writeHead(302, { location: '/else' }).end('{}'));
    expect(await post(base)).toEqual({ status: 302, body: {} });
  });

  it('ends after its time limit, also when the answer stops half way, and when its reply is endless', async () => {
    const { base } = await listen((incoming, outgoing) => {
      if (incoming.url === '/half') outgoing.writeHead(200).write('{"a":');
      if (incoming.url === '/endless') outgoing.writeHead(200).end(Buffer.alloc(5 * 1024 * 1024, 32));
    });
    for (const path of ['/silent', '/half'])
      await expect(post(base + path, {}, 150)).rejects.toMatchObject({ kind: 'timeout' });
    await expect(post(`${base}/endless`)).rejects.toMatchObject({ kind: 'network' });
  });

  it('to nobody is a network failure', async () => {
    const { base, server } = await listen(() => undefined);
    server.close();
    await expect(post(base)).rejects.toMatchObject({ kind: 'network', status: 0, code: null });
  });
});

describe('a proxy of the environment', () => {
  async function openProxy() {
    const seen: string[] = [];
    const { base, server } = await listen((incoming, outgoing) => {
      seen.push(`${incoming.method} ${incoming.url}`);
      outgoing.end('{}');
    });
    server.on('connect', (incoming, socket) => {
      seen.push(`CONNECT ${incoming.url}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    return { seen, env: { HTTP_PROXY: base, HTTPS_PROXY: base, NO_PROXY: 'near.test' } };
  }

  it('carries HTTP and tunnels HTTPS, but never what NO_PROXY names, nor loopback', async () => {
    const { seen, env } = await openProxy();
    await post('http://dingtalk.test/x', env);
    await expect(post('https://dingtalk.test/x', env)).rejects.toMatchObject({ kind: 'network' });
    expect(seen).toEqual(['POST http://dingtalk.test/x', 'CONNECT dingtalk.test:443']);
    await expect(post('https://near.test/x', env)).rejects.toMatchObject({ kind: 'network' });
    const { base } = await listen((_incoming, outgoing) => outgoing.end('{}'));
    expect(await post(`${base}/direct`, env)).toEqual({ status: 200, body: {} });
    expect(seen).toHaveLength(2);
  });

  it('tunnels the socket of the stream', async () => {
    const { seen, env } = await openProxy();
    const found = JSON.stringify({ endpoint: 'wss://stream.test:443/connect', ticket: 't' });
    const { base } = await listen((_incoming, outgoing) => outgoing.end(found));
    const wanted = {
      agents: agentsFor(env),
      apiBase: base,
      clientId: 'id',
      clientSecret: 'secret',
      subscriptions: [],
      withinMs: 1_000,
      signal: new AbortController().signal,
    };
    const on = { frame: () => undefined, ended: () => undefined };
    await expect(openConnection(wanted, usualPace, on)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(seen).toEqual(['CONNECT stream.test:443']);
  });
});
