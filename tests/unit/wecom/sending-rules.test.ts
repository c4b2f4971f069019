/** The rules of sending: limits per member, lengths in bytes, tokens, codes and what they become. */
import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../../../adapters/wecom/api-failure.ts';
import { createDeliver } from '../../../adapters/wecom/deliver.ts';
import { ruleFor, rules } from '../../../adapters/wecom/error-rules.ts';
import { explainFailure, toDeliveryError } from '../../../adapters/wecom/errors.ts';
import { recordField } from '../../../adapters/wecom/json.ts';
import { createLimiter } from '../../../adapters/wecom/limiter.ts';
import { createLookup } from '../../../adapters/wecom/lookup.ts';
import { createSender } from '../../../adapters/wecom/sender.ts';
import { clip, clipBytes } from '../../../adapters/wecom/text.ts';
import { createTokenHolder } from '../../../adapters/wecom/token.ts';
import type { Card } from '../../../src/channel/card.ts';
import type { DeliveryError, Order } from '../../../src/channel/delivery.ts';
import { scriptedClient } from './doubles.ts';
import { agentId, nowMs } from './sealing.ts';

const refused = (errcode: number, errmsg = ''): ApiFailure => {
  const failure = ApiFailure.of({ errcode, errmsg });
  if (!failure) throw new Error('no failure');
  return failure;
};

describe('one member', () => {
  it('gets thirty a minute and a thousand an hour, and others are not held up', () => {
    let now = nowMs;
    const limiter = createLimiter(() => now);
    for (let n = 0; n < 30; n += 1) expect(limiter.book('a')).toBe(0);
    expect(limiter.book('a')).toBe(61_000);
    expect(limiter.book('b')).toBe(0);
    now += 61_000;
    expect(limiter.book('a')).toBe(0);
    for (let sent = 31; sent < 1_000; sent += 1) {
      now += 2_100;
      expect(limiter.book('a')).toBe(0);
    }
    now += 2_100;
    expect(limiter.book('a')).toBeGreaterThan(61_000);
  });
});

describe('lengths', () => {
  it('are counted in bytes, and characters stay whole', () => {
    expect(clipBytes('报价', 6)).toBe('报价');
    expect(clipBytes('报价单', 8)).toBe('报…');
    expect(clipBytes('😀😀😀', 11)).toBe('😀😀…');
    for (let max = 3; max < 30; max += 1)
      expect(Buffer.byteLength(clipBytes('报a😀'.repeat(9), max))).toBeLessThanOrEqual(max);
  });

  it('in characters too', () => {
    expect(clip('报价单', 2)).toBe('报…');
    expect(clip('a😀b', 3)).toBe('a…');
  });
});

describe('tokens', () => {
  it('are fetched once for all who wait, renewed early, and again when refused', async () => {
    let now = nowMs;
    let fetched = 0;
    const holder = createTokenHolder(
      async () => {
        fetched += 1;
        return { token: `t${fetched}`, expiresInSeconds: 7200 };
      },
      () => now,
    );
    expect(await Promise.all([holder.get(), holder.get(), holder.get()])).toEqual(['t1', 't1', 't1']);
    now += 6_000_000;
    expect(await holder.get()).toBe('t1');
    now += 900_000;
    expect(await holder.get()).toBe('t2');
    holder.drop('t1');
    expect(await holder.get()).toBe('t2');
    holder.drop('t2');
    expect(await holder.get()).toBe('t3');
  });

  it('a wrong secret is not tried again for ten minutes, a broken line at once', async () => {
    let now = nowMs;
    let asked = 0;
    let failure = refused(40001);
    const holder = createTokenHolder(
      async () => {
        asked += 1;
        throw failure;
      },
      () => now,
    );
    for (let n = 0; n < 3; n += 1) await expect(holder.get()).rejects.toMatchObject({ code: 40001 });
    expect(asked).toBe(1);
    now += 600_001;
    failure = ApiFailure.unreached('network', null);
    for (let n = 0; n < 2; n += 1) await expect(holder.get()).rejects.toMatchObject({ kind: 'network' });
    expect(asked).toBe(3);
  });
});

describe('codes', () => {
  it.each([40001, 40013, 60020, 48002, 301002, 81013, 12345])('%i is never tried again', (code) => {
    expect(toDeliveryError(refused(code))).toMatchObject({ outcome: 'permanent' });
  });

  it.each([
    [-1, 'retryable', null],
    [6000, 'retryable', null],
    [40014, 'retryable', null],
    [45009, 'throttled', 60_000],
    [45033, 'throttled', 2_000],
  ])('%i is %s', (code, outcome, retryAfterMs) => {
    expect(toDeliveryError(refused(code))).toMatchObject({ outcome, retryAfterMs, code: String(code) });
  });

  it('60020 says which address to add, and nothing else of the words of the platform', () => {
    const error = toDeliveryError(
      refused(60020, 'not allow to access from your ip, hint: [17], from ip: 203.0.113.9, more info'),
    );
    expect(error.message).toContain('203.0.113.9');
    expect(error.message).toContain('企业可信IP');
    expect(error.message).not.toContain('hint');
    expect(explainFailure(refused(60020, ''))).toContain('企业可信IP');
  });

  it('60140 is the word by which the core says in words how it ended', () => {
    expect(toDeliveryError(refused(60140))).toMatchObject({ outcome: 'permanent', code: 'update_window_closed' });
  });

  it('every sentence is Chinese and whole', () => {
    for (const code of Object.keys(rules)) expect(ruleFor(Number(code)).say).toMatch(/[一-龥].*。$/);
  });

  it('no answer is tried again', () => {
    expect(toDeliveryError(ApiFailure.unreached('timeout', null))).toMatchObject({
      outcome: 'retryable',
      code: 'timeout',
    });
    expect(toDeliveryError(new Error('bug'))).toMatchObject({ outcome: 'retryable' });
  });
});

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
    const deliver = createDeliver({
      sender: createSender(
        client,
        agentId,
        createLimiter(() => nowMs),
      ),
      lookup: createLookup(client, client),
      now: () => nowMs,
      assign: async () => 'lisi',
      byBot: async () => null,
    });
    const failure = (order: Order): Promise<DeliveryError> =>
      deliver(order).then(
        () => Promise.reject(new Error('sent')),
        (error) => error,
      );
    return { client, deliver, failure };
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
          template_card: { task_id: 'liaodan-k1', replace_text: '已处理' },
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

  it('a chat of the app is its member, a group gets words by appchat', async () => {
    const { client, deliver } = setUp();
    await deliver({ kind: 'text.send', key: 'a', to: { kind: 'chat', id: 'app:zhangsan' }, text: '好' });
    expect(
      await deliver({ kind: 'card.send', key: 'b', to: { kind: 'chat', id: 'dealgroup1' }, card: question }),
    ).toMatchObject({ updateHandle: null });
    expect(client.calls).toMatchObject([
      { path: 'message/send', body: { touser: 'zhangsan' } },
      { path: 'appchat/send', body: { chatid: 'dealgroup1', msgtype: 'text' } },
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
