/** Pushes over HTTP: stored before they are acknowledged, answered with a sealed success, forgeries refused. */
import { describe, expect, it } from 'vitest';
import type { Flaws } from '../../../../sandbox/dingtalk/misbehaviour.ts';
import { clientSecret } from '../../../unit/dingtalk/inbound/sealing.ts';
import { type Desk, office, openDesk } from '../harness.ts';

const words = '王总：首款打过去了';
const speak = ({ emulator }: Desk, flaws: Flaws = {}) => {
  const { lina } = office(emulator);
  return emulator.sayToBot(lina, words, { flaws }).delivery;
};
const leave = ({ emulator }: Desk, flaws: Flaws = {}) =>
  emulator.leaveCompany(emulator.world.addPerson({ name: '小周' }), flaws);

it('events and messages come over HTTP; the stream subscribes to taps alone', async () => {
  await using desk = await openDesk({ mode: 'webhook' });
  expect(desk.channel.state()).toEqual({ status: 'ready', transport: 'webhook', detail: null });
  expect(desk.emulator.gateway.connections().map(({ topics }) => topics)).toEqual([
    ['CALLBACK /v1.0/card/instances/callback'],
  ]);
  expect(await speak(desk)?.done).toMatchObject({ accepted: true, answer: '{"msgtype":"empty"}' });
  expect(await leave(desk).done).toMatchObject({ accepted: true });
  expect(desk.events()).toMatchObject([
    { type: 'message', text: words, senderName: '李娜' },
    { type: 'staff_left', person: { internal: true } },
  ]);
  expect(desk.inbound.stored[0]?.payload).not.toMatch(/sessionWebhook|https?:/i);
  expect(desk.usage.counts).toEqual({ push: 1 });
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('a renamed group is read in the names that HTTP uses', async () => {
  await using desk = await openDesk({ mode: 'webhook' });
  const { deal } = office(desk.emulator);
  const data = { openConversationId: deal.conversationId, title: '恒锐 二期' };
  expect((await desk.emulator.push('chat_update_title', data)?.done)?.accepted).toBe(true);
  expect(desk.events()).toMatchObject([{ type: 'chat_renamed', chat: { id: deal.conversationId }, name: '恒锐 二期' }]);
});

it('the address check of the console passes, forged ones fail', async () => {
  await using desk = await openDesk({ mode: 'webhook' });
  expect(await desk.emulator.checkCallback()).toEqual({ ok: true });
  expect(await desk.emulator.checkCallback({ oldNames: true })).toEqual({ ok: true });
  for (const flaws of [{ forgedSignature: true }, { wrongToken: true }, { wrongOwner: true }, { tampered: true }])
    expect(await desk.emulator.checkCallback(flaws)).toMatchObject({ ok: false });
});

it('what could not be stored comes again and is stored then', async () => {
  await using desk = await openDesk({ mode: 'webhook' });
  let failures = 2;
  desk.inbound.onStore = async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('disk full');
  };
  const [message, event] = [speak(desk), leave(desk)];
  expect([(await message?.first)?.status, (await event.first).status]).toEqual([500, 500]);
  expect([(await message?.done)?.accepted, (await event.done).accepted]).toEqual([true, true]);
  expect(desk.inbound.stored).toHaveLength(2);
});

it.each([{ splitBody: true }, { oldNames: true }, { copies: 3 }])('%o is genuine, and one', async (flaws) => {
  await using desk = await openDesk({ mode: 'webhook' });
  expect((await leave(desk, flaws).done).accepted).toBe(true);
  await desk.emulator.quiet();
  expect(desk.inbound.stored).toHaveLength(1);
});

describe('forgeries of events', () => {
  it.each([
    [{ forgedSignature: true }, 401],
    [{ missingSignature: true }, 401],
    [{ wrongToken: true }, 401],
    [{ wrongOwner: true }, 403],
    [{ wrongCorp: true }, 403],
    [{ tampered: true }, 400],
    [{ padByte: 0 }, 400],
    [{ padByte: 33 }, 400],
    [{ wrongLength: true }, 400],
    [{ emptyEncrypt: true }, 400],
    [{ truncated: true }, 400],
    [{ oversize: true }, 413],
  ] as const)('%o is refused with %i and nothing is stored', async (flaws, status) => {
    await using desk = await openDesk({ mode: 'webhook' });
    const refused = await leave(desk, flaws).done;
    expect(refused).toMatchObject({ accepted: false, status });
    expect(refused.tookMs).toBeLessThan(500);
    expect(desk.inbound.stored).toEqual([]);
    expect((await leave(desk).done).accepted).toBe(true);
    expect(desk.emulator.journal.complaints).toEqual([]);
  });
});

describe('forgeries of robot messages', () => {
  it.each([
    [{ forgedSignature: true }, 401],
    [{ missingSignature: true }, 401],
    [{ wrongToken: true }, 401],
    [{ signedAgoMs: 3_700_000 }, 401],
    [{ wrongCorp: true }, 403],
    [{ truncated: true }, 400],
    [{ oversize: true }, 413],
  ] as const)('%o is refused with %i and nothing is stored', async (flaws, status) => {
    await using desk = await openDesk({ mode: 'webhook' });
    expect(await speak(desk, flaws)?.done).toMatchObject({ accepted: false, status });
    expect(desk.inbound.stored).toEqual([]);
    expect(desk.log.lines.join()).not.toContain(words);
    expect(await speak(desk, { signedAgoMs: 3_500_000 })?.done).toMatchObject({ accepted: true });
  });
});

it('plain bodies and other methods are turned away', async () => {
  await using desk = await openDesk({ mode: 'webhook' });
  const url = desk.emulator.deliveries.callbackUrl() ?? '';
  const plain = JSON.stringify({ EventType: 'user_leave_org', CorpId: 'dingcorp0001', UserId: ['u'] });
  const robot = JSON.stringify({
    msgId: 'm',
    conversationId: 'c',
    conversationType: '1',
    chatbotCorpId: 'dingcorp0001',
  });
  for (const body of [plain, robot, '', 'null', '[]']) {
    expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
  }
  expect((await fetch(url)).status).toBe(405);
  expect(desk.inbound.stored).toEqual([]);
});

it('the platform’s own fault is said: another secret, no network', async () => {
  const env = { DINGTALK_CLIENT_SECRET: `${clientSecret}x` };
  await using desk = await openDesk({ mode: 'webhook', env });
  expect(desk.channel.state()).toMatchObject({ status: 'failed', detail: expect.stringContaining('authFailed') });
});

it('without the stream only the taps are lost', async () => {
  await using desk = await openDesk({
    mode: 'webhook',
    prepare: ({ misbehave }) => misbehave.gateway.refuseOpening(503),
  });
  expect(desk.channel.state()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('按钮') });
  expect((await speak(desk)?.done)?.accepted).toBe(true);
});

it('in stream mode there is no callback at all', async () => {
  await using desk = await openDesk();
  expect(desk.channel.callback).toBeNull();
  await desk.channel.stop();
  expect(desk.channel.state()).toEqual({ status: 'stopped', transport: 'stream', detail: null });
});
