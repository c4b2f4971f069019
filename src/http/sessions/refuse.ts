/** Says no to a page: a stable word for the page, a sentence for the person. */
import type { Context } from 'koa';
import type { ProblemView } from '../contract/common.ts';

/** What happened, and what to do about it. */
export type Words = readonly [title: string, detail: string];

export const foreignPage: Words = ['没有执行', '这个请求不是从聊单的页面发出的。'];

export function refuse(ctx: Context, status: number, code: string, [title, detail]: Words): void {
  ctx.status = status;
  ctx.set({ 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' });
  const problem: ProblemView = { type: 'about:blank', title, status, detail, code };
  ctx.body = JSON.stringify(problem);
}
