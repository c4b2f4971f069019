/** Says no to a page: a stable word for the page, a sentence for the person. */
import type { Context } from 'koa';

/** RFC 9457, with the two members every refusal of ours has. */
export function refuse(ctx: Context, status: number, error: string, message: string): void {
  ctx.status = status;
  ctx.set({ 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' });
  ctx.body = JSON.stringify({ type: 'about:blank', title: message, status, error, message });
}
