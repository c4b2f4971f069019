/** What the emulator's tests share: an emulator with fixed secrets, the official client on it, and a stand-in for the product. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as lark from '@larksuiteoapi/node-sdk';
import { onTestFinished } from 'vitest';
import {
  type FeishuEmulatorOptions,
  type ListeningFeishuEmulator,
  startFeishuEmulator,
} from '../../../sandbox/feishu/index.ts';

export const APP_ID = 'cli_a1b2c3d4e5f60718';
export const ENCRYPT_KEY = 'test key';
const TOKEN = 'vtok';

const quiet = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} };

export async function startEmulator(options: Partial<FeishuEmulatorOptions> = {}): Promise<ListeningFeishuEmulator> {
  const emulator = await startFeishuEmulator({
    appId: APP_ID,
    appSecret: 'app secret',
    encryptKey: ENCRYPT_KEY,
    verificationToken: TOKEN,
    tenantKey: '2ca1d211f64f6438',
    mode: 'webhook',
    seed: 7,
    clientConfig: { ReconnectInterval: 0.05, ReconnectNonce: 0, PingInterval: 0.2 },
    ...options,
  });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** The official client, with a cache of its own so that tests do not share tokens. */
export function clientOf(emulator: ListeningFeishuEmulator): lark.Client {
  const kept = new Map<unknown, unknown>();
  return new lark.Client({
    appId: APP_ID,
    appSecret: 'app secret',
    domain: emulator.apiBase,
    logger: quiet,
    cache: {
      get: async (key) => kept.get(key),
      set: async (key, value) => {
        kept.set(key, value);
        return true;
      },
    },
  });
}

export interface Received {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

export type Answer = { status: number; body: string } | null;

export interface StandIn {
  readonly url: string;
  readonly received: Received[];
  /** Decides the answer; 200 `{}` until set. Null: never answer. */
  answer: (received: Received) => Answer | Promise<Answer>;
}

/** A callback server that keeps what arrives and points the emulator at itself. */
export async function standIn(emulator: ListeningFeishuEmulator): Promise<StandIn> {
  const received: Received[] = [];
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', async () => {
      const one = { headers: req.headers, body: Buffer.concat(chunks) };
      received.push(one);
      const reply = await product.answer(one);
      if (reply) res.writeHead(reply.status).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const product: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/feishu`,
    received,
    answer: () => ({ status: 200, body: '{}' }),
  };
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  emulator.deliveries.setCallbackUrl(product.url);
  return product;
}

/** The official long-connection client, ready to receive. */
export async function connect(
  emulator: ListeningFeishuEmulator,
  dispatcher: lark.EventDispatcher,
): Promise<lark.WSClient> {
  const client = new lark.WSClient({ appId: APP_ID, appSecret: 'app secret', domain: emulator.apiBase, logger: quiet });
  onTestFinished(() => client.close({ force: true }));
  await client.start({ eventDispatcher: dispatcher });
  await emulator.journal.waitFor((entry) => entry.kind === 'connection' && entry.what === 'ping');
  return client;
}

export function dispatcherWith(handlers: Record<string, (data: never) => Promise<unknown>>): lark.EventDispatcher {
  return new lark.EventDispatcher({ encryptKey: ENCRYPT_KEY, verificationToken: TOKEN, logger: quiet }).register(
    handlers,
  );
}

/** The code of a refused call, however the official client reports it. */
export async function codeOf(call: Promise<unknown>): Promise<number> {
  try {
    return ((await call) as { code: number }).code;
  } catch (error) {
    return (error as { response?: { data?: { code?: number } } }).response?.data?.code ?? -1;
  }
}
