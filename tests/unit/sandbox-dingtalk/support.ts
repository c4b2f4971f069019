/** What the emulator's tests share: an emulator with fixed secrets, a product at the stream, and one at a callback address. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import {
  type DingtalkEmulatorOptions,
  type ListeningDingtalkEmulator,
  startDingtalkEmulator,
} from '../../../sandbox/dingtalk/index.ts';
import { encrypt, signature } from '../../../sandbox/dingtalk/sealing.ts';

export const CLIENT = 'dingtestclient0001';
export const SECRET = 'client secret';
export const TOKEN = 'tokenxxxx';
export const AES_KEY = 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus';
export const ROBOT = '/v1.0/im/bot/messages/get';
const CARD = '/v1.0/card/instances/callback';

export type Json = Record<string, unknown>;

export async function startEmulator(
  options: Partial<DingtalkEmulatorOptions> = {},
): Promise<ListeningDingtalkEmulator> {
  const emulator = await startDingtalkEmulator({
    clientId: CLIENT,
    clientSecret: SECRET,
    corpId: 'dingcorp0001',
    token: TOKEN,
    aesKey: AES_KEY,
    mode: 'stream',
    seed: 7,
    ...options,
  });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** A company with two colleagues and their deal group with the robot in it. */
export function office(emulator: ListeningDingtalkEmulator) {
  const { world } = emulator;
  const lina = world.addPerson({ name: '李娜', mobile: '13800000001' });
  const chen = world.addPerson({ name: '陈总监', admin: true });
  const deal = world.createGroup({ name: '恒锐 成交群', members: [lina, chen] });
  world.addBot(deal);
  return { lina, chen, deal };
}

export async function call(
  base: string,
  path: string,
  body: unknown,
  { method = 'POST', token = '' } = {},
): Promise<{ status: number; body: Json }> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token && { 'x-acs-dingtalk-access-token': token }),
  };
  const response = await fetch(`${base}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, body: (await response.json()) as Json };
}

export async function tokenOf(emulator: ListeningDingtalkEmulator): Promise<string> {
  const asked = { appKey: CLIENT, appSecret: SECRET };
  return String((await call(emulator.apiBase, '/v1.0/oauth2/accessToken', asked)).body.accessToken);
}

export interface Frame {
  readonly type: string;
  readonly headers: Record<string, string>;
  readonly data: Json;
}

/** An answer: what `data` says, with its code; null: silence. */
export type Answer = { readonly code?: number; readonly data: unknown } | null;

export interface Product {
  readonly frames: Frame[];
  readonly socket: WebSocket;
  answer: (frame: Frame) => Answer | Promise<Answer>;
}

const subscriptions = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: ROBOT },
  { type: 'CALLBACK', topic: CARD },
];

export const openConnection = (emulator: ListeningDingtalkEmulator, more: Json = {}) =>
  call(emulator.apiBase, '/v1.0/gateway/connections/open', {
    clientId: CLIENT,
    clientSecret: SECRET,
    subscriptions,
    ...more,
  });

/** A product at the stream that acknowledges everything as it should. */
export async function connect(emulator: ListeningDingtalkEmulator, more: Json = {}): Promise<Product> {
  const { endpoint, ticket } = (await openConnection(emulator, more)).body;
  const socket = new WebSocket(`${endpoint}?ticket=${ticket}`);
  const product: Product = { frames: [], socket, answer: sound };
  onTestFinished(() => socket.terminate());
  socket.on('message', async (raw: Buffer) => {
    const { type, headers, data } = JSON.parse(raw.toString()) as {
      type: string;
      headers: Record<string, string>;
      data: string;
    };
    const frame = { type, headers, data: JSON.parse(data) as Json };
    product.frames.push(frame);
    const answer = await product.answer(frame);
    if (!answer || headers.topic === 'disconnect') return;
    const { messageId } = headers;
    const ack = { code: answer.code ?? 200, headers: { contentType: 'application/json', messageId }, message: 'OK' };
    socket.send(JSON.stringify({ ...ack, data: JSON.stringify(answer.data) }));
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return product;
}

export function sound({ type, data }: Frame): Answer {
  if (type === 'SYSTEM') return { data };
  return { data: type === 'EVENT' ? { status: 'SUCCESS' } : { response: null } };
}

export interface Received {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly query: Record<string, string>;
  readonly body: Json;
}

export interface StandIn {
  readonly url: string;
  readonly received: Received[];
  answer: (received: Received) => { readonly status: number; readonly body: string };
}

/** The sealed `success` that an event push asks for. */
export function success(owner = CLIENT): string {
  const [timeStamp, nonce] = ['1700000000000', 'nonce'];
  const sealed = encrypt('success', AES_KEY, owner, '0123456789abcdef');
  return JSON.stringify({
    msg_signature: signature(TOKEN, timeStamp, nonce, sealed),
    timeStamp,
    nonce,
    encrypt: sealed,
  });
}

/** A callback server that keeps what arrives and points the emulator at itself. */
export async function standIn(emulator: ListeningDingtalkEmulator): Promise<StandIn> {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const query = Object.fromEntries(new URL(req.url ?? '/', 'http://product').searchParams);
      const one = { headers: req.headers, query, body: readJson(Buffer.concat(chunks).toString()) };
      received.push(one);
      const { status, body } = product.answer(one);
      res.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const product: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/dingtalk`,
    received,
    answer: () => ({ status: 200, body: success() }),
  };
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  emulator.deliveries.setCallbackUrl(product.url);
  return product;
}

function readJson(words: string): Json {
  try {
    return JSON.parse(words) as Json;
  } catch {
    return {};
  }
}

export const kinds = (emulator: ListeningDingtalkEmulator): string[] =>
  emulator.journal.complaints.map(({ kind }) => kind);
