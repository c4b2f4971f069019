/** Taps as clients send them, and what makes two deliveries one click. */
import { describe, expect, it } from 'vitest';
import { createTapKeys } from '../../../../adapters/dingtalk/tap-keys.ts';
import { readTap } from '../../../../adapters/dingtalk/tap-payload.ts';

const content = JSON.stringify({ cardPrivateData: { actionIds: ['key'], params: {} } });
const sample = {
  extension: '{}',
  corpId: 'dingcorp0001',
  spaceType: 'IM',
  spaceId: 'cid1',
  userIdType: 1,
  type: 'actionCallback',
  userId: '0457',
  outTrackId: 'ld-1',
  content,
  value: content,
};

describe('a callback', () => {
  const tap = { userId: '0457', outTrackId: 'ld-1', buttonId: 'key', chatId: 'cid1' };

  it.each([
    ['as documented', {}],
    ['with its content in `value` alone', { content: '' }],
    ['with content that is no text', { content: JSON.parse(content) }],
    ['with the id among the params', { content: '{"cardPrivateData":{"actionIds":[],"params":{"id":"key"}}}' }],
    ['with params outside', { content: '{"cardPrivateData":{},"params":{"id":"key"}}' }],
    ['with a number in words', { userIdType: '1' }],
  ])('%s', (_how, more) => {
    expect(readTap({ ...sample, ...more })).toEqual(tap);
  });

  it('that does not say where the card hangs', () => {
    expect(readTap({ ...sample, spaceId: '', spaceType: '' })).toEqual({ ...tap, chatId: null });
  });

  it.each([
    { userId: '' },
    { outTrackId: 7 },
    { userIdType: 2 },
    { content: 'x', value: 'x' },
    { content: '[]', value: 'null' },
    { content: '{"cardPrivateData":{"actionIds":[7]}}' },
  ])('%o cannot be decided', (more) => {
    expect(readTap({ ...sample, ...more })).toBeNull();
  });
});

describe('a click', () => {
  const what = ['ld-1', '0457', 'key'];

  it('is the same while it is open, whatever the frame is called', () => {
    const keys = createTapKeys(() => 0);
    const [first, copy] = [keys.keyOf(what, 'f1'), keys.keyOf(what, 'f2')];
    expect([copy.eventId, first.repeated, copy.repeated]).toEqual([first.eventId, false, true]);
  });

  it('is the same for a frame it came with, also after its answer', () => {
    const keys = createTapKeys(() => 0);
    const first = keys.keyOf(what, 'f1');
    keys.keyOf(what, 'f2');
    first.answered();
    expect([keys.keyOf(what, 'f1').eventId, keys.keyOf(what, 'f2').eventId]).toEqual([first.eventId, first.eventId]);
  });

  it('is another after the answer, of another person, or on another button', () => {
    const keys = createTapKeys(() => 0);
    const first = keys.keyOf(what, 'f1');
    first.answered();
    const second = keys.keyOf(what, 'f2');
    const other = keys.keyOf(['ld-1', '0458', 'key'], 'f3');
    expect(new Set([first.eventId, second.eventId, other.eventId]).size).toBe(3);
    expect([second.repeated, other.repeated]).toEqual([false, false]);
  });

  it('has the same key in another process where the frame keeps its id', () => {
    const [here, there] = [createTapKeys(() => 0), createTapKeys(() => 0)];
    expect(there.keyOf(what, 'f1').eventId).toBe(here.keyOf(what, 'f1').eventId);
  });

  it('is forgotten when no frame of it can come any more', () => {
    let at = 0;
    const keys = createTapKeys(() => at);
    keys.keyOf(what, 'f1').answered();
    at = 90_001;
    keys.keyOf(['other'], 'f9').answered();
    expect(keys.keyOf(what, 'f1').repeated).toBe(false);
  });
});
