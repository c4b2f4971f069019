/** Words on the wire: the session webhook first, the API where there is none, and who did not get it. */
import { expect, test } from 'vitest';
import { hearLina, openDesk, textOrder, toDeal, toLina } from './desk.ts';

test('a live session webhook is used for the person and for the group, and costs no API call', async () => {
  const desk = await openDesk();
  await hearLina(desk, 'direct');
  await hearLina(desk, 'group');
  expect(await desk.out.deliver(textOrder(toLina(desk), 'a', '给李娜'))).toEqual({
    kind: 'sent',
    messageId: 'a',
    updateHandle: null,
  });
  await desk.out.deliver(textOrder(toDeal(desk), 'b', '给全群'));
  expect(desk.emulator.textsOf(desk.lina.userId)).toEqual(['给李娜']);
  expect(desk.emulator.textsOf(desk.deal.conversationId)).toEqual(['给全群']);
  expect(desk.usage.counts).toEqual({ push: 2 });
  expect(desk.calls('oauth2/accessToken')).toBe(0);
});

test('what a person said in a group opens no way into their private chat', async () => {
  const desk = await openDesk();
  await hearLina(desk, 'group');
  await desk.out.deliver(textOrder(toLina(desk), 'a', '只给李娜'));
  expect(desk.emulator.textsOf(desk.lina.userId)).toEqual(['只给李娜']);
  expect(desk.emulator.textsOf(desk.deal.conversationId)).toEqual([]);
  expect(desk.usage.counts).toEqual({ api: 1 });
});

test('a session that is over is not tried; one that the platform ended first falls through to the API, once', async () => {
  let at = 1_790_000_000_000;
  const desk = await openDesk({ now: () => at });
  await hearLina(desk, 'direct');
  at += 90 * 60_000 - 30_000;
  await desk.out.deliver(textOrder(toLina(desk), 'a', '一'));
  expect(desk.calls('sendBySession')).toBe(0);

  desk.sessions.note({
    chatId: 'cid',
    kind: 'direct',
    staffId: desk.lina.userId,
    webhook: `${desk.emulator.oapiBase}/robot/sendBySession?session=ended`,
    expiresAt: at + 3_600_000,
  });
  await desk.out.deliver(textOrder(toLina(desk), 'b', '二'));
  await desk.out.deliver(textOrder(toLina(desk), 'c', '三'));
  expect(desk.calls('sendBySession')).toBe(1);
  expect(desk.emulator.textsOf(desk.lina.userId)).toEqual(['一', '二', '三']);
  expect(desk.usage.counts).toEqual({ api: 3, push: 1 });
});

test('an answer that comes too soon after others waits, and costs no API call instead', async () => {
  const desk = await openDesk();
  await hearLina(desk, 'direct');
  desk.emulator.misbehave.api({ match: /sendBySession/, effect: { kind: 'rate_limit' } });
  await expect(desk.out.deliver(textOrder(toLina(desk)))).rejects.toMatchObject({ outcome: 'throttled' });
  await desk.out.deliver(textOrder(toLina(desk)));
  expect(desk.usage.counts).toEqual({ push: 1 });
});

test('an answer at the webhook that got no reply is tried again, not sent a second time by API', async () => {
  const desk = await openDesk();
  await hearLina(desk, 'direct');
  desk.emulator.misbehave.api({ match: /sendBySession/, effect: { kind: 'reset' } });
  await expect(desk.out.deliver(textOrder(toLina(desk)))).rejects.toMatchObject({ outcome: 'retryable' });
  expect(desk.calls('batchSend')).toBe(0);
});

test('without a session the API sends to the person and to the group', async () => {
  const desk = await openDesk();
  const receipt = await desk.out.deliver(textOrder(toLina(desk)));
  expect(receipt.kind === 'sent' && receipt.messageId).toMatch(/^[0-9a-f]{32}$/);
  await desk.out.deliver(textOrder(toDeal(desk), 'b'));
  expect(desk.emulator.textsOf(desk.deal.conversationId)).toEqual(['今日 3 单']);
  expect(desk.usage.counts).toEqual({ api: 2 });
  expect(desk.emulator.journal.complaints).toEqual([]);
});

test('HTTP 200 for nobody: who is unknown is permanent, who was held back is for later', async () => {
  const desk = await openDesk();
  const nobody = textOrder({ kind: 'person', id: 'nobody' });
  await expect(desk.out.deliver(nobody)).rejects.toMatchObject({ outcome: 'permanent', code: 'invalid_staff' });
  desk.emulator.misbehave.hideFailures(1);
  await expect(desk.out.deliver(textOrder(toLina(desk)))).rejects.toMatchObject({
    outcome: 'throttled',
    code: 'flow_controlled',
  });
  desk.deal.botIn = false;
  await expect(desk.out.deliver(textOrder(toDeal(desk)))).rejects.toMatchObject({
    outcome: 'permanent',
    code: 'resource.not.found',
    message: '机器人不在这个群里：请先把机器人加进群。（resource.not.found）',
  });
});

test('a very long text is cut so that the platform takes it, by either way', async () => {
  const desk = await openDesk();
  const long = '第一行 "引号"\n'.repeat(3_000);
  await desk.out.deliver(textOrder(toLina(desk), 'a', long));
  await hearLina(desk, 'direct');
  await desk.out.deliver(textOrder(toLina(desk), 'b', long));
  for (const words of desk.emulator.textsOf(desk.lina.userId)) {
    expect(words.endsWith('…')).toBe(true);
    expect(Buffer.byteLength(JSON.stringify({ content: words }))).toBeLessThan(15_000);
  }
  expect(desk.emulator.journal.complaints).toEqual([]);
});
