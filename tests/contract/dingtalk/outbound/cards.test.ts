/** Cards on the wire: who sees them, what a retry does, and what happens beside a tap. */
import { expect, test } from 'vitest';
import { drawCardParams } from '../../../../adapters/dingtalk/cards.ts';
import type { Order } from '../../../../src/channel/delivery.ts';
import { cardOrder, closed, openDesk, question, textOrder, toDeal, toLina, updateOrder } from './desk.ts';

test('a card reaches a person and a group, and its buttons call back with their ids', async () => {
  const desk = await openDesk();
  const { emulator, out, lina, deal, product } = desk;
  const receipt = await out.deliver(cardOrder(toLina(desk), 'one'));
  expect(receipt).toEqual({ kind: 'sent', messageId: 'ld-one', updateHandle: null });
  await out.deliver(cardOrder(toDeal(desk), 'two'));
  const [inChat] = emulator.cardsOf(deal.conversationId);
  const [mine] = emulator.cardsOf(lina.userId);
  for (const shown of [inChat, mine]) {
    expect(shown?.buttons).toEqual(['推进到「报价发送」', '忽略']);
    expect(shown?.card.markdown).toBe('> 王总：能不能报个价\n\n**当前阶段**　需求确认');
    expect(shown?.card.title).toBe('⚠️ 恒锐：要推进吗？');
  }
  await emulator.tap(lina.userId, mine?.messageId ?? '', '忽略');
  expect(product.frames.at(-1)?.data).toMatchObject({ outTrackId: 'ld-one', userId: lina.userId });
  expect(String(product.frames.at(-1)?.data.content)).toContain('"actionIds":["KEY_ignore-0000000002"]');
  expect(emulator.journal.complaints).toEqual([]);
});

test('a retry after a lost answer is the same card, and an update gives it another face without buttons', async () => {
  const desk = await openDesk();
  const { emulator, out, lina } = desk;
  emulator.misbehave.failNextSends(1, { kind: 'apply_then_reset' });
  await expect(out.deliver(cardOrder(toLina(desk)))).rejects.toMatchObject({ outcome: 'retryable', code: 'network' });
  const receipt = await out.deliver(cardOrder(toLina(desk)));
  expect(emulator.cardsOf(lina.userId)).toHaveLength(1);
  const messageId = receipt.kind === 'sent' ? receipt.messageId : '';
  expect(await out.deliver(updateOrder(messageId, toLina(desk), emulator.clock.now()))).toEqual({ kind: 'updated' });
  const [shown] = emulator.cardsOf(lina.userId);
  expect(shown?.buttons).toEqual([]);
  expect(shown?.card).toEqual(drawCardParams(closed(), () => null));
  expect(emulator.journal.complaints).toEqual([]);
});

test('where the platform says that the card is there, it is: unless nobody got it, then it is brought', async () => {
  const desk = await openDesk();
  const { emulator, out, lina } = desk;
  const exists = { kind: 'error', status: 400, code: 0, msg: 'param.cardAlreadyExist' } as const;
  await out.deliver(cardOrder(toLina(desk), 'known'));
  emulator.misbehave.api({ match: /createAndDeliver/, effect: exists });
  expect(await out.deliver(cardOrder(toLina(desk), 'known'))).toMatchObject({ messageId: 'ld-known' });
  expect(desk.calls('/deliver')).toBe(0);

  emulator.misbehave.hideFailures(1);
  await expect(out.deliver(cardOrder(toLina(desk), 'lost'))).rejects.toMatchObject({
    outcome: 'retryable',
    code: 'not_delivered',
  });
  expect(emulator.cardsOf(lina.userId)).toHaveLength(1);
  emulator.misbehave.api({ match: /createAndDeliver/, effect: exists });
  // By whichever instance, or the same after a restart.
  await out.deliver({ ...cardOrder(toLina(desk), 'lost'), failedWith: 'not_delivered' } as Order);
  expect(desk.calls('/deliver')).toBe(1);
  expect(emulator.cardsOf(lina.userId)).toHaveLength(2);
});

test('a failure that HTTP 200 hides is found, and what will never succeed is told apart', async () => {
  const desk = await openDesk();
  desk.emulator.misbehave.hideFailures(1);
  await expect(desk.out.deliver(cardOrder(toLina(desk)))).rejects.toMatchObject({ outcome: 'retryable' });
  const stranger = cardOrder({ kind: 'person', id: 'nobody' }, 'x');
  await expect(desk.out.deliver(stranger)).rejects.toMatchObject({ outcome: 'permanent', code: 'not_delivered' });
  desk.deal.botIn = false;
  await expect(desk.out.deliver(cardOrder(toDeal(desk), 'y'))).rejects.toMatchObject({
    outcome: 'permanent',
    message: expect.stringContaining('机器人不在这个群里'),
  });
});

test('an update stays away while a tap is answered and a moment longer; then it goes', async () => {
  const desk = await openDesk();
  const { out, writers, emulator } = desk;
  await out.deliver(cardOrder(toLina(desk)));
  const update = updateOrder('ld-c', toLina(desk), emulator.clock.now());
  const tap = writers.tap('ld-c');
  await expect(out.deliver(update)).rejects.toMatchObject({ outcome: 'throttled', code: 'tap_in_flight' });
  tap.done();
  await expect(out.deliver(update)).rejects.toMatchObject({ code: 'tap_in_flight' });
  await expect.poll(() => writers.quietFor('ld-c'), { timeout: 3_000 }).toBe(0);
  expect(await out.deliver(update)).toEqual({ kind: 'updated' });
  expect(emulator.journal.complaints).toEqual([]);
});

test('an update of a card that is gone, of words, or after 30 days is over', async () => {
  const desk = await openDesk();
  const now = desk.emulator.clock.now();
  for (const [id, sentAt] of [
    ['ld-never-made', now],
    ['text:k', now],
    ['ld-c', now - 31 * 86_400_000],
  ] as const) {
    await expect(desk.out.deliver(updateOrder(id, toLina(desk), sentAt))).rejects.toMatchObject({
      outcome: 'permanent',
      code: 'update_window_closed',
    });
  }
  expect(desk.calls('/card/instances')).toBe(1);
});

test('more than 20 a second are spread; what would wait too long comes back later, and nothing is refused', async () => {
  const desk = await openDesk();
  const orders = Array.from({ length: 30 }, (_, n) => cardOrder(toLina(desk), `k${n}`, question(`第 ${n} 张`)));
  const results = await Promise.allSettled(orders.map(desk.out.deliver));
  const late = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(late.length).toBeGreaterThan(5);
  for (const error of late) expect(error).toMatchObject({ outcome: 'throttled', code: 'local_limit' });
  expect(desk.emulator.cardsOf(desk.lina.userId)).toHaveLength(30 - late.length);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

test('orders that this platform has nothing for are refused for good; names cost nothing', async () => {
  const desk = await openDesk();
  await expect(
    desk.out.deliver({ kind: 'welcome.send', key: 'w', welcomeCode: 'c', text: '你好' }),
  ).rejects.toMatchObject({ outcome: 'permanent', code: 'not_on_dingtalk' });
  const look = (personId: string) => desk.out.deliver({ kind: 'person.lookup', key: 'p', chatId: 'c', personId });
  expect(await look(desk.lina.userId)).toEqual({ kind: 'person', name: '李娜' });
  expect(await look('nobody')).toEqual({ kind: 'person', name: null });
  expect(await desk.out.deliver({ kind: 'chat.lookup', key: 'l', chatId: 'c' })).toEqual({ kind: 'chat', name: null });
  expect(desk.usage.counts).toEqual({});
  await desk.out.deliver(textOrder(toLina(desk)));
  expect(desk.usage.counts).toEqual({ api: 1 });
});
