/** The message action: the person comes from the code, the words from the platform, the page is believed in nothing. */
import { expect, it } from 'vitest';
import { type Desk, openDesk } from './harness.ts';

const scene = (desk: Desk) => {
  const { emulator } = desk;
  const boss = emulator.world.addPerson({ name: '王总', company: '福兴建材' });
  const li = emulator.world.addPerson({ name: '李雷' });
  const han = emulator.world.addPerson({ name: '韩梅梅' });
  const chat = emulator.world.createGroup({ name: '项目群', members: [boss, li] });
  chat.botIn = true;
  const first = emulator.say(boss, chat, '先报个价', { at: emulator.clock.now() - 60_000 }).messageId;
  const second = emulator.say(li, chat, '好的').messageId;
  return { boss, li, han, chat, first, second };
};
const handOver = (desk: Desk, code: string, messageIds: readonly string[]) =>
  desk.channel.handOver?.({ code, messageIds });

it('stores what the platform says, in order, with names, once', async () => {
  await using desk = await openDesk('websocket');
  const { boss, li, chat, first, second } = scene(desk);
  await desk.emulator.quiet();
  desk.inbound.stored.length = 0;
  const { code } = desk.emulator.messageAction(li, [second, first]);
  expect(await handOver(desk, code, [second, first])).toEqual({ ok: true, messages: 2 });
  const again = desk.emulator.messageAction(li, [first, second]);
  expect(await handOver(desk, again.code, [first, second, first])).toEqual({ ok: true, messages: 2 });
  expect(new Set(desk.inbound.stored.map(({ eventKey }) => eventKey)).size).toBe(1);
  expect(desk.inbound.stored[0]?.orderKey).toBe(chat.chatId);
  expect(desk.channel.normalise(desk.inbound.stored[0]?.payload ?? '')).toMatchObject({
    type: 'hand_over',
    by: { id: li.openId, internal: true },
    chat: { id: chat.chatId },
    lines: [
      { messageId: first, speakerName: '王总', speaker: { id: boss.openId, internal: false }, text: '先报个价' },
      { messageId: second, speakerName: '李雷', speaker: { id: li.openId, internal: true }, text: '好的' },
    ],
  });
});

it('refuses a code that is used or invented, messages of two chats, invented messages, and who is not in the chat', async () => {
  await using desk = await openDesk('websocket');
  const { li, han, first } = scene(desk);
  const stored = () => desk.inbound.stored.filter(({ eventKey }) => eventKey.startsWith('hand:'));
  const code = () => desk.emulator.signInCode(li);
  expect(await handOver(desk, 'invented', [first])).toEqual({ ok: false, reason: 'sign_in' });
  const used = code();
  await handOver(desk, used, ['om_invented']);
  expect(await handOver(desk, used, [first])).toEqual({ ok: false, reason: 'sign_in' });
  expect(await handOver(desk, code(), ['om_invented'])).toEqual({ ok: false, reason: 'not_found' });
  expect(await handOver(desk, code(), ['../../../open-apis/bot/v3/info'])).toEqual({ ok: false, reason: 'not_found' });
  expect(await handOver(desk, code(), [])).toEqual({ ok: false, reason: 'not_found' });
  const direct = desk.emulator.sayToBot(li, '你好').messageId;
  expect(await handOver(desk, code(), [first, direct])).toEqual({ ok: false, reason: 'not_found' });
  expect(await handOver(desk, desk.emulator.signInCode(han), [first])).toEqual({ ok: false, reason: 'not_member' });
  desk.emulator.recall(first);
  expect(await handOver(desk, code(), [first])).toEqual({ ok: false, reason: 'not_found' });
  desk.emulator.misbehave.api({ match: /authen/, effect: { kind: 'error', status: 503, code: 2200 } });
  expect(await handOver(desk, code(), [first])).toEqual({ ok: false, reason: 'unavailable' });
  expect(stored()).toEqual([]);
});
