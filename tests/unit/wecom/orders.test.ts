/** What each order becomes on the wire, and how it can fail. */
import { describe, expect, it } from 'vitest';
import { createDeliver } from '../../../adapters/wecom/deliver.ts';
import { recordField } from '../../../adapters/wecom/json.ts';
import { createLimiter } from '../../../adapters/wecom/limiter.ts';
import { createLookup } from '../../../adapters/wecom/lookup.ts';
import { createSender } from '../../../adapters/wecom/sender.ts';
import type { Card } from '../../../src/channel/card.ts';
import type { DeliveryError, Order } from '../../../src/channel/delivery.ts';
import { scriptedClient } from './doubles.ts';
import { agentId, nowMs } from './sealing.ts';

describe('orders', () => {
  const question: Card = {
    title: '要推进吗？',
    tone: 'info',
    summary: '',
    blocks: [{ type: 'buttons', buttons: [{ label: '推进', style: 'primary', actionKey: 'a' }] }],
  };
  const notice: Card = { ...question, blocks: [{ type: 'text', text: '已推进' }] };
  const to = { kind: 'person', id: 'zhangsan' } as const;

  function setUp(
    script: Parameters<typeof scriptedClient>[0] = () => ({ errcode: 0, msgid: 'M1', response_code: 'RC' }),
  ) {
    const client = scriptedClient(script);
    const pushed: string[] = [];
    const deliver = createDeliver({
      sender: createSender(
        client,
        agentId,
        createLimiter(() => nowMs),
      ),
      webhooks: {
        text: async (name, text) => void pushed.push(`${name}: ${text}`),
        card: async (name, { card_type, card_action }) =>
          void pushed.push(`${name}: ${card_type} ${(card_action as { url: string }).url}`),
        image: async (name, png) => void pushed.push(`${name}: ${png.length} bytes`),
      },
      lookup: createLookup(client, client),
      now: () => nowMs,
      publicUrl: 'https://crm.example.com',
      assign: async () => ({ kind: 'assigned', staffId: 'lisi' }),
      byBot: async () => null,
    });
    const failure = (order: Order): Promise<DeliveryError> =>
      deliver(order).then(
        () => Promise.reject(new Error('sent')),
        (error) => error,
      );
    return { client, pushed, deliver, failure };
  }

  it('a card leaves with the duplicate check, and brings the handle of its one update', async () => {
    const { client, deliver } = setUp();
    expect(await deliver({ kind: 'card.send', key: 'k1', to, card: question })).toEqual({
      kind: 'sent',
      messageId: 'liaodan-k1',
      updateHandle: 'RC',
    });
    expect(client.calls).toMatchObject([
      {
        path: 'message/send',
        body: {
          touser: 'zhangsan',
          agentid: agentId,
          msgtype: 'template_card',
          template_card: { task_id: 'liaodan-k1' },
          enable_duplicate_check: 1,
          duplicate_check_interval: 1800,
        },
      },
    ]);
  });

  it('an update that reached nobody is none', async () => {
    const { failure } = setUp(() => ({ errcode: 0, errmsg: 'ok', invaliduser: ['zhangsan'] }));
    const update = { kind: 'card.update', key: 'k1', messageId: 'm', sentAt: nowMs, updateHandle: 'RC', to } as const;
    expect(await failure({ ...update, card: notice })).toMatchObject({
      outcome: 'permanent',
      code: 'update_window_closed',
    });
  });

  it('a card whose first answer was lost is not sent twice', async () => {
    const { deliver } = setUp(() => ({ errcode: 42014, errmsg: 'task_id used' }));
    expect(await deliver({ kind: 'card.send', key: 'k1', to, card: question })).toMatchObject({
      kind: 'sent',
      updateHandle: null,
    });
  });

  it('a card with nothing to tap leaves as words', async () => {
    const { client, deliver } = setUp();
    await deliver({ kind: 'card.send', key: 'k1', to, card: notice });
    expect(client.calls).toMatchObject([{ body: { msgtype: 'text', text: { content: '【要推进吗？】\n已推进' } } }]);
  });

  it('long words are cut at 2,048 bytes', async () => {
    const { client, deliver } = setUp();
    await deliver({ kind: 'text.send', key: 'k', to, text: '价'.repeat(2_000) });
    const content = String(recordField(client.calls[0]?.body ?? {}, 'text')?.content);
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2_048);
    expect(content.endsWith('价…')).toBe(true);
  });

  it('somebody who cannot be reached is a dead row, although the platform says ok', async () => {
    const { failure } = setUp(() => ({ errcode: 0, msgid: 'M1', invaliduser: 'zhangsan' }));
    expect(await failure({ kind: 'text.send', key: 'k', to, text: '好' })).toMatchObject({
      outcome: 'permanent',
      code: '81013',
    });
  });

  it('the thirty-first message within a minute waits here instead of vanishing there', async () => {
    const { client, deliver, failure } = setUp();
    for (let n = 0; n < 30; n += 1) await deliver({ kind: 'text.send', key: `k${n}`, to, text: `${n}` });
    expect(await failure({ kind: 'text.send', key: 'k', to, text: '好' })).toMatchObject({
      outcome: 'throttled',
      retryAfterMs: 61_000,
    });
    expect(client.calls).toHaveLength(30);
  });

  it('an update shows the handle it was given, once, within 72 hours', async () => {
    const { client, deliver, failure } = setUp();
    const update = {
      kind: 'card.update',
      key: 'u',
      messageId: 'liaodan-k1',
      sentAt: nowMs,
      updateHandle: 'RC',
      to,
      card: notice,
    } as const;
    expect(await deliver(update)).toEqual({ kind: 'updated' });
    expect(client.calls).toMatchObject([
      {
        path: 'message/update_template_card',
        body: {
          userids: ['zhangsan'],
          agentid: agentId,
          response_code: 'RC',
          template_card: { task_id: 'liaodan-k1', replace_text: '卡片已结束' },
        },
      },
    ]);
    const closed = { outcome: 'permanent', code: 'update_window_closed' };
    expect(await failure({ ...update, updateHandle: null })).toMatchObject(closed);
    expect(await failure({ ...update, sentAt: nowMs - 72 * 3_600_000 - 1 })).toMatchObject(closed);
    expect(client.calls).toHaveLength(1);
  });

  it('customers cannot be written to', async () => {
    const { client, failure } = setUp();
    for (const id of ['dm:zhangsan:wmA', 'kf:wkA:wmA']) {
      expect(await failure({ kind: 'text.send', key: 'k', to: { kind: 'chat', id }, text: '好' })).toMatchObject({
        outcome: 'permanent',
        code: 'customer_chat',
      });
    }
    expect(client.calls).toEqual([]);
  });

  it('a chat of the app is its member, a group gets words by appchat or by its webhook', async () => {
    const { client, pushed, deliver } = setUp();
    await deliver({ kind: 'text.send', key: 'a', to: { kind: 'chat', id: 'app:zhangsan' }, text: '好' });
    expect(
      await deliver({ kind: 'card.send', key: 'b', to: { kind: 'chat', id: 'dealgroup1' }, card: question }),
    ).toMatchObject({ updateHandle: null });
    const named = { kind: 'chat', id: 'webhook:周会: 华东' } as const;
    expect(await deliver({ kind: 'text.send', key: 'c', to: named, text: '好' })).toMatchObject({ messageId: 'c' });
    expect(pushed).toEqual(['周会: 华东: 好']);
    const links = [{ label: '超时清单（3）', path: '/app/overdue' }];
    const counts = {
      title: '3 个商机停留太久',
      tone: 'danger',
      summary: '3 个',
      blocks: [{ type: 'links', links }],
    } as const;
    await deliver({ kind: 'card.send', key: 'd', to: named, card: counts });
    expect(pushed.at(-1)).toBe('周会: 华东: text_notice https://crm.example.com/app/overdue');
    expect(client.calls).toMatchObject([
      { path: 'message/send', body: { touser: 'zhangsan' } },
      { path: 'appchat/send', body: { chatid: 'dealgroup1', msgtype: 'markdown' } },
    ]);
  });

  it.each([
    [41050, 'permanent'],
    [41051, 'permanent'],
    [41096, 'retryable'],
  ])('a greeting refused with %i is %s', async (errcode, outcome) => {
    const { failure } = setUp(() => ({ errcode }));
    expect(await failure({ kind: 'welcome.send', key: 'k', welcomeCode: 'WC', text: '您好' })).toMatchObject({
      outcome,
    });
  });

  it('only service sessions can be assigned', async () => {
    const { deliver, failure } = setUp();
    expect(await deliver({ kind: 'session.assign', key: 'k', chatId: 'kf:wkA:wmA', staffIds: [] })).toEqual({
      kind: 'assigned',
      staffId: 'lisi',
    });
    expect(await failure({ kind: 'session.assign', key: 'k', chatId: 'app:lisi', staffIds: [] })).toMatchObject({
      outcome: 'permanent',
    });
  });
});
