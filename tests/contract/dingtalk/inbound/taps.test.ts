/** Taps on real cards: answered inside two seconds with the card's new face, each click decided once. */
import { describe, expect, it, vi } from 'vitest';
import type { Card } from '../../../../src/channel/card.ts';
import type { TapAnswer } from '../../../../src/channel/event.ts';
import { type Desk, office, openDesk } from '../harness.ts';

const question: Card = {
  title: '要推进吗？',
  tone: 'info',
  summary: '恒锐提到了报价',
  blocks: [
    { type: 'quote', speaker: '王总', text: '能不能报个价' },
    { type: 'buttons', buttons: [{ label: '推进', style: 'primary', actionKey: 'key-advance' }] },
    {
      type: 'choice',
      name: 'stage',
      placeholder: '改为…',
      options: [
        { value: 'quoted', label: '报价发送' },
        { value: 'sampling', label: '样品交付' },
      ],
      submit: { label: '改阶段', style: 'default', actionKey: 'key-choose' },
    },
  ],
};
const settled: Card = {
  title: '已推进到报价发送',
  tone: 'success',
  summary: '已推进',
  blocks: [{ type: 'text', style: 'emphasis', text: '李娜推进' }],
};
const done: TapAnswer = { notice: { tone: 'success', text: '已推进' }, card: settled };

async function sendQuestion(desk: Desk, where: 'person' | 'chat' = 'person') {
  const people = office(desk.emulator);
  const to = { kind: where, id: where === 'person' ? people.lina.userId : people.deal.conversationId } as const;
  const sent = await desk.channel.deliver({ kind: 'card.send', key: 'k1', to, card: question });
  const [shown] = desk.emulator.cardsOf(where === 'person' ? people.lina : people.deal);
  if (sent.kind !== 'sent' || !shown) throw new Error('not sent');
  return { ...people, sent, shown };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(['stream', 'webhook'] as const)('in %s mode', (mode) => {
  it('the answer carries the new face; a success needs no word besides', async () => {
    await using desk = await openDesk({ mode });
    const { lina, sent, shown } = await sendQuestion(desk);
    desk.inbound.answer = done;
    expect(await desk.emulator.tap(lina, shown.messageId, '推进')).toMatchObject({ ok: true, cardChanged: true });
    const after = desk.emulator.card(shown.messageId);
    expect(after).toMatchObject({ updates: 1, buttons: [] });
    expect(after.text).toContain('李娜推进');
    expect(desk.inbound.taps).toMatchObject([
      {
        tapper: { id: lina.userId, tenant: 'dingcorp0001', internal: true },
        actionKey: 'key-advance',
        values: {},
        messageId: sent.messageId,
      },
    ]);
    await desk.channel.stop();
    expect(desk.emulator.textsOf(lina)).toEqual([]);
    expect(desk.usage.counts).toEqual({ api: 1, push: 1 });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });
});

it('a choice is carried by its button, and the place by the group', async () => {
  await using desk = await openDesk();
  const { chen, deal, shown } = await sendQuestion(desk, 'chat');
  const label = shown.buttons.find((one) => one.includes('样品交付'));
  await desk.emulator.tap(chen, shown.messageId, label ?? '');
  await desk.emulator.tap(chen, shown.messageId, '推进', { flaws: { oldCardShape: true } });
  expect(desk.inbound.taps).toMatchObject([
    {
      actionKey: 'key-choose',
      values: { stage: 'sampling' },
      chatId: deal.conversationId,
      tapper: { id: chen.userId },
    },
    { actionKey: 'key-advance', values: {}, chatId: null },
  ]);
});

it.each(['error', 'warning'] as const)(
  'a refusal (%s) is told to the tapper alone, by the session while it lives',
  async (tone) => {
    await using desk = await openDesk();
    const { chen, deal, shown } = await sendQuestion(desk, 'chat');
    await desk.emulator.sayToBot(chen, '在吗').delivery?.done;
    desk.inbound.answer = { notice: { tone, text: '这件事由李娜处理' }, card: null };
    expect(await desk.emulator.tap(chen, shown.messageId, '推进')).toMatchObject({ ok: true, cardChanged: false });
    await desk.emulator.waitForText(chen, '这件事由李娜处理');
    expect(desk.emulator.textsOf(deal)).toEqual([]);
    await vi.waitFor(() => expect(desk.usage.counts).toEqual({ api: 1, push: 3 }));
  },
);

it('without a session the refusal goes by API; a word of patience is not sent at all', async () => {
  await using desk = await openDesk();
  const { lina, shown } = await sendQuestion(desk);
  desk.inbound.answer = { notice: { tone: 'info', text: '已收到，正在处理…' }, card: null };
  await desk.emulator.tap(lina, shown.messageId, '推进');
  desk.inbound.answer = { notice: { tone: 'error', text: '没有处理成功，请再点一次。' }, card: null };
  await desk.emulator.tap(lina, shown.messageId, '推进');
  await desk.emulator.waitForText(lina, '请再点一次');
  await desk.channel.stop();
  expect(desk.emulator.textsOf(lina)).toHaveLength(1);
});

it('copies of one click are one click with one answer; a second click is another', async () => {
  await using desk = await openDesk();
  const { lina, shown } = await sendQuestion(desk);
  desk.inbound.answer = async () => {
    await pause(50);
    return { notice: null, card: question };
  };
  await desk.emulator.tap(lina, shown.messageId, '推进', { flaws: { copies: 3 } });
  await desk.emulator.quiet();
  expect(desk.inbound.taps).toHaveLength(1);
  await desk.emulator.tap(lina, shown.messageId, '推进');
  expect(new Set(desk.inbound.taps.map(({ eventId }) => eventId)).size).toBe(2);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('a tap of another company is refused and decides nothing', async () => {
  await using desk = await openDesk();
  const { lina, shown } = await sendQuestion(desk);
  const outcome = await desk.emulator.tap(lina, shown.messageId, '推进', { flaws: { wrongCorp: true } });
  expect(outcome).toMatchObject({ ok: false, detail: 'ack_400' });
  expect(desk.inbound.taps).toEqual([]);
});

it('while an update of the card is under way the answer stays empty and the face follows', async () => {
  await using desk = await openDesk();
  const { lina, sent, shown } = await sendQuestion(desk);
  desk.inbound.answer = done;
  const effect = { kind: 'delay', ms: 900 } as const;
  desk.emulator.misbehave.api({ match: /^PUT .*card\/instances/, effect });
  const to = { kind: 'person', id: lina.userId } as const;
  const rest = { messageId: sent.messageId, sentAt: desk.emulator.clock.now(), updateHandle: null, to, card: question };
  const updating = desk.channel.deliver({ kind: 'card.update', key: 'u1', ...rest });
  await pause(50);
  expect(await desk.emulator.tap(lina, shown.messageId, '推进')).toMatchObject({ ok: true, cardChanged: false });
  await updating;
  await desk.emulator.waitForCard(lina, '李娜推进', { timeoutMs: 8_000 });
  expect(desk.emulator.journal.complaints.filter(({ kind }) => kind === 'bad_tap_answer')).toEqual([]);
});

it('where cards go out as words, the words of a tap decide it and the outcome comes in private', async () => {
  await using desk = await openDesk({ scopes: ['qyapi_robot_sendmsg'] });
  const { lina, deal } = office(desk.emulator);
  const to = { kind: 'person', id: lina.userId } as const;
  await desk.channel.deliver({ kind: 'card.send', key: 'k1', to, card: question });
  const [words = ''] = desk.emulator.textsOf(lina);
  const typed = words.split('\n').find((line) => line.startsWith('- 推进') && line.includes('【聊单'));
  desk.inbound.answer = done;
  await desk.emulator.mentionBot(lina, deal, typed?.slice(2) ?? '', { flaws: { copies: 2 } }).delivery?.done;
  await desk.emulator.waitForText(lina, '已推进');
  await desk.emulator.quiet();
  expect(desk.inbound.taps).toMatchObject([{ actionKey: 'key-advance', tapper: { id: lina.userId, internal: true } }]);
  expect(desk.inbound.stored).toEqual([]);
  expect(desk.emulator.textsOf(deal)).toEqual([]);
});

it('a whole card that comes back as words taps nothing, and the person is asked for one line', async () => {
  await using desk = await openDesk({ scopes: ['qyapi_robot_sendmsg'] });
  const { lina } = office(desk.emulator);
  const to = { kind: 'person', id: lina.userId } as const;
  await desk.channel.deliver({ kind: 'card.send', key: 'k1', to, card: question });
  await desk.emulator.sayToBot(lina, desk.emulator.textsOf(lina)[0] ?? '').delivery?.done;
  await desk.emulator.waitForText(lina, '请只发其中一行');
  expect([desk.inbound.taps, desk.inbound.stored]).toEqual([[], []]);
});

it('twenty taps a second are answered far inside the two seconds', async () => {
  await using desk = await openDesk();
  const { lina, shown } = await sendQuestion(desk);
  desk.inbound.answer = { notice: null, card: question };
  const taps = Array.from({ length: 60 }, async (_, at) => {
    await pause(at * 50);
    return desk.emulator.tap(lina, shown.messageId, '推进');
  });
  const took = (await Promise.all(taps)).map((tap) => (tap.ok ? tap.tookMs : Number.POSITIVE_INFINITY));
  expect(took.sort((a, b) => b - a)[0]).toBeLessThan(500);
});
