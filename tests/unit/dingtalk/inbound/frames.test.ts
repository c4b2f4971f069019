/** Frames and the gateway's answers, sound and not. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAgents } from '../../../../adapters/dingtalk/agents.ts';
import type { Intake } from '../../../../adapters/dingtalk/intake.ts';
import { createDispatch, robotTopic } from '../../../../adapters/dingtalk/stream/dispatch.ts';
import { readFrame, writeAck } from '../../../../adapters/dingtalk/stream/frames.ts';
import { askForSocket } from '../../../../adapters/dingtalk/stream/gateway.ts';
import { recordingLog } from './doubles.ts';

const frame = {
  specVersion: '1.0',
  type: 'CALLBACK',
  headers: { appId: 'a', messageId: '212b9d7c_165f', time: '1769851697756', topic: robotTopic },
  data: '{"msgId":"m"}',
};
const accepting: Intake = {
  robot: async () => ({ ok: true, answer: null }),
  card: async () => ({ ok: true, answer: {} }),
  event: async () => ({ ok: true, answer: null }),
};

describe('a frame', () => {
  it('is read as documented, and acknowledged under its id', () => {
    expect(readFrame(JSON.stringify(frame))).toEqual({
      type: 'CALLBACK',
      topic: robotTopic,
      messageId: '212b9d7c_165f',
      headers: frame.headers,
      data: { msgId: 'm' },
    });
    expect(JSON.parse(writeAck('m1', { code: 200, data: { response: null } }))).toEqual({
      code: 200,
      headers: { contentType: 'application/json', messageId: 'm1' },
      message: 'OK',
      data: '{"response":null}',
    });
  });

  it('whose data is none keeps its id, so that it can be answered', () => {
    for (const data of ['{"cut": ', '[]', '', 7, null]) {
      expect(readFrame(JSON.stringify({ ...frame, data }))).toMatchObject({ messageId: '212b9d7c_165f', data: null });
    }
  });

  it('of any shape is answered or left alone, and nothing is thrown', async () => {
    const dispatch = createDispatch(accepting, () => 0, recordingLog());
    const text = fc.oneof(fc.constantFrom('SYSTEM', 'EVENT', 'CALLBACK', robotTopic, '*', '__proto__'), fc.string());
    const headers = fc.record(
      { topic: text, messageId: text, eventType: text, eventBornTime: text },
      { requiredKeys: [] },
    );
    const shape = fc.record({ type: text, headers, data: fc.oneof(fc.json(), fc.string()) }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          shape.map((it) => JSON.stringify(it)),
          fc.json(),
          fc.string(),
        ),
        async (raw) => {
          const read = readFrame(raw);
          const ack = read && (await dispatch(read));
          expect(ack === null || [200, 400, 404].includes(ack.code)).toBe(true);
        },
      ),
    );
  });

  it('of an event without an id has a key of what it says', async () => {
    const ids: string[] = [];
    const intake: Intake = {
      ...accepting,
      async event({ eventId }) {
        ids.push(eventId);
        return { ok: true, answer: null };
      },
    };
    const dispatch = createDispatch(intake, () => 0, recordingLog());
    for (const [messageId, userId] of [
      ['m1', 'u1'],
      ['m2', 'u1'],
      ['m3', 'u2'],
    ] as const) {
      const headers = { topic: '*', messageId, eventType: 'user_leave_org' };
      const read = readFrame(JSON.stringify({ type: 'EVENT', headers, data: JSON.stringify({ userId: [userId] }) }));
      if (read) await dispatch(read);
    }
    expect([ids[0] === ids[1], ids[0] === ids[2], ids.length]).toEqual([true, false, 3]);
  });
});

describe('the gateway', () => {
  async function answer(status: number, body: string, delayMs = 0) {
    const asked: { accept: string | undefined; body: Promise<string> }[] = [];
    const server = createServer((req, res) => {
      asked.push({ accept: req.headers.accept, body: req.toArray().then((all) => Buffer.concat(all).toString()) });
      setTimeout(() => res.writeHead(status, { location: '/elsewhere' }).end(body), delayMs);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const request = {
      agents: createAgents({}),
      apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      clientId: 'id',
      clientSecret: 'secret',
      subscriptions: [{ type: 'EVENT', topic: '*' }] as const,
      withinMs: 200,
      signal: new AbortController().signal,
    };
    return { asked, request };
  }
  const found = (endpoint: string, ticket = 't/1 +') => JSON.stringify({ endpoint, ticket });

  it('is asked in JSON, and its ticket is written into the address', async () => {
    const { asked, request } = await answer(200, found('wss://a.example:443/connect#x'));
    expect(await askForSocket(request)).toBe('wss://a.example/connect?ticket=t%2F1+%2B');
    expect(asked[0]?.accept).toBe('application/json');
    expect(JSON.parse((await asked[0]?.body) ?? '')).toMatchObject({
      clientId: 'id',
      clientSecret: 'secret',
      subscriptions: [{ type: 'EVENT', topic: '*' }],
    });
  });

  it.each([
    [401, '{"code":"authFailed","message":"鉴权失败"}', 'refused'],
    [400, '{"code":"authFailed"}', 'refused'],
    [400, '<html>400</html>', 'unreachable'],
    [503, '{}', 'unreachable'],
    [302, '', 'unreachable'],
    [200, '<xml/>', 'unreachable'],
    [200, '{"endpoint":"wss://a"}', 'unreachable'],
    [200, found('https://a'), 'unreachable'],
    [200, found('nowhere'), 'unreachable'],
  ])('%i %s is %s', async (status, body, kind) => {
    const { request } = await answer(status, body);
    await expect(askForSocket(request)).rejects.toMatchObject({ name: 'OpenFailure', kind });
  });

  it('that does not answer in time is given up; so is one that we no longer want', async () => {
    const { request } = await answer(200, found('wss://a'), 1_000);
    const since = performance.now();
    await expect(askForSocket(request)).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(askForSocket({ ...request, signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'unreachable',
    });
    expect(performance.now() - since).toBeLessThan(600);
  });
});
