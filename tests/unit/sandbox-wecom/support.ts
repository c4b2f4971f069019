/** What the emulator's tests share: an emulator with fixed secrets, a client of its API, and a stand-in for the product. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  type ListeningWecomEmulator,
  startWecomEmulator,
  type WecomEmulatorOptions,
} from '../../../sandbox/wecom/index.ts';
import { decrypt, signature } from '../../../sandbox/wecom/sealing.ts';
import { readElement } from '../../../sandbox/wecom/xml.ts';

export const CORP = 'ww1234567890abcdef';
export const AGENT = 1000002;
export const TOKEN = 'QDG6eK';
export const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

export async function startEmulator(options: Partial<WecomEmulatorOptions> = {}): Promise<ListeningWecomEmulator> {
  const emulator = await startWecomEmulator({
    corpId: CORP,
    agentId: AGENT,
    secret: 'app secret',
    token: TOKEN,
    aesKey: AES_KEY,
    bot: { id: 'BOT', secret: 'bot secret' },
    archive: { secret: 'archive secret' },
    seed: 7,
    ...options,
  });
  onTestFinished(() => emulator.close());
  return emulator;
}

export interface Api {
  get<T = object>(path: string, query?: Record<string, string>): Promise<T & { errcode: number; errmsg: string }>;
  post<T = object>(path: string, body: object): Promise<T & { errcode: number; errmsg: string }>;
}

/** A caller with the token of a secret. */
export async function apiOf(emulator: ListeningWecomEmulator, secret = 'app secret'): Promise<Api> {
  const base = `${emulator.apiBase}/cgi-bin`;
  const query = new URLSearchParams({ corpid: CORP, corpsecret: secret });
  const { access_token } = (await (await fetch(`${base}/gettoken?${query}`)).json()) as { access_token: string };
  const call = async (path: string, query: Record<string, string>, init?: RequestInit) =>
    (await fetch(`${base}/${path}?${new URLSearchParams({ access_token, ...query })}`, init)).json();
  return {
    get: (path, query = {}) => call(path, query) as never,
    post: (path, body) => call(path, {}, { method: 'POST', body: JSON.stringify(body) }) as never,
  };
}

export interface Received {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Answer = { status: number; body: string } | null;

export interface StandIn {
  readonly received: Received[];
  /** The inner XML of what arrived, verified and decrypted. */
  readonly inner: () => string[];
  /** Decides the answer; 200 and nothing until set. Null: never answer. */
  answer: (received: Received) => Answer | Promise<Answer>;
}

/** A callback server that keeps what arrives and points the emulator at itself. */
export async function standIn(emulator: ListeningWecomEmulator): Promise<StandIn> {
  const received: Received[] = [];
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', async () => {
      const query = Object.fromEntries(new URL(req.url ?? '/', 'http://x').searchParams);
      const one = { method: req.method ?? '', query, body: Buffer.concat(chunks).toString('utf8') };
      received.push(one);
      const reply = await product.answer(one);
      if (reply) res.writeHead(reply.status).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const product: StandIn = {
    received,
    inner: () => received.map(open),
    answer: () => ({ status: 200, body: '' }),
  };
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  emulator.deliveries.setCallbackUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/wecom`);
  return product;
}

/** What a sound receiver reads; throws on anything it must refuse. */
export function open({ query, body }: Received): string {
  const sealed = readElement(body, 'Encrypt') ?? '';
  const { msg_signature, timestamp = '', nonce = '' } = query;
  if (body.includes('<!DOCTYPE')) throw new Error('a document type');
  if (body.length > 1024 * 1024) throw new Error('too long');
  if (signature(TOKEN, timestamp, nonce, sealed) !== msg_signature) throw new Error('bad signature');
  const { message, receiveId } = decrypt(sealed, AES_KEY);
  if (receiveId !== CORP) throw new Error('wrong receiveid');
  if (message.includes('�')) throw new Error('not UTF-8');
  if (readElement(message, 'ToUserName') !== CORP) throw new Error('wrong company');
  return message;
}

export const field = (xml: string | undefined, name: string): string | null => readElement(xml ?? '', name);

/** A card with two buttons and a choice. */
export const BUTTON_CARD = {
  card_type: 'button_interaction',
  main_title: { title: '商机推进', desc: '恒锐 轴承座' },
  horizontal_content_list: [{ keyname: '金额', value: '71,400 元' }],
  task_id: 'card-1',
  button_selection: {
    question_key: 'stage',
    title: '阶段',
    option_list: [
      { id: 'quoted', text: '已报价' },
      { id: 'won', text: '赢单' },
    ],
  },
  button_list: [
    { text: '推进', style: 1, key: 'advance' },
    { text: '忽略', style: 2, key: 'ignore' },
  ],
};

export const cardTo = (touser: string, card: object = BUTTON_CARD): object => ({
  touser,
  msgtype: 'template_card',
  agentid: AGENT,
  template_card: card,
});
