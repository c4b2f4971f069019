/** Requests that hold many bytes in memory: so many at once of one colleague, and of all; the others are to try again in a moment. */
import type { Context, Next } from 'koa';
import { LONGEST_REQUEST_MS } from './body.ts';
import { answerProblem } from './problem.ts';
import type { Actor } from './sessions/actor.ts';

export interface FewAtOnce {
  readonly each: number;
  readonly all: number;
}

/** After the guard, which says who asks. A place is free again once the answer is gone, or whoever waited for it is. */
export function fewAtOnce({ each, all }: FewAtOnce): (ctx: Context, next: Next) => Promise<void> {
  const busy = new Map<string, number>();
  let total = 0;
  return async (ctx, next) => {
    const { staffId } = ctx.state['actor'] as Actor;
    const own = busy.get(staffId) ?? 0;
    if (own >= each || total >= all) {
      ctx.set({ 'Retry-After': '5', Connection: 'close' });
      return answerProblem(ctx, 'too_many', '现在传文件的人太多，请几秒后再试。');
    }
    // Gone while the guard looked: nothing would give the place back.
    if (ctx.res.closed || ctx.req.socket.destroyed) return;
    total += 1;
    busy.set(staffId, own + 1);
    // A phone that has gone under a bridge keeps its place no longer.
    ctx.res.setTimeout(LONGEST_REQUEST_MS);
    ctx.res.once('close', () => {
      total -= 1;
      const left = (busy.get(staffId) ?? 1) - 1;
      if (left === 0) busy.delete(staffId);
      else busy.set(staffId, left);
    });
    await next();
  };
}
