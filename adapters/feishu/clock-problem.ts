/** Feishu signs each push with the time: where that is minutes off ours, our clock is wrong, and every push is refused. */
import type { ChannelState, RawRequest } from '../../src/channel/channel.ts';
import { isTime } from './signature.ts';
import type { Verified } from './verify.ts';

export interface ClockWatch {
  readonly verify: (request: RawRequest) => Verified;
  /** Until a push comes whose time is ours again. */
  problem(): Pick<ChannelState, 'status' | 'detail'> | null;
}

const detail =
  '飞书推送上的时间和这台服务器的时间差了五分钟以上，推送都被拒绝：请校准服务器时钟（打开自动对时）；校准后飞书会补发。';

/** A stale push is one that was signed with our key: an old one that somebody sends again is outdone by the next fresh one. */
export function watchClock(verify: (request: RawRequest) => Verified): ClockWatch {
  let wrong = false;
  return {
    verify(request) {
      const verified = verify(request);
      if (verified.ok) wrong = false;
      else if (verified.reason === 'stale_timestamp' && isTime(request.headers['x-lark-request-timestamp']))
        wrong = true;
      return verified;
    },
    problem: () => (wrong ? { status: 'degraded', detail } : null),
  };
}
