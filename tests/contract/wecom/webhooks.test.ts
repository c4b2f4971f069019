/** Words into internal groups by their webhook: within its rate, its refusals explained, its key nowhere to be read. */
import { expect, it } from 'vitest';
import type { WecomEmulatorOptions } from '../../../sandbox/wecom/index.ts';
import type { DeliveryError, Order } from '../../../src/channel/delivery.ts';
import { openDesk } from './harness.ts';

/** A desk whose settings know the group's webhook; the platform makes its keys, so the group is made first. */
async function openGroup(options: Partial<WecomEmulatorOptions> = {}, entry = (key: string, _path: string) => key) {
  const env: Record<string, string> = {};
  const made = { chatId: '', key: '' };
  const desk = await openDesk({
    ...options,
    env,
    prepare({ world, addWebhook }) {
      const members = ['李雷', '韩梅梅'].map((name) => world.addMember({ name }));
      const group = world.createGroup({ name: '销售群', members });
      const { key, path } = addWebhook(group);
      Object.assign(made, { chatId: group.chatId, key });
      env.WECOM_GROUP_WEBHOOKS = `日报群=00000000-0000-0000-0000-000000000000,销售群=${entry(key, path)}`;
    },
  });
  const text = (n: number, name = '销售群'): Order => ({
    kind: 'text.send',
    key: `k${n}`,
    to: { kind: 'chat', id: `webhook:${name}` },
    text: `今日第 ${n} 单`,
  });
  const failure = (order: Order): Promise<DeliveryError> =>
    desk.channel.deliver(order).then(
      () => Promise.reject(new Error('sent')),
      (error) => error,
    );
  const texts = () => desk.emulator.textsOf(made.chatId);
  return { desk, key: made.key, group: made.chatId, text, failure, texts };
}

it('texts arrive, cards arrive as words, and nothing in them becomes a call to everybody', async () => {
  const { desk, text, texts } = await openGroup();
  await using _ = desk;
  expect(await desk.channel.deliver(text(1))).toEqual({ kind: 'sent', messageId: 'k1', updateHandle: null });
  const to = { kind: 'chat', id: 'webhook:销售群' } as const;
  const card = { title: '本周回款', tone: 'info', summary: '', blocks: [{ type: 'text', text: '共 3 笔' }] } as const;
  await desk.channel.deliver({ kind: 'card.send', key: 'c', to, card });
  await desk.channel.deliver({ ...text(2), text: '<@all> <a href="https://a">点</a>' } as Order);
  expect(texts()).toEqual([
    '今日第 1 单',
    expect.stringMatching(/本周回款[\s\S]*共 3 笔/),
    '＜@all> ＜a href="https://a">点＜/a>',
  ]);
  expect(await desk.channel.deliver({ kind: 'chat.lookup', key: 'l', chatId: to.id })).toMatchObject({
    name: '销售群',
  });
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('the whole address may stand in the settings, as the client copies it', async () => {
  const { desk, text, texts } = await openGroup({}, (_key, path) => `https://qyapi.weixin.qq.com${path}`);
  await using _ = desk;
  await desk.channel.deliver(text(1));
  expect(texts()).toEqual(['今日第 1 单']);
});

it('the 21st message of a minute waits here and never reaches the platform; other groups are not held up', async () => {
  const { desk, text, failure, texts } = await openGroup();
  await using _ = desk;
  for (let n = 1; n <= 20; n += 1) await desk.channel.deliver(text(n));
  const waiting = await failure(text(21));
  expect(waiting).toMatchObject({ outcome: 'throttled', code: 'local_limit' });
  expect(await failure(text(1, '日报群'))).toMatchObject({ code: '93000' });
  expect(texts()).toHaveLength(20);
  desk.emulator.clock.advance(waiting.retryAfterMs ?? 0);
  await desk.channel.deliver(text(21));
  expect(texts()).toHaveLength(21);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('a rate that somebody else has used up waits a minute', async () => {
  const { desk, text, failure } = await openGroup({ webhookPerMinute: 2 });
  await using _ = desk;
  for (const n of [1, 2]) await desk.channel.deliver(text(n));
  expect(await failure(text(3))).toMatchObject({ outcome: 'throttled', code: '45009', retryAfterMs: 60_000 });
});

it('a removed webhook, a dissolved group and an unknown name never succeed, and say what to do', async () => {
  const { desk, group, key, text, failure } = await openGroup();
  await using _ = desk;
  desk.emulator.removeWebhook(group);
  const removed = await failure(text(1));
  expect(removed).toMatchObject({ outcome: 'permanent', code: '93000' });
  const unknown = await failure(text(1, '没有的群'));
  expect(unknown).toMatchObject({ outcome: 'permanent', code: 'unknown_webhook' });
  for (const { message } of [removed, unknown]) expect(message).toContain('WECOM_GROUP_WEBHOOKS');
  expect([removed.message, ...desk.log.lines].join()).not.toContain(key);
});

it('a platform that cannot be reached is tried again, and the key is not in what is said about it', async () => {
  const { desk, key, text, failure } = await openGroup();
  await using _ = desk;
  desk.emulator.misbehave.api({ match: /webhook/, times: 1, effect: { kind: 'reset' } });
  const error = await failure(text(1));
  expect(error).toMatchObject({ outcome: 'retryable', code: 'network' });
  expect(desk.log.lines.join()).toContain('webhook/send');
  expect([error.message, String(error.cause), ...desk.log.lines].join()).not.toContain(key);
});
