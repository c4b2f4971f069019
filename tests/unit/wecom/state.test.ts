/** What the health page says of this channel: the worst of its parts, and where customers' words come from. */
import { describe, expect, it } from 'vitest';
import type { Source } from '../../../adapters/wecom/source.ts';
import { describeState } from '../../../adapters/wecom/state.ts';
import type { ChannelState } from '../../../src/channel/channel.ts';

const source = (status: ChannelState['status'] | null, detail = '断开了。'): Source => ({
  start: async () => {},
  stop: async () => {},
  problem: () => (status === null ? null : { status, detail }),
  normalise: () => null,
});
const none = { kf: source(null), bot: null, archive: null };

it('names the ways that are on', () => {
  const all = { kf: source(null), bot: source(null), archive: source(null) };
  expect(describeState('started', null, all, 2)).toEqual({
    status: 'ready',
    transport: 'webhook + 微信客服 + 智能机器人 + 会话存档',
    detail: null,
  });
});

it('says when nobody listens to customers', () => {
  const state = describeState('started', null, none, 0);
  expect(state).toMatchObject({ status: 'ready', transport: 'webhook' });
  expect(state.detail).toContain('还听不到客户说话');
});

describe('trouble', () => {
  it('of the app is the channel’s', () => {
    const own = { status: 'failed', detail: 'Secret 不对。' } as const;
    expect(describeState('started', own, { ...none, bot: source('failed') }, 1)).toMatchObject(own);
  });

  it('of one source leaves the rest working, and each is named', () => {
    const sources = { kf: source('degraded', '拉不到。'), bot: source('failed'), archive: source(null) };
    expect(describeState('started', null, sources, 1)).toMatchObject({
      status: 'degraded',
      detail: '微信客服：拉不到。智能机器人：断开了。',
    });
  });

  it('of a source that only connects is connecting', () => {
    expect(describeState('started', null, { ...none, bot: source('connecting') }, 1)).toMatchObject({
      status: 'connecting',
    });
  });
});

it('stopped is stopped', () => {
  expect(describeState('stopped', { status: 'failed', detail: 'x' }, none, 1)).toMatchObject({
    status: 'stopped',
    detail: null,
  });
});
