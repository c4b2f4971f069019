/** Where the platform makes no cards for us: words with links, taps as messages, and few attempts. */
import { expect, test } from 'vitest';
import { readTypedTap } from '../../../../adapters/dingtalk/typed-taps.ts';
import type { Desk } from './desk.ts';
import { cardOrder, hearLina, openDesk, toDeal, toLina, updateOrder } from './desk.ts';

const linksOf = (markdown: string) =>
  [...markdown.matchAll(/\[([^\]]*)\]\((dtmd:[^)]*)\)/g)].map(([, label, url]) => ({
    label,
    content: new URL(url ?? '').searchParams.get('content') ?? '',
  }));

const words = (desk: Desk) => desk.emulator.textsOf(desk.lina.userId);

test('without the permission the card goes out as words whose links send a tap', async () => {
  const desk = await openDesk();
  desk.emulator.grants.scopes.delete('Card.Instance.Write');
  const receipt = await desk.out.deliver(cardOrder(toLina(desk)));
  expect(receipt).toEqual({ kind: 'sent', messageId: 'text:c', updateHandle: null });
  const [text = ''] = words(desk);
  const links = linksOf(text);
  expect(links.map(({ label }) => label)).toEqual(['推进到「报价发送」', '忽略']);
  const { delivery } = desk.emulator.sayToBot(desk.lina.userId, links[1]?.content ?? '');
  await delivery?.done;
  const heard = desk.product.frames.at(-1)?.data.text as { content: string };
  expect(readTypedTap(heard.content)).toEqual({ actionKey: 'KEY_ignore-0000000002', values: {} });
  // What stands there to be typed is the same.
  expect(text).toContain(links[1]?.content);
  await expect(desk.out.deliver(updateOrder('text:c', toLina(desk), desk.emulator.clock.now()))).rejects.toMatchObject({
    code: 'update_window_closed',
  });
});

test('the failure is remembered for ten minutes and shown with its remedy, then one card finds out', async () => {
  let at = 1_790_000_000_000;
  const desk = await openDesk({ now: () => at });
  desk.emulator.grants.scopes.delete('Card.Instance.Write');
  for (const key of ['a', 'b', 'c']) await desk.out.deliver(cardOrder(toLina(desk), key));
  expect(desk.calls('createAndDeliver')).toBe(1);
  expect(words(desk)).toHaveLength(3);
  expect(desk.out.problem()).toMatchObject({
    status: 'degraded',
    detail: expect.stringMatching(/^卡片暂时以文字和链接发出.*Card\.Instance\.Write/),
  });
  desk.emulator.grants.scopes.add('Card.Instance.Write');
  at += 10 * 60_000 + 1;
  await desk.out.deliver(cardOrder(toLina(desk), 'd'));
  expect(desk.emulator.cardsOf(desk.lina.userId)).toHaveLength(1);
  expect(desk.out.problem()).toBeNull();
});

test.each([
  ['is gone', (desk: Desk, id: string) => desk.emulator.cards.removeTemplate(id)],
  ['is not published', (desk: Desk, id: string) => desk.emulator.cards.addTemplate({ id, published: false })],
])('the same when the template %s, at the session webhook where one is alive', async (_, spoil) => {
  const id = 'our-own.schema';
  const desk = await openDesk({}, { templateId: id });
  spoil(desk, id);
  await hearLina(desk, 'direct');
  await desk.out.deliver(cardOrder(toLina(desk)));
  expect(linksOf(words(desk)[0] ?? '')).toHaveLength(2);
  expect(desk.usage.counts).toEqual({ api: 1, push: 1 });
  expect(desk.out.problem()?.detail).toContain('DINGTALK_CARD_TEMPLATE_ID');
});

test('into a group as well; other failures of a card stay failures', async () => {
  const desk = await openDesk();
  desk.emulator.misbehave.failNextSends(1);
  await expect(desk.out.deliver(cardOrder(toDeal(desk)))).rejects.toMatchObject({ outcome: 'retryable' });
  expect(desk.out.problem()).toBeNull();
  desk.emulator.grants.scopes.delete('Card.Instance.Write');
  await desk.out.deliver(cardOrder(toDeal(desk)));
  expect(desk.emulator.textsOf(desk.deal.conversationId)[0]).toContain('> 王总：能不能报个价');
});
