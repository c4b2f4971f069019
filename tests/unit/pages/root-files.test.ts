/** Files at the root of our address: the exact names that a channel gives, and nothing beside them. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { expect, it } from 'vitest';
import type { Channel } from '../../../src/channel/channel.ts';
import { serveRootFiles } from '../../../src/http/routes/root-files.ts';

it('serves the words of a file as plain text under its exact name', async () => {
  const router = new Router();
  const rootFiles = [{ name: 'WW_verify_AbCd1234.txt', content: 'AbCd1234' }];
  serveRootFiles(router, [{ channel: { rootFiles } as unknown as Channel }, { channel: {} as Channel }]);
  const server = new Koa().use(router.routes()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const found = await fetch(`${origin}/WW_verify_AbCd1234.txt`);
    expect(await found.text()).toBe('AbCd1234');
    expect(found.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    for (const other of ['/WW_verify_AbCd12345.txt', '/WW_verify_AbCd1234Xtxt', '/x/WW_verify_AbCd1234.txt', '/.env'])
      expect((await fetch(origin + other)).status).toBe(404);
  } finally {
    server.close();
  }
});
