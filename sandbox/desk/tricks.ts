/** Tools of the desk that are about no platform in particular: pushing the clock, and making all of them misbehave. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/crm/calendar/spans.ts';
import { worksOn } from '../../src/crm/notice/quiet-time.ts';
import type { Sandbox } from '../start.ts';
import type { Desk } from './desk.ts';
import type { CommandAnswer } from './view.ts';

/** What is due by then is sent at once: nobody waits for the product's next minute. */
export async function moveClock(sandbox: Sandbox, move: keyof typeof MOVED): Promise<CommandAnswer> {
  if (move === 'minutes') sandbox.advance(10 * MINUTE_MS);
  else if (move === 'hour') sandbox.advance(HOUR_MS);
  else if (move === 'day') sandbox.advance(DAY_MS);
  else sandbox.advance(await untilMorning(sandbox));
  await sandbox.app.turn();
  return { notice: { tone: 'info', text: MOVED[move] } };
}

const MOVED = {
  minutes: '时间过了 10 分钟',
  hour: '时间过了 1 小时',
  day: '时间过了 1 天',
  morning: '到了下一个工作日早上 9 点',
} as const;

function untilMorning(sandbox: Sandbox): Promise<number> {
  return sandbox.app.look(async ({ active, now }) => {
    let morning = active.calendar.atLocalTime(now, '09:00');
    while (morning <= now || !worksOn(active, morning))
      morning = active.calendar.atLocalTime(morning + DAY_MS, '09:00');
    return morning - now;
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
