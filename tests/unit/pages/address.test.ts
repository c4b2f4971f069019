// Where a request comes from: a proxy's word counts where we trust the proxy.

import type { Context } from 'koa';
import { expect, it } from 'vitest';
import { addressOf, findAddress, LOCAL_PROXIES, readProxies } from '../../../src/http/address.ts';

const at = (proxies: readonly string[], remoteAddress: string, forwarded: string): string => {
  const list = readProxies(proxies);
  if (!list) throw new Error('no such networks');
  const ctx = { req: { socket: { remoteAddress } }, get: () => forwarded, state: {} } as unknown as Context;
  void findAddress(list)(ctx, () => Promise.resolve());
  return addressOf(ctx);
};

it.each([
  [LOCAL_PROXIES, '127.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  [LOCAL_PROXIES, '::1', '203.0.113.7', '203.0.113.7'],
  [LOCAL_PROXIES, '::ffff:127.0.0.1', '2001:db8::7', '2001:db8::7'],
  [LOCAL_PROXIES, '10.0.0.5', '203.0.113.7', '10.0.0.5'],
  [['10.0.0.0/8'], '::ffff:10.0.0.5', '203.0.113.7', '203.0.113.7'],
  [['10.0.0.0/8'], '198.51.100.9', '203.0.113.7', '198.51.100.9'],
  [LOCAL_PROXIES, '127.0.0.1', '', '127.0.0.1'],
  [LOCAL_PROXIES, '127.0.0.1', 'unknown', '127.0.0.1'],
])('trusting %j, from %s saying %j it is %s', (proxies, remoteAddress, forwarded, address) => {
  expect(at(proxies, remoteAddress, forwarded)).toBe(address);
});

it.each(['', 'localhost', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', '::1/129'])('%j is no proxy', (proxy) => {
  expect(readProxies([proxy])).toBeNull();
});
