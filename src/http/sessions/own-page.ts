/** Whether a request that changes something comes from a page of ours: another site's page cannot send such a one. */
import type { Context } from 'koa';

/** Any value will do: another site cannot set it without asking us first, and we answer no such question (CORS). */
const OWN_HEADER = 'x-liaodan';

/** What a form of another site cannot send: JSON, and the bytes of a file. */
const OWN_TYPES = ['application/json', 'application/octet-stream'];

/** GET and HEAD change nothing and need no proof. */
export function changesNothing(ctx: Context): boolean {
  return ctx.method === 'GET' || ctx.method === 'HEAD';
}

/** The cookie travels with requests of any site when it has to work in frames: what only our own page can send decides. */
export function isFromOwnPage(ctx: Context, publicUrl: string | null): boolean {
  if (ctx.get(OWN_HEADER) === '') return false;
  if (ctx.method !== 'DELETE' && !ctx.is(...OWN_TYPES)) return false;
  const site = ctx.get('sec-fetch-site');
  if (site !== '' && site !== 'same-origin') return false;
  const origin = ctx.get('origin');
  return origin === '' || isOwnOrigin(origin, ctx.host, publicUrl);
}

/** Where PUBLIC_URL is not set, the host that was asked is all we know of ourselves. */
function isOwnOrigin(origin: string, host: string, publicUrl: string | null): boolean {
  if (!URL.canParse(origin)) return false;
  return publicUrl === null ? new URL(origin).host === host : origin === new URL(publicUrl).origin;
}
