/** The small machines behind sending: limits, one writer per card. */
import { describe, expect, it } from 'vitest';
import type { JsonRecord } from '../../../adapters/feishu/json.ts';
import { createLimiter } from '../../../adapters/feishu/limiter.ts';
import { createTapAnswerer, readTap } from '../../../adapters/feishu/taps.ts';
import { clip, plainWords } from '../../../adapters/feishu/text.ts';
import { tokenMarginMs } from '../../../adapters/feishu/token.ts';
import { createWriters } from '../../../adapters/feishu/writers.ts';
import type { Card } from '../../../src/channel/card.ts';
import { recordingInbound } from './doubles.ts';
import { messageEnvelope, ourTenant } from './sealing.ts';

describe('changes of one card', () => {
  it('are five a second at most; a short wait is waited, and of a long one nothing is booked', async () => {
    let at = 1_000_000;
    const limiter = createLimiter({ hold: async () => 0 }, () => at);
    for (let n = 0; n < 5; n += 1) expect(await limiter.holdFor('om_1', 0)).toBe(0);
    expect(await limiter.holdFor('om_1', 300)).toBe(1_050);
    expect(await limiter.holdFor('om_2', 0)).toBe(0);
    at += 1_050;
    expect(await limiter.holdFor('om_1', 0)).toBe(0);
  });

  it('count with all other calls', async () => {
    const asked: string[] = [];
    const hold = async (api: string) => asked.push(api) * 400;
    const limiter = createLimiter({ hold }, () => 0);
    expect([await limiter.holdFor('om_1', 0), asked]).toEqual([400, ['update']]);
  });
});

it('tokens are renewed five minutes before their end, short ones later', () => {
  expect([tokenMarginMs(7_200_000), tokenMarginMs(60_000)]).toEqual([300_000, 6_000]);
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
    writers.tap('om_3').done();
    at -= 3_600_000;
    expect(writers.quietFor('om_3'), 'when the clock was put back').toBe(0);
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
