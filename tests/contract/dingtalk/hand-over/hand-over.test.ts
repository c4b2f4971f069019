/** The message menu: the person comes from the code, the words are that person's report, and nothing vouches for the chat. */
import { expect, it } from 'vitest';
import { readHandOver } from '../../../../adapters/dingtalk/hand-over.ts';
import type { PickedLine } from '../../../../src/channel/hand-over.ts';
import { corpId, openDesk } from './desk.ts';

const chatId = 'cidPicked==';
const line = (text: string, sentAt: number | null = 1_800_000_000_000, speakerName: string | null = '陈总监') => ({
  speakerName,
  text,
  sentAt,
});
const lines: readonly PickedLine[] = [line('图纸收到了'), line('麻烦报个价', 1_800_000_060_000)];

it('stores what the colleague reports, in order, as theirs, and says that the chat is not vouched for', async () => {
  const { emulator, lina, handOver, inbound, usage } = await openDesk();
  const code = emulator.signInCode(lina);
  expect(await handOver({ code, chatId, lines: [...lines].reverse() })).toEqual({ ok: true, messages: 2 });
  const [stored] = inbound.stored;
  expect(stored).toMatchObject({ eventKey: expect.stringMatching(/^hand:[\w-]{43}$/), orderKey: chatId });
  expect(readHandOver(JSON.parse(stored?.payload ?? ''))).toEqual({
    type: 'hand_over',
    eventId: stored?.eventKey.slice('hand:'.length),
    by: { id: lina.userId, tenant: corpId, internal: true },
    chat: { id: chatId, kind: 'group' },
    vouched: false,
    lines: lines.map((one) => ({ ...one, speaker: null, messageId: null })),
    at: expect.any(Number),
  });
  expect(usage.used('api')).toBe(0);
});

it('is one event however often the same person submits the same messages, and another for other words or another person', async () => {
  const { emulator, lina, chen, handOver, inbound } = await openDesk();
  const submit = async (person: typeof lina, what: readonly PickedLine[], where = chatId) => {
    await handOver({ code: emulator.signInCode(person), chatId: where, lines: what });
    return inbound.stored.at(-1)?.eventKey;
  };
  const first = await submit(lina, lines);
  expect(await submit(lina, lines)).toBe(first);
  expect(await submit(lina, [...lines].reverse())).toBe(first);
  const others = [
    await submit(chen, lines),
    await submit(lina, lines.slice(1)),
    await submit(lina, lines, 'cidOther=='),
    await submit(lina, [line('图纸收到了', 1_800_000_000_001), line('麻烦报个价', 1_800_000_060_000)]),
  ];
  expect(new Set([first, ...others]).size).toBe(5);
});

it('refuses a code that is used, invented or too old, and somebody who is not or no longer a colleague', async () => {
  const { emulator, lina, handOver, inbound } = await openDesk();
  const refused = { ok: false, reason: 'sign_in' };
  expect(await handOver({ code: 'invented', chatId, lines })).toEqual(refused);
  const used = emulator.signInCode(lina);
  await handOver({ code: used, chatId, lines });
  expect(await handOver({ code: used, chatId, lines })).toEqual(refused);
  const old = emulator.signInCode(lina);
  emulator.clock.advance(5 * 60_000 + 1);
  expect(await handOver({ code: old, chatId, lines })).toEqual(refused);
  const foreign = emulator.world.addPerson({ name: '周工', company: '恒锐' });
  expect(await handOver({ code: emulator.signInCode(foreign), chatId, lines })).toEqual(refused);
  const code = emulator.signInCode(lina);
  emulator.leaveCompany(lina);
  expect(await handOver({ code, chatId, lines })).toEqual(refused);
  expect(inbound.stored).toHaveLength(1);
});

it.each([
  ['no lines', { chatId, lines: [] }],
  ['too many lines', { chatId, lines: Array.from({ length: 21 }, () => line('好')) }],
  ['a line too long', { chatId, lines: [line('长'.repeat(4001))] }],
  ['an empty line', { chatId, lines: [line('')] }],
  ['no chat', { chatId: '', lines }],
  ['message ids', { messageIds: ['om_1'] }],
])('refuses %s before the code is used up', async (_what, request) => {
  const { emulator, lina, handOver, inbound } = await openDesk();
  const code = emulator.signInCode(lina);
  expect(await handOver({ code, ...request })).toEqual({ ok: false, reason: 'bad_request' });
  expect(inbound.stored).toEqual([]);
  expect(await handOver({ code, chatId, lines })).toEqual({ ok: true, messages: 2 });
});

it('says that the platform did not answer, and rejects when the event could not be stored', async () => {
  const { emulator, lina, handOver, inbound } = await openDesk();
  emulator.misbehave.api({ match: /getuserinfo$/, effect: { kind: 'reset' } });
  expect(await handOver({ code: emulator.signInCode(lina), chatId, lines })).toEqual({
    ok: false,
    reason: 'unavailable',
  });
  emulator.grants.scopes.delete('qyapi_base');
  expect(await handOver({ code: emulator.signInCode(lina), chatId, lines })).toEqual({
    ok: false,
    reason: 'unavailable',
  });
  emulator.grants.scopes.add('qyapi_base');
  inbound.store = () => Promise.reject(new Error('disk full'));
  await expect(handOver({ code: emulator.signInCode(lina), chatId, lines })).rejects.toThrow('disk full');
});

it('logs neither words nor codes', async () => {
  const { emulator, lina, handOver, lines: logged } = await openDesk();
  emulator.misbehave.api({ match: /getuserinfo$/, effect: { kind: 'reset' } });
  const code = emulator.signInCode(lina);
  await handOver({ code, chatId, lines });
  expect(logged).toHaveLength(1);
  expect(logged.join()).not.toContain(code);
  expect(logged.join()).not.toContain('麻烦报个价');
});

it('signs pages with the ticket of the platform, which costs nothing of the month', async () => {
  const { emulator, pages, usage } = await openDesk();
  const url = 'https://crm.example.cn/app/hand-over?platform=dingtalk';
  const timeStamp = expect.closeTo(emulator.clock.now(), -3);
  expect(await pages.configure(url)).toMatchObject({ agentId: '3012345678', corpId, timeStamp });
  expect(usage.used('api')).toBe(0);
  emulator.misbehave.revokeTokens();
  expect(await pages.configure(url)).not.toBeNull();
});
