/** Gives a page what the platform's client wants to know before it serves the page; only for addresses of our own. */
import type { Context } from 'koa';
import type { Channel } from '../../channel/channel.ts';
import { type PageConfigView, pageConfigQuery } from '../contract.ts';
import { refuse } from '../sessions/refuse.ts';

export interface OwnAddress {
  /** Without a slash at the end; null when the operator has not said. */
  readonly publicUrl: string | null;
  /** The Host header of the request. */
  readonly host: string;
}

/**
 * Whether this is one of our pages. Where PUBLIC_URL is set it decides alone: a Host header is the caller's word.
 * An address that a browser would write differently is refused, since the signature is over the text as it is.
 */
export function isOwnPage(url: string, { publicUrl, host }: OwnAddress): boolean {
  if (!URL.canParse(url)) return false;
  const { href, protocol, host: urlHost, username, password, origin, pathname } = new URL(url);
  if (href !== url || url.includes('#') || username !== '' || password !== '') return false;
  if (publicUrl === null) return /^https?:$/.test(protocol) && urlHost === host && pathname.startsWith('/app/');
  const own = new URL(publicUrl);
  return origin === own.origin && pathname.startsWith(`${own.pathname.replace(/\/$/, '')}/app/`);
}

export function jsapiHandler(
  channels: readonly { readonly channel: Channel }[],
  publicUrl: string | null,
): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    const { platform } = ctx['params'] as { platform: string };
    const pages = channels.find(({ channel }) => channel.platform === platform)?.channel.pages;
    if (!pages) return refuse(ctx, 404, 'not_connected', ['没有接入', '这个平台没有接入页面，请管理员检查设置。']);
    const query = pageConfigQuery.safeParse(ctx.query);
    if (!query.success) return refuse(ctx, 400, 'bad_request', ['请求不完整', '请求里没有页面地址，请重新打开页面。']);
    const { url } = query.data;
    if (!isOwnPage(url, { publicUrl, host: ctx.host })) {
      const detail = `请从 ${publicUrl ?? ctx.host} 打开，或请管理员核对 PUBLIC_URL。`;
      return refuse(ctx, 403, 'foreign_address', ['页面的地址和服务器设置的不一致', detail]);
    }
    const parameters = await pages.configure(url);
    if (parameters === null) return refuse(ctx, 502, 'unavailable', ['平台暂时没有回应', '请稍后再试。']);
    ctx.body = { ...parameters, sdkUrl: pages.sdkUrl } satisfies PageConfigView;
  };
}
