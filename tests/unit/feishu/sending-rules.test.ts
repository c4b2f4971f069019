/** The small machines behind sending: limits, the token, one writer per card. */
import { describe, expect, it } from 'vitest';
import type { JsonRecord } from '../../../adapters/feishu/json.ts';
import { createLimiter } from '../../../adapters/feishu/limiter.ts';
import { createTapAnswerer, readTap } from '../../../adapters/feishu/taps.ts';
import { clip, plainWords } from '../../../adapters/feishu/text.ts';
import { createTokenHolder } from '../../../adapters/feishu/token.ts';
import { createWriters } from '../../../adapters/feishu/writers.ts';
import type { Card } from '../../../src/channel/card.ts';
import { recordingInbound } from './doubles.ts';
import { messageEnvelope, ourTenant } from './sealing.ts';

describe('the limiter', () => {
  /** Books as often as it may for `spanMs` and returns when each call would leave. */
  function run(
    keysOf: (n: number) => Parameters<ReturnType<typeof createLimiter>['book']>[0],
    calls: number,
    spanMs: number,
  ) {
    let at = 1_000_000;
    const limiter = createLimiter(() => at);
    const departures: number[] = [];
    for (let n = 0; n < calls && at < 1_000_000 + spanMs; ) {
      const { booked, waitMs } = limiter.book(keysOf(n), 0);
      if (booked) {
        departures.push(at);
        n += 1;
      } else at += Math.min(waitMs, 50);
    }
    return departures;
  }
  const mostWithin = (times: readonly number[], spanMs: number) =>
    Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + spanMs).length));

  it('never lets more than five through in any second to one target', () => {
    const times = run(() => ['app', 'to:oc_1'], 60, 10_000);
    expect(mostWithin(times, 1_000)).toBe(5);
    expect(times.length).toBeGreaterThan(40);
  });

  it('never lets more than 50 a second or 1,000 a minute through for the app', () => {
    const times = run((n) => ['app', `to:oc_${n}`], 2_000, 70_000);
    expect(mostWithin(times, 1_000)).toBe(50);
    expect(mostWithin(times, 60_000)).toBe(1_000);
  });

  it('books a short wait, says how long a long one is, and books nothing then', () => {
    const limiter = createLimiter(() => 5_000);
    for (let n = 0; n < 5; n += 1) limiter.book(['to:a'], 0);
    expect(limiter.book(['to:a'], 300)).toEqual({ booked: false, waitMs: 1_050 });
    expect(limiter.book(['to:a'], 2_000)).toEqual({ booked: true, waitMs: 1_050 });
    expect(limiter.book(['to:b'], 0)).toEqual({ booked: true, waitMs: 0 });
  });
});

describe('the token', () => {
  it('is shared by all who wait, renewed before its end, and dropped only by who holds the current one', async () => {
    let at = 0;
    let fetched = 0;
    const tokens = createTokenHolder(
      async () => ({ token: `t-${++fetched}`, expiresInSeconds: 7_200 }),
      () => at,
    );
    expect(await Promise.all([tokens.get(), tokens.get()])).toEqual(['t-1', 't-1']);
    at = 7_200_000 - 5 * 60_000 - 1;
    expect(await tokens.get()).toBe('t-1');
    at += 1;
    expect(await tokens.get()).toBe('t-2');
    tokens.drop('t-1');
    expect(await tokens.get()).toBe('t-2');
    tokens.drop('t-2');
    expect(await tokens.get()).toBe('t-3');
  });

  it('that could not be fetched is asked for again by the next', async () => {
    let fail = true;
    const tokens = createTokenHolder(
      async () => {
        if (fail) throw new Error('refused');
        return { token: 't', expiresInSeconds: 60 };
      },
      () => 0,
    );
    await expect(Promise.all([tokens.get(), tokens.get()])).rejects.toThrow('refused');
    fail = false;
    expect(await tokens.get()).toBe('t');
  });
});

describe('a tap', () => {
  const tapOf = (event: JsonRecord): JsonRecord => ({
    ...messageEnvelope({ header: { event_id: 'tap1', event_type: 'card.action.trigger' } }),
    event,
  });
  const operator = { tenant_key: ourTenant, open_id: 'ou_li', union_id: 'on_l' };
  const context = { open_message_id: 'om_1', open_chat_id: 'oc_1' };
  const tapped = (action: JsonRecord) =>
    readTap(tapOf({ operator, context, token: 'c-295e', host: 'im_message', action }));

  it('says who, which key, where', () => {
    expect(tapped({ value: { key: 'k1' }, tag: 'button', timezone: 'Asia/Shanghai' })).toEqual({
      eventId: 'tap1',
      tapper: { id: 'ou_li', tenant: ourTenant, internal: true },
      actionKey: 'k1',
      values: {},
      messageId: 'om_1',
      chatId: 'oc_1',
    });
  });

  it.each([[{ key: 'k1' }], ['{"key":"k1"}'], ['k1']])('takes the key from a value of the shape %j', (value) => {
    expect(tapped({ value, tag: 'button' })).toMatchObject({ actionKey: 'k1' });
  });

  it('carries the fields of its form', () => {
    const form_value = { stage: 'won', tags: ['a', 'b'], agreed: true, when: '2024-04-01 +0800', nested: {} };
    expect(tapped({ value: { key: 'k' }, form_value })).toMatchObject({
      values: { stage: 'won', tags: 'a,b', agreed: 'true', when: '2024-04-01 +0800' },
    });
  });

  it.each([
    [{}],
    [{ key: '' }],
    [{ key: 7 }],
    [{ key: 'x'.repeat(65) }],
    [''],
    ['x'.repeat(65)],
    ['[]'],
    [null],
    [undefined],
  ])('without a key of ours (%j) is none', (value) => {
    expect(tapped(value === undefined ? { tag: 'button' } : { value, tag: 'button' })).toBeNull();
  });

  it('without an operator or a message is none', () => {
    const action = { value: { key: 'k' } };
    expect(readTap(tapOf({ context, action }))).toBeNull();
    expect(readTap(tapOf({ operator: { ...operator, open_id: '' }, context, action }))).toBeNull();
    expect(readTap(tapOf({ operator, context: {}, action }))).toBeNull();
  });

  it('of a person of another company is theirs', () => {
    const event = { operator: { ...operator, tenant_key: 'other' }, context, action: { value: { key: 'k' } } };
    expect(readTap(tapOf(event))).toMatchObject({ tapper: { internal: false } });
  });

  it('while an update hangs is answered by a notice alone, and the face follows later', async () => {
    const inbound = recordingInbound();
    const face: Card = { title: '已推进', tone: 'success', summary: '', blocks: [] };
    inbound.answer = { notice: { tone: 'success', text: '已推进' }, card: face };
    const writers = createWriters(() => 0);
    const later: string[] = [];
    const answer = createTapAnswerer({
      ...{ inbound, writers, publicUrl: null, applink: 'https://applink.feishu.cn' },
      patchLater: (messageId) => void later.push(messageId),
    });
    const gate = Promise.withResolvers<void>();
    const hanging = writers.patch('om_1', () => gate.promise);
    const event = { operator, context, action: { value: { key: 'k' } } };
    expect(await answer(tapOf(event))).toEqual({ toast: { type: 'success', content: '已推进' } });
    expect(later).toEqual(['om_1']);
    gate.resolve();
    await hanging;
    expect(await answer(tapOf(event))).toMatchObject({ card: { type: 'raw', data: { schema: '2.0' } } });
    expect(later).toEqual(['om_1']);
  });
});

describe('one writer per card', () => {
  it('updates stay away while a tap is open and one second longer, of that card only', () => {
    let at = 10_000;
    const writers = createWriters(() => at);
    const first = writers.tap('om_1');
    const second = writers.tap('om_1');
    expect(writers.quietFor('om_1')).toBe(1_000);
    expect(writers.quietFor('om_2')).toBe(0);
    first.done();
    expect(writers.quietFor('om_1')).toBe(1_000);
    second.done();
    at += 400;
    expect(writers.quietFor('om_1')).toBe(600);
    at += 600;
    expect(writers.quietFor('om_1')).toBe(0);
  });
});

describe('words', () => {
  it('are cut without breaking a character', () => {
    expect(clip('报价单', 3)).toBe('报价单');
    expect(clip('报价单发出', 3)).toBe('报价…');
    expect(clip('好😀😀', 3)).toBe('好…');
  });

  it('cannot ring a group or pose as a link', () => {
    expect(plainWords('<at user_id="all">所有人</at> a<b && [看这里](https://x.cn) 3 < 5')).toBe(
      '＜at user_id="all">所有人＜/at> a＜b && [看这里]（https://x.cn) 3 < 5',
    );
  });
});
