/** The desk's API against callers of every kind: strangers are refused, bad input gets a Chinese sentence, nothing falls over. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk } from '../../../sandbox/desk/desk.ts';
import { createHandler } from '../../../sandbox/desk/serve.ts';
import type { CommandAnswer, DeskView } from '../../../sandbox/desk/view.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ logLevel: 'silent' });
  const handler = createHandler(openDesk(sandbox), '/nonexistent');
  sandbox.mount('/', handler);
  sandbox.mount('/console', handler);
});

afterAll(() => sandbox.close());

interface Answer {
  readonly status: number;
  readonly body: CommandAnswer & { error?: string };
}

/** A request with exactly this path and these headers; `fetch` would tidy the one and not let us lie about the others. */
function send(method: string, path: string, body: string | Buffer = '', headers: Record<string, string> = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const outgoing = request(sandbox.url, { method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) });
      });
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (name: string, input: unknown, headers: Record<string, string> = {}) =>
  send('POST', `/console/api/${name}`, JSON.stringify(input), { ...JSON_TYPE, ...headers });

async function view(): Promise<DeskView> {
  return (await fetch(`${sandbox.url}/console/api/state`)).json() as Promise<DeskView>;
}

/** Looks until it is so; the desk learns of the CRM's work a moment after the answer. */
const eventually = <T>(look: (desk: DeskView) => T | undefined | false) =>
  expect.poll(async () => look(await view()), { timeout: 5000, interval: 50 });

const hengrui = () => sandbox.company.chats.hengrui.chatId;
const zhou = () => sandbox.company.customers.zhou.openId;
const lina = () => sandbox.company.staff.lina.openId;

describe('who may call', () => {
  it.each([
    ['another host name', { host: 'desk.example.com' }],
    ['a name that only begins like ours', { host: '127.0.0.1.example.com' }],
    ['a foreign page', { origin: 'https://example.com' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a page without an origin', { origin: 'null' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s', async (_, headers) => {
    const answer = await post('newcomer', {}, headers);
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatch(/[\u4e00-\u9fff]/);
    expect((await view()).chats.filter(({ kind }) => kind === 'customer')).toHaveLength(3);
  });

  it('does not show the desk to a rebound name either', async () => {
    expect((await send('GET', '/console/api/state', '', { host: 'evil.test' })).status).toBe(403);
    expect((await send('GET', '/console/api/events', '', { host: 'evil.test' })).status).toBe(403);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('takes its own page under %s', async (name) => {
    const host = `${name}:${new URL(sandbox.url).port}`;
    const answer = await post('clock', { move: 'minutes' }, { host, origin: `http://${host}` });
    expect(answer).toMatchObject({ status: 200, body: { notice: { text: '时间过了 10 分钟' } } });
  });
});

describe('input', () => {
  it.each([
    ['no JSON at all', 'say', 'hello', 400],
    ['cut JSON', 'say', '{"chatId":', 400],
    ['no object', 'say', '[]', 400],
    ['null', 'tap', 'null', 400],
    ['missing fields', 'say', '{}', 400],
    ['wrong types', 'say', '{"chatId":1,"personId":{},"text":[]}', 400],
    ['an unknown move of the clock', 'clock', '{"move":"-1 day"}', 400],
    ['an unknown trick', 'trick', '{"trick":"__proto__","on":true}', 400],
    ['an unknown command', 'shutdown', '{}', 404],
    ['a name every object has', 'constructor', '{}', 404],
  ])('refuses %s', async (_, name, body, status) => {
    const answer = await send('POST', `/console/api/${name}`, body, JSON_TYPE);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatch(/[\u4e00-\u9fff]/);
  });

  it('refuses bytes that are no UTF-8', async () => {
    const answer = await send('POST', '/console/api/say', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), JSON_TYPE);
    expect(answer.status).toBe(400);
  });

  it('refuses forms, which any page could send', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send('POST', '/console/api/newcomer', '{}', form)).status).toBe(415);
    expect((await send('POST', '/console/api/newcomer', '{}')).status).toBe(415);
  });

  it('refuses a body over the limit while it is still arriving', async () => {
    const { hostname, port } = new URL(sandbox.url);
    const socket = connect(Number(port), hostname);
    const head = 'POST /console/api/say HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
    socket.write(`${head}Content-Length: 10000000\r\n\r\n${'x'.repeat(70_000)}`);
    const [first] = await new Promise<Buffer[]>((resolve) => socket.once('data', (chunk: Buffer) => resolve([chunk])));
    expect(first?.toString()).toContain('413');
    socket.destroy();
  });

  it('refuses to read a command and to post a page', async () => {
    expect((await send('GET', '/console/api/newcomer')).status).toBe(405);
    expect((await send('POST', '/', '{}', JSON_TYPE)).status).toBe(405);
  });

  it.each(['/console/assets/../../../package.json', '/console/assets/..%2f..%2fpackage.json', '/console/x', '//x'])(
    'finds nothing at %s',
    async (path) => {
      expect((await send('GET', path)).status).toBe(404);
    },
  );

  it('names what is not there', async () => {
    expect(await post('say', { chatId: 'oc_x', personId: zhou(), text: '在吗' })).toMatchObject({
      status: 404,
      body: { error: '没有这个会话。' },
    });
    const stranger = sandbox.company.customers.han.openId;
    expect(await post('say', { chatId: hengrui(), personId: stranger, text: '在吗' })).toMatchObject({
      status: 409,
      body: { error: '这个人不在会话里。' },
    });
    expect(await post('say', { chatId: hengrui(), personId: zhou(), text: ' \n ' })).toMatchObject({
      status: 400,
      body: { error: '先写点什么再发送。' },
    });
    expect(await post('say', { chatId: hengrui(), personId: zhou(), text: '价'.repeat(2001) })).toMatchObject({
      status: 400,
      body: { error: '一句话最多 2000 个字。' },
    });
    expect((await post('tap', { personId: lina(), messageId: 'om_x', value: {} })).status).toBe(404);
    expect((await post('invite', { chatId: hengrui() })).status).toBe(409);
    expect((await post('disconnect', {})).body.error).toContain('Webhook');
  });
});

describe('a line and its card', () => {
  it('goes through the platform, is explained, and can be taken back only by who sees the card', async () => {
    const said = await post('say', { chatId: hengrui(), personId: zhou(), text: '帮我报下价，规格书发你了' });
    expect(said.status).toBe(200);
    await eventually(({ chats }) => chats.find(({ id }) => id === hengrui())?.messages.at(-1)?.fate?.summary).toBe(
      '已推进到「报价发送」',
    );
    const desk = await view();
    const fate = desk.chats.find(({ id }) => id === hengrui())?.messages.at(-1)?.fate;
    expect(fate?.findings).toMatchObject([{ signal: '报价发送', verdict: 'advance', rule: '客户要报价' }]);
    expect(fate?.delivery).toMatchObject({ accepted: true, pushes: 1 });
    expect(desk.deals.find(({ name }) => name.startsWith('恒锐'))?.history).toMatchObject([
      { from: '需求确认', to: '报价发送', undone: false, cause: '自动 · 规则「客户要报价」', speaker: '周工' },
    ]);

    const card = await sandbox.platform.waitForCard(sandbox.company.staff.lina, '今日进展');
    const value = /"value":(\{"key":"[^"]+"\})/.exec(JSON.stringify(card.card))?.[1] ?? '';
    const tap = { messageId: card.messageId, value: JSON.parse(value) as object };
    const outsider = await post('tap', { ...tap, personId: sandbox.company.staff.wangqiang.openId });
    expect(outsider.body.notice).toEqual({ tone: 'warning', text: '他不在这个会话里，看不到这张卡片。' });
    const owner = await post('tap', { ...tap, personId: lina() });
    expect(owner.body.notice?.tone).toBe('success');
    await eventually(({ deals }) => deals.find(({ name }) => name.startsWith('恒锐'))?.stage).toBe('qualified');
  });

  it('counts copies once', async () => {
    await post('trick', { trick: 'copies', on: true });
    await post('say', { chatId: hengrui(), personId: zhou(), text: '帮我报下价' });
    await post('trick', { trick: 'copies', on: false });
    const newest = (desk: DeskView) => desk.chats.find(({ id }) => id === hengrui())?.messages.at(-1)?.fate;
    await eventually((desk) => newest(desk)?.delivery?.pushes).toBe(3);
    await eventually((desk) => newest(desk)?.findings.length).toBe(1);
  });

  it('tells that a group without the bot is not heard, and brings it in', async () => {
    const { chatId } = sandbox.company.chats.newcomer;
    const { openId } = sandbox.company.customers.sun;
    await post('say', { chatId, personId: openId, text: '帮我报个价' });
    const group = (desk: DeskView) => desk.chats.find(({ id }) => id === chatId);
    expect(group(await view())?.messages.at(-1)?.fate?.progress).toBe('unheard');
    expect((await post('invite', { chatId })).body.notice?.text).toContain('王强把聊单拉进了');
    expect(group(await view())?.botIn).toBe(true);
  });

  it('reports a forged callback as turned away', async () => {
    const { body } = await post('forge', {});
    expect(body.notice).toMatchObject({ tone: 'success' });
    expect(body.notice?.text).toContain('401');
    expect((await view()).platforms.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

describe('following', () => {
  it('sends the desk at once and again after a change, also to several pages', async () => {
    const open = async () => {
      const abort = new AbortController();
      const response = await fetch(`${sandbox.url}/console/api/events`, { signal: abort.signal });
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      return {
        async until(words: string): Promise<void> {
          while (!text.includes(words)) {
            const { value, done } = await reader.read();
            if (done) throw new Error(`the stream ended without ${words}`);
            text += new TextDecoder().decode(value);
          }
        },
        close: () => abort.abort(),
      };
    };
    const [first, second] = await Promise.all([open(), open()]);
    await Promise.all([first.until('宁波恒锐'), second.until('宁波恒锐')]);
    await post('say', { chatId: hengrui(), personId: zhou(), text: '一样品质的有吗' });
    await Promise.all([first.until('别的词的一部分'), second.until('别的词的一部分')]);
    first.close();
    second.close();
  });
});
