/** The long connection at its edges: refused discovery, bad tickets, limits, drops, silence. */
import * as lark from '@larksuiteoapi/node-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ListeningFeishuEmulator } from '../../../sandbox/feishu/index.ts';
import { APP_ID, connect, dispatcherWith, startEmulator } from './support.ts';

async function discover(emulator: ListeningFeishuEmulator, secret = 'app secret') {
  const response = await fetch(`${emulator.apiBase}/callback/ws/endpoint`, {
    method: 'POST',
    body: JSON.stringify({ AppID: APP_ID, AppSecret: secret }),
  });
  return (await response.json()) as { code: number; data: { URL: string } };
}

const listener = () => dispatcherWith({ 'im.message.receive_v1': async () => ({}) });

test('wrong credentials and too many connections are told at discovery', async () => {
  const emulator = await startEmulator({ mode: 'websocket', maxConnections: 1 });
  expect(await discover(emulator, 'wrong')).toMatchObject({ code: 514, data: {} });
  await connect(emulator, listener());
  expect(await discover(emulator)).toMatchObject({ code: 1000040350, data: {} });
  emulator.misbehave.refuseDiscovery(1000040343);
  expect((await discover(emulator)).code).toBe(1000040343);
});

test('a ticket opens one connection, and no other opens any', async () => {
  const emulator = await startEmulator({ mode: 'websocket' });
  const { data } = await discover(emulator);
  const open = (url: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url);
      socket.on('open', () => {
        socket.terminate();
        resolve('open');
      });
      socket.on('unexpected-response', (_req, res) => {
        resolve(String(res.headers['handshake-status']));
        socket.terminate();
      });
      socket.on('error', () => {});
    });
  expect(await open(data.URL)).toBe('open');
  expect(await open(data.URL)).toBe('514');
  expect(await open(data.URL.replace(/ticket=\w+/, 'ticket=stolen'))).toBe('514');
});

test('after a drop the official client comes back and events flow again', async () => {
  const emulator = await startEmulator({ mode: 'websocket' });
  await connect(emulator, listener());
  emulator.misbehave.dropConnections();
  await emulator.journal.until(() => emulator.connections() === 0);
  await emulator.waitForConnection();
  const person = emulator.world.addPerson({ name: '陈晓' });
  expect((await emulator.sayToBot(person, '在吗').delivery?.first)?.accepted).toBe(true);
});

test('a platform that no longer answers pings is noticed by a client that watches', async () => {
  const emulator = await startEmulator({
    mode: 'websocket',
    clientConfig: { PingInterval: 60, ReconnectInterval: 0.05, ReconnectNonce: 0 },
  });
  emulator.misbehave.silentPong(true);
  const noticed = new Promise<void>((resolve) => {
    const client = new lark.WSClient({
      appId: APP_ID,
      appSecret: 'app secret',
      domain: emulator.apiBase,
      loggerLevel: lark.LoggerLevel.fatal,
      wsConfig: { pingTimeout: 1 },
      onReconnecting: resolve,
    });
    onTestFinished(() => client.close({ force: true }));
    void client.start({ eventDispatcher: listener() });
  });
  await noticed;
  expect(
    emulator.journal.entries.filter((entry) => entry.kind === 'connection' && entry.what === 'ping'),
  ).not.toHaveLength(0);
});

test('events are shared among connections by chance', async () => {
  const emulator = await startEmulator({ mode: 'websocket' });
  const counts = [0, 0];
  for (const index of [0, 1]) {
    const count = async () => {
      counts[index] = (counts[index] ?? 0) + 1;
    };
    await connect(emulator, dispatcherWith({ 'im.message.receive_v1': count }));
    await emulator.journal.until(() => emulator.connections() === index + 1);
  }
  const person = emulator.world.addPerson({ name: '陈晓' });
  await Promise.all(Array.from({ length: 30 }, (_, i) => emulator.sayToBot(person, `${i}`).delivery?.done));
  expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(30);
  expect(Math.min(...counts)).toBeGreaterThan(0);
});
