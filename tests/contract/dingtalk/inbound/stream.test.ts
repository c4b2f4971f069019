/** Every defect of the SDK that can hit us (dingtalk.md §1.7), and that we survive it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulator } from '../harness.ts';
import { openStreamDesk, pause, type StreamDesk, streamAt } from './stream-desk.ts';

const anna = ({ emulator: { world } }: Pick<StreamDesk, 'emulator'>) =>
  [...world.people.values()].find(({ name }) => name === '安娜') ?? world.addPerson({ name: '安娜' });

const say = (desk: Pick<StreamDesk, 'emulator'>, words = '在吗') => {
  const { delivery } = desk.emulator.sayToBot(anna(desk), words);
  if (!delivery) throw new Error('not heard');
  return delivery;
};

const faults: unknown[] = [];
const note = (error: unknown): void => void faults.push(error);
const printed = ['log', 'info', 'warn', 'error'] as const;

beforeEach(() => {
  faults.length = 0;
  process.on('uncaughtException', note).on('unhandledRejection', note);
  for (const name of printed) vi.spyOn(console, name);
});

afterEach(() => {
  process.off('uncaughtException', note).off('unhandledRejection', note);
  expect(faults).toEqual([]);
  for (const name of printed) expect(console[name]).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

it('defect 1: a client does not subscribe to what another one asked for', async () => {
  const emulator = await startEmulator();
  await using _emulator = { [Symbol.asyncDispose]: () => emulator.close() };
  const [first, second] = [streamAt(emulator), streamAt(emulator, { mode: 'webhook' })];
  await first.stream.start(2_000);
  await second.stream.start(2_000);
  const card = 'CALLBACK /v1.0/card/instances/callback';
  expect(emulator.gateway.connections().map((connection) => connection.topics)).toEqual([
    ['EVENT *', 'CALLBACK /v1.0/im/bot/messages/get', card],
    [card],
  ]);
});

describe('defect 2: an attempt that fails says so', () => {
  it('wrong credentials: in Chinese for the administrator, tried again slowly, mended without a restart', async () => {
    const emulator = await startEmulator();
    await using _emulator = { [Symbol.asyncDispose]: () => emulator.close() };
    const { stream } = streamAt(emulator, { secret: 'wrong' });
    await stream.start(2_000);
    expect(stream.problem()).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/authFailed.*DINGTALK_CLIENT_SECRET/),
    });
    await pause(150);
    expect(emulator.gateway.openings()).toBe(1);
    await vi.waitFor(() => expect(emulator.gateway.openings()).toBe(2));
  });

  it.each([503, 400] as const)('the gateway answers %i: tried again until it works', async (status) => {
    const desk = await openStreamDesk();
    const { gateway } = desk.emulator.misbehave;
    gateway.refuseOpening(status);
    desk.emulator.gateway.dropAll();
    await vi.waitFor(() => expect(desk.stream.problem()?.detail).toContain('继续尝试'));
    expect(desk.stream.problem()?.status).toBe('degraded');
    gateway.refuseOpening(null);
    await vi.waitFor(() => expect(desk.stream.problem()).toBeNull());
    expect((await say(desk).done).accepted).toBe(true);
  });

  it('nobody listens at the address: start ends all the same', async () => {
    const emulator = await startEmulator();
    const { stream } = streamAt(emulator);
    await emulator.close();
    await stream.start(2_000);
    expect(stream.problem()?.status).toBe('connecting');
    await stream.stop();
  });
});

it('defect 3: opening succeeds, the socket fails: no storm, one attempt at a time', async () => {
  const desk = await openStreamDesk();
  const { emulator } = desk;
  emulator.misbehave.gateway.refuseSockets(true);
  emulator.gateway.dropAll();
  await pause(1_000);
  // 40, 80, 160, 160, … ms, give or take a quarter; the SDK would have asked 127 times.
  expect(emulator.gateway.openings()).toBeLessThan(13);
  expect(emulator.gateway.openings()).toBeGreaterThan(4);
  emulator.misbehave.gateway.refuseSockets(false);
  await vi.waitFor(() => expect(desk.stream.problem()).toBeNull());
  expect(emulator.gateway.connections()).toHaveLength(1);
  expect(emulator.journal.complaints).toEqual([]);
});

it('defect 4: an event that is handled later is acknowledged when it is, with a word the platform knows', async () => {
  const desk = await openStreamDesk();
  desk.inbound.onStore = () => pause(50);
  const delivery = desk.emulator.leaveCompany(anna(desk));
  expect(await delivery.done).toMatchObject({ accepted: true, answer: '"SUCCESS"' });
  expect(desk.emulator.journal.complaints).toEqual([]);
});

describe('defects 5 and 6: nothing that comes in wedges the socket', () => {
  it.each([
    ['no JSON', 'no frame at all'],
    ['JSON of another shape', '[1,2]'],
    ['no headers', '{"type":"CALLBACK"}'],
    ['headers of another shape', '{"type":"CALLBACK","headers":[],"data":"{}"}'],
    ['an unknown system topic', '{"type":"SYSTEM","headers":{"topic":"KEEPALIVE","messageId":"m"},"data":"x"}'],
    ['names from the prototype', '{"type":"__proto__","headers":{"topic":"constructor","messageId":"m"},"data":"{}"}'],
  ])('a frame that is %s', async (_what, raw) => {
    const desk = await openStreamDesk();
    desk.emulator.gateway.sendRaw(raw);
    expect((await say(desk).done).accepted).toBe(true);
    expect(await desk.emulator.gateway.ping()).toBe(1);
    expect(desk.emulator.gateway.openings()).toBe(1);
  });

  it('a handler that throws, and one that rejects: no ack but the platform’s word for "again"', async () => {
    let calls = 0;
    const desk = await openStreamDesk({
      taps: {
        answer() {
          calls += 1;
          if (calls === 1) throw new Error('thrown');
          return Promise.reject(new Error('rejected'));
        },
      },
    });
    desk.inbound.onStore = () => {
      throw new Error('thrown');
    };
    expect((await say(desk).first).reason).toBe('ack_500');
    desk.inbound.onStore = () => Promise.reject(new Error('rejected'));
    expect((await desk.emulator.leaveCompany(anna(desk)).first).reason).toBe('ack_later');
    desk.inbound.onStore = null;
    const card = { type: 'CALLBACK', data: JSON.stringify({ corpId: 'dingcorp0001' }) };
    for (const messageId of ['m1', 'm2']) {
      const headers = { topic: '/v1.0/card/instances/callback', messageId };
      desk.emulator.gateway.sendRaw(JSON.stringify({ ...card, headers }));
    }
    await vi.waitFor(() => expect(calls).toBe(2));
    expect(await desk.emulator.gateway.ping()).toBe(1);
  });
});

it('defect 7: a callback that nobody asked for is answered all the same', async () => {
  const desk = await openStreamDesk();
  const headers = { topic: '/v1.0/graph/api/invoke', messageId: 'm' };
  desk.emulator.gateway.sendRaw(JSON.stringify({ type: 'CALLBACK', headers, data: '{}' }));
  const complaint = () => desk.emulator.journal.complaints.some(({ detail }) => detail.includes('an ack for nothing'));
  await vi.waitFor(() => expect(complaint()).toBe(true));
});

describe('defect 8: the server says goodbye', () => {
  it('a fresh connection stands at once, and what came before is still acknowledged on the old one', async () => {
    const desk = await openStreamDesk();
    const { emulator } = desk;
    await pause(120);
    desk.inbound.onStore = () => pause(60);
    const before = say(desk, '之前');
    await vi.waitFor(() => expect(emulator.deliveries.inFlight()).toBe(1));
    const since = performance.now();
    emulator.gateway.disconnect();
    await vi.waitFor(() => expect(emulator.gateway.ready()).toBe(1), { interval: 2 });
    expect(performance.now() - since).toBeLessThan(60);
    expect(desk.stream.problem()).toBeNull();
    expect((await before.first).accepted).toBe(true);
    expect((await say(desk, '之后').first).accepted).toBe(true);
    await vi.waitFor(() => expect(emulator.gateway.connections()).toHaveLength(1));
    await pause(150);
    expect(emulator.gateway.openings()).toBe(2);
  });

  it('a server that says goodbye to every connection is not stormed', async () => {
    const desk = await openStreamDesk();
    const { gateway } = desk.emulator;
    for (const end = performance.now() + 800; performance.now() < end; await pause(5)) gateway.disconnect();
    expect(gateway.openings()).toBeLessThan(12);
    await vi.waitFor(() => expect(gateway.ready()).toBe(1));
  });

  it('a server that forgets to close the old socket loses it', async () => {
    const desk = await openStreamDesk({ emulator: { closeAfterMs: 60_000 }, pace: { retiredForMs: 100 } });
    desk.emulator.gateway.disconnect();
    await vi.waitFor(() => expect(desk.emulator.gateway.connections()).toHaveLength(2), { interval: 2 });
    await vi.waitFor(() => expect(desk.emulator.gateway.connections()).toHaveLength(1));
    expect(desk.emulator.gateway.ready()).toBe(1);
  });
});

it('defect 9: an ack that its socket cannot carry any more is noticed; the message comes again and is one', async () => {
  const desk = await openStreamDesk();
  desk.inbound.onStore = () => pause(80);
  const delivery = desk.emulator.sayToBot(anna(desk), '在吗', { flaws: { cutConnection: true } }).delivery;
  expect((await delivery?.first)?.reason).toBe('connection_lost');
  await vi.waitFor(() => expect(desk.emulator.gateway.ready()).toBe(1));
  await desk.emulator.deliveries.replay(delivery?.eventId ?? '');
  await vi.waitFor(() => expect(desk.lines.some((line) => line.includes('ack came too late'))).toBe(true));
  expect(desk.inbound.stored).toHaveLength(1);
});

describe('defect 10: stopped is stopped', () => {
  it('while a retry is pending', async () => {
    const desk = await openStreamDesk({ pace: { firstPauseMs: 200 } });
    desk.emulator.gateway.dropAll();
    await vi.waitFor(() => expect(desk.stream.problem()?.detail).toContain('正在重连'), { interval: 5 });
    await desk.stream.stop();
    await pause(300);
    expect([desk.emulator.gateway.openings(), desk.emulator.gateway.connections().length]).toEqual([1, 0]);
  });

  it('while an attempt is under way', async () => {
    const emulator = await startEmulator();
    await using _emulator = { [Symbol.asyncDispose]: () => emulator.close() };
    const { stream } = streamAt(emulator);
    const started = stream.start(200);
    await stream.stop();
    await started;
    await pause(200);
    expect(emulator.gateway.connections()).toEqual([]);
  });

  it('after what is being handled is stored and acknowledged', async () => {
    const desk = await openStreamDesk();
    desk.inbound.onStore = () => pause(80);
    const { first } = say(desk);
    await vi.waitFor(() => expect(desk.emulator.deliveries.inFlight()).toBe(1));
    await pause(10);
    await desk.stream.stop();
    expect((await first).accepted).toBe(true);
    expect(desk.inbound.stored).toHaveLength(1);
  });
});

it('defect 11: a silent socket is found out and replaced, and its messages come again', async () => {
  const desk = await openStreamDesk({ pace: { pingEveryMs: 80, pongWithinMs: 40 }, emulator: { deadlineMs: 100 } });
  await pause(400);
  expect(desk.emulator.gateway.openings()).toBe(1);
  desk.emulator.gateway.fallSilent();
  const { done } = say(desk);
  await vi.waitFor(() => expect(desk.emulator.gateway.openings()).toBe(2));
  expect((await done).accepted).toBe(true);
});

it('defect 12 does not concern us: the gateway is asked by fetch, in JSON', async () => {
  const desk = await openStreamDesk();
  const asked = desk.emulator.journal.entries.filter((entry) => entry.kind === 'api');
  expect(asked).toHaveLength(1);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('kicked out and cut off it comes back, and says so meanwhile', async () => {
  const desk = await openStreamDesk({ pace: { firstPauseMs: 150 } });
  for (const end of ['kickOut', 'dropAll'] as const) {
    desk.emulator.gateway[end]();
    await vi.waitFor(() => expect(desk.stream.problem()?.status).toBe('degraded'));
    await vi.waitFor(() => expect(desk.stream.problem()).toBeNull());
  }
  expect((await say(desk).done).accepted).toBe(true);
});
