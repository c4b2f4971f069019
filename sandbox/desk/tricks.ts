/** Tools of the desk that are about no platform in particular: pushing the clock, and making all of them misbehave. */
import type { Sandbox } from '../start.ts';
import type { Desk } from './desk.ts';
import type { CommandAnswer } from './view.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export async function moveClock(sandbox: Sandbox, move: 'minutes' | 'day' | 'morning'): Promise<CommandAnswer> {
  if (move === 'minutes') sandbox.advance(10 * MINUTE_MS);
  else if (move === 'day') sandbox.advance(DAY_MS);
  else sandbox.advance(await untilMorning(sandbox));
  const words = { minutes: '时间过了 10 分钟', day: '时间过了 1 天', morning: '到了下一个早上 9 点' } as const;
  return { notice: { tone: 'info', text: words[move] } };
}

function untilMorning(sandbox: Sandbox): Promise<number> {
  return sandbox.app.look(async ({ active: { calendar } }) => {
    const now = sandbox.now();
    const today = calendar.atLocalTime(now, '09:00');
    return (today > now ? today : calendar.atLocalTime(now + DAY_MS, '09:00')) - now;
  });
}

export function setTrick({ state, platforms }: Desk, trick: 'copies' | 'limit', on: boolean): CommandAnswer {
  state[trick] = on;
  for (const platform of platforms) {
    if (trick === 'limit') platform.limit(on);
    platform.touch();
  }
  const words = {
    copies: on ? '接下来每句话平台都投递 3 次' : '恢复为每句话投递 1 次',
    limit: on ? '平台开始限流：卡片会晚到，但不会丢' : '限流解除，积压的卡片会陆续送到',
  };
  return { notice: { tone: 'info', text: words[trick] } };
}
