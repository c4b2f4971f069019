/** Says no to a page: a stable word for the page, a sentence for the person. */
import type { Context } from 'koa';
import type { ProblemView } from '../contract/common.ts';

export function refuse(ctx: Context, status: number, code: string, detail: string): void {
  ctx.status = status;
  ctx.set({ 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' });
  const problem: ProblemView = { type: 'about:blank', title: detail, status, detail, code };
  ctx.body = JSON.stringify(problem);
}
