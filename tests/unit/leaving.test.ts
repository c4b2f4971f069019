/** How an instance leaves: in which order, and what a balancer sees of it. */
import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { expect, it } from 'vitest';
import { type Health, healthHandler } from '../../src/http/routes/health.ts';
import { createLeaving } from '../../src/leaving.ts';

const well = { status: 'ok', database: { ok: true } } as Health;

it('says so from the first moment, ends deliveries before their platforms go, and leaves once', async () => {
  const order: string[] = [];
  const delivered = Promise.withResolvers<void>();
  const part = (name: string) => ({ stop: async () => void order.push(name) });
  const router = new Router();
  router.get(
    '/health',
    healthHandler(async () => ({ ...well, ...(leaving.begun() && { leaving: true as const }) })),
  );
  const server = createServer(new Koa().use(router.routes()).callback());
  const leaving = createLeaving({
    server,
    channels: [part('channel')],
    pages: part('pages'),
    schedule: part('schedule'),
    usage: part('usage'),
    inbox: part('inbox'),
    outbox: {
      async stop() {
        await delivered.promise;
        order.push('outbox');
      },
    },
    errands: async () => order.push('errands'),
    database: { close: async () => void order.push('database') },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ keepAlive: true });
  const look = async () => {
    const { port } = server.address() as AddressInfo;
    const [response] = await once(
      get({ port, path: '/health', agent, headers: { accept: 'application/json' } }),
      'response',
    );
    response.resume();
    await once(response, 'end');
    return [response.statusCode, response.headers.connection];
  };
  expect(await look()).toEqual([200, 'keep-alive']);
  const left = Promise.all([leaving.leave(), leaving.leave()]);
  expect(await look()).toEqual([503, 'close']);
  expect(order).toEqual([]);
  delivered.resolve();
  await left;
  agent.destroy();
  expect(order[0]).toBe('outbox');
  expect(order.indexOf('channel')).toBeLessThan(order.indexOf('inbox'));
  expect(order.filter((name) => name === 'channel')).toHaveLength(1);
  expect(order.at(-1)).toBe('database');
});
