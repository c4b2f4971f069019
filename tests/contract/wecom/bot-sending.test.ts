/** What the core says by the bot arrives once, also when answers stay away. */
import { expect, test, vi } from 'vitest';
import type { Order } from '../../../src/channel/delivery.ts';
import { type BotDesk, openBotDesk, wordsHeard } from './bot-harness.ts';

const toChat = { kind: 'chat', id: 'bot:zhangsan' } as const;
const text = (key: string, words: string): Order => ({ kind: 'text.send', key, to: toChat, text: words });
const card = (key: string): Order => ({
  kind: 'card.send',
  key,
  to: toChat,
  card: {
    title: '推进到「报价发送」？',
    tone: 'info',
    summary: '推进到「报价发送」？',
    blocks: [
      { type: 'quote', speaker: '王总', text: '帮我报下价' },
      {
        type: 'buttons',
        buttons: [
          { label: '推进', style: 'primary', actionKey: 'key-advance' },
          { label: '忽略', style: 'default', actionKey: 'key-ignore' },
        ],
      },
    ],
  },
});

async function afterWords(desk: BotDesk, words = '帮我报下价'): Promise<void> {
  desk.emulator.sayToBot('zhangsan', words);
  await vi.waitFor(() => expect(wordsHeard(desk)).toContain(words));
}

test('the first text after somebody spoke is its answer, the next one a message of its own', async () => {
  await using desk = await openBotDesk({ pace: { acknowledgeAfterMs: 5_000 } });
  await afterWords(desk);
  const first = await desk.bot.deliver(text('order-1', '已推进到 *报价发送* <@lisi>'));
  await desk.bot.deliver(text('order-2', '好的'));
  expect(first).toMatchObject({ kind: 'sent', updateHandle: null });
  const { world } = desk.emulator;
  const types = [...world.messages.values()].filter(({ sender }) => sender.kind === 'bot').map(({ type }) => type);
  expect(types).toEqual(['stream', 'markdown']);
  expect(desk.emulator.textsOf('zhangsan')).toEqual(['已推进到 ＊报价发送＊ ＜@lisi>', '好的']);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

test('what goes to a person is the bot’s while their words to it wait, and the app’s otherwise', async () => {
  await using desk = await openBotDesk({ pace: { acknowledgeAfterMs: 5_000 } });
  const toPerson: Order = { kind: 'text.send', key: 'p', to: { kind: 'person', id: 'zhangsan' }, text: '记下了' };
  expect(await desk.bot.deliver(toPerson)).toBeNull();
  await afterWords(desk);
  expect(await desk.bot.deliver(toPerson)).toMatchObject({ kind: 'sent' });
  expect(await desk.bot.deliver(toPerson)).toBeNull();
  expect(desk.emulator.textsOf('zhangsan')).toEqual(['记下了']);
});

test('chats of the other parts of the channel are not the bot’s', async () => {
  await using desk = await openBotDesk();
  for (const id of ['app:zhangsan', 'dm:zhangsan:wmX', 'kf:wkX:wmX']) {
    expect(await desk.bot.deliver({ kind: 'text.send', key: id, to: { kind: 'chat', id }, text: '好' })).toBeNull();
  }
});

test('a card goes out, its tap is decided, and the card shows the outcome', async () => {
  await using desk = await openBotDesk();
  await afterWords(desk);
  const sent = await desk.bot.deliver(card('order-9'));
  const shown = await desk.emulator.waitForCard('zhangsan', '推进到');
  desk.answer = {
    notice: { tone: 'success', text: '已推进' },
    card: { title: '已推进到「报价发送」', tone: 'success', summary: '已推进', blocks: [] },
  };
  const tapped = await desk.emulator.tap('zhangsan', shown.messageId, '推进');
  expect(tapped.ok).toBe(true);
  await desk.emulator.waitForCard('zhangsan', '已推进到「报价发送」');
  expect(desk.taps).toMatchObject([
    {
      tapper: { id: 'zhangsan', internal: true },
      actionKey: 'key-advance',
      messageId: sent?.kind === 'sent' ? sent.messageId : null,
      chatId: 'bot:zhangsan',
    },
  ]);
  expect(desk.told).toEqual([]);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

test('a refusal is told to the tapper alone and leaves the card', async () => {
  await using desk = await openBotDesk();
  await afterWords(desk);
  await desk.bot.deliver(card('order-9'));
  const shown = await desk.emulator.waitForCard('zhangsan', '推进到');
  desk.answer = { notice: { tone: 'error', text: '这不是你的商机' }, card: null };
  await desk.emulator.tap('zhangsan', shown.messageId, '推进');
  await vi.waitFor(() => expect(desk.told).toEqual(['zhangsan: 这不是你的商机']));
  expect(desk.emulator.card(shown.messageId).updates).toBe(0);
});

test('a tap that changes nothing says why, because the card looks as before', async () => {
  await using desk = await openBotDesk();
  await afterWords(desk);
  const asked = card('order-9');
  await desk.bot.deliver(asked);
  const shown = await desk.emulator.waitForCard('zhangsan', '推进到');
  desk.answer = {
    notice: { tone: 'warning', text: '请先在列表里选一个阶段。' },
    card: asked.kind === 'card.send' ? asked.card : null,
  };
  await desk.emulator.tap('zhangsan', shown.messageId, '推进');
  await vi.waitFor(() => expect(desk.told).toEqual(['zhangsan: 请先在列表里选一个阶段。']));
});

test('a stale request id becomes a message of its own', async () => {
  await using desk = await openBotDesk({ pace: { acknowledgeAfterMs: 5_000 } });
  await afterWords(desk);
  desk.emulator.misbehave.bot.refuseCommands(846605);
  await desk.bot.deliver(text('order-1', '已推进'));
  expect(desk.emulator.textsOf('zhangsan')).toEqual(['已推进']);
});

test.concurrent.each([
  ['an answer', true, text('order-1', '已推进')],
  ['a message of its own', false, text('order-1', '已推进')],
  ['a card as an answer', true, card('order-1')],
  ['a card of its own', false, card('order-1')],
])('%s whose acknowledgement stays away is neither lost nor doubled', async (_what, asAnswer, order) => {
  await using desk = await openBotDesk({ pace: { acknowledgeAfterMs: asAnswer ? 30_000 : 20 } });
  await afterWords(desk);
  if (!asAnswer) await desk.emulator.waitForText('zhangsan', '收到');
  const before = shownBy(desk);
  desk.emulator.misbehave.bot.silentAcks(true);
  expect(await desk.bot.deliver(order)).toMatchObject({ kind: 'sent' });
  desk.emulator.misbehave.bot.silentAcks(false);
  // The same order again, as after a crash between sending and settling, when it can be told apart.
  if (order.kind === 'card.send') await desk.bot.deliver(order);
  expect(shownBy(desk) - before).toBe(1);
});

test.concurrent('a dead connection is found out by sending, and the order comes again on the next one', async () => {
  await using desk = await openBotDesk({ pace: { heartbeatMs: 60_000 } });
  await afterWords(desk);
  await desk.emulator.waitForText('zhangsan', '收到');
  desk.emulator.misbehave.bot.silentPong(true);
  desk.emulator.misbehave.bot.silentAcks(true);
  await expect(desk.bot.deliver(card('order-1'))).rejects.toMatchObject({ outcome: 'retryable', code: 'no_answer' });
  desk.emulator.misbehave.clear();
  await vi.waitFor(() => expect(desk.bot.problem()).toBeNull());
  await desk.bot.deliver(card('order-1'));
  expect(desk.emulator.cardsOf('zhangsan')).toHaveLength(1);
});

test('beyond thirty messages a minute in one conversation orders wait', async () => {
  await using desk = await openBotDesk();
  await afterWords(desk);
  await desk.emulator.waitForText('zhangsan', '收到');
  for (let i = 1; i < 30; i += 1) await desk.bot.deliver(text(`order-${i}`, `第 ${i} 条`));
  await expect(desk.bot.deliver(text('order-30', '多了'))).rejects.toMatchObject({ outcome: 'throttled' });
  expect(desk.emulator.journal.complaints).toEqual([]);
});

test('a group the bot has no business in is left to the app; once it was mentioned there it is its own', async () => {
  await using desk = await openBotDesk();
  const group = desk.emulator.world.createGroup({ name: '项目群', members: ['zhangsan', 'lisi'], botIn: true });
  const order: Order = { kind: 'text.send', key: 'g', to: { kind: 'chat', id: group.chatId }, text: '好' };
  expect(await desk.bot.deliver(order)).toBeNull();
  desk.emulator.mentionBot('zhangsan', group, '在吗');
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['在吗']));
  expect(await desk.bot.deliver(order)).toMatchObject({ kind: 'sent' });
  expect(desk.emulator.textsOf(group)).toContain('好');
});

test('a colleague who has never talked to the bot cannot be reached by it, and is told why', async () => {
  await using desk = await openBotDesk();
  await expect(desk.bot.deliver(text('order-1', '好'))).rejects.toMatchObject({ outcome: 'permanent', code: '40058' });
});

test('a bot card cannot be changed later, and the core is told in its own word', async () => {
  await using desk = await openBotDesk();
  const update: Order = {
    kind: 'card.update',
    key: 'u',
    messageId: 'bot:liaodan-1',
    sentAt: 0,
    updateHandle: null,
    to: { kind: 'person', id: 'zhangsan' },
    card: { title: '完', tone: 'neutral', summary: '完', blocks: [] },
  };
  await expect(desk.bot.deliver(update)).rejects.toMatchObject({ outcome: 'permanent', code: 'update_window_closed' });
  expect(await desk.bot.deliver({ ...update, messageId: 'liaodan-1' })).toBeNull();
});

function shownBy({ emulator }: BotDesk): number {
  return emulator.cardsOf('zhangsan').length + emulator.textsOf('zhangsan').length;
}
