// Requests that hold many bytes: a few at once of each colleague and of all; a place is free again when its caller is gone.
import { once } from 'node:events';
import { type ClientRequest, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { expect, it } from 'vitest';
import { fewAtOnce } from '../../src/http/few-at-once.ts';

it('takes two of each and three of all, and forgets whoever has gone', async () => {
  const app = new Koa();
  const waiting: (() => void)[] = [];
  app.use((ctx, next) => {
    ctx.state['actor'] = { tenantId: 't1', staffId: ctx.get('who'), accountId: '' };
    return next();
  });
  app.use(fewAtOnce({ each: 2, all: 3 }));
  app.use(async (ctx) => {
    if (ctx.path === '/slow') await new Promise<void>((resolve) => waiting.push(resolve));
    ctx.body = 'done';
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = (who: string, path: string): ClientRequest => {
    const asked = request({ port, host: '127.0.0.1', path, headers: { who: encodeURIComponent(who) }, agent: false });
    asked.on('error', () => {});
    return asked.end();
  };
  const statusOf = async (who: string) => {
    const [answer] = await once(ask(who, '/'), 'response');
    answer.resume();
    return answer.statusCode as number;
  };
  const slow = [ask('李娜', '/slow'), ask('李娜', '/slow')];
  await expect.poll(() => waiting.length).toBe(2);
  expect([await statusOf('李娜'), await statusOf('王强'), await statusOf('王强')]).toEqual([429, 200, 200]);
  slow.push(ask('韩松', '/slow'));
  await expect.poll(() => waiting.length).toBe(3);
  expect([await statusOf('王强'), await statusOf('韩松')]).toEqual([429, 429]);
  for (const one of slow) one.destroy();
  await expect.poll(async () => [await statusOf('李娜'), await statusOf('王强')]).toEqual([200, 200]);
  for (const end of waiting) end();
  server.close();
});
