/** Serves the built pages below `/app/`: the document never from a cache, its assets for ever. */
import type { Context } from 'koa';
import type { Channel, ChannelPages } from '../../channel/channel.ts';
import type { Asset } from '../../pages/load.ts';
import type { Pages } from '../../pages/pages.ts';

const preparing = '页面准备中，请几秒后刷新';
const failed = '页面没有准备好，请管理员查看日志，或运行 npm run build';

/** Shown until the build is there; it asks again by itself. */
const waitingPage = (words: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2"><meta name="color-scheme" content="light dark"><title>聊单</title>
<style>body{display:grid;place-content:center;min-height:90vh;padding:0 24px;text-align:center;font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei",sans-serif}</style>
</head><body><p>${words}</p></body></html>
`;

export interface PageRoutes {
  document(ctx: Context): void;
  asset(ctx: Context): void;
}

export function pageRoutes(pages: Pages, channels: readonly { readonly channel: Channel }[]): PageRoutes {
  const policy = contentSecurityPolicy(channels.flatMap(({ channel }) => channel.pages ?? []));
  return {
    document(ctx) {
      // Assets are addressed relative to the document, which therefore has one address, without a slash at its end.
      if (/^\/app\/.+\/$/.test(ctx.path)) return ctx.redirect(`../${ctx.path.split('/').at(-2)}${ctx.search}`);
      const page = pages.current();
      if (page === null) {
        ctx.status = 503;
        ctx.type = 'html';
        ctx.set({ 'Retry-After': '2', 'Cache-Control': 'no-store' });
        ctx.body = waitingPage(pages.failed() ? failed : preparing);
        return;
      }
      // The query holds the platform's codes: no other host is to learn them.
      ctx.set({ 'Content-Security-Policy': policy, 'Referrer-Policy': 'same-origin', 'Cache-Control': 'no-cache' });
      send(ctx, /^\/app\/[^/]+\/./.test(ctx.path) ? page.deepIndex : page.index);
    },
    asset(ctx) {
      const { name } = ctx['params'] as { name: string };
      const asset = pages.current()?.assets.get(name);
      if (!asset) return;
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
      send(ctx, asset);
    },
  };
}

/**
 * No inline script, no script of strangers. Frames and connections are left open on purpose: the platforms' scripts
 * reach their client through both, at addresses that no document names.
 */
function contentSecurityPolicy(pages: readonly ChannelPages[]): string {
  const scripts = pages.map(({ sdkUrl }) => new URL(sdkUrl).origin);
  const frames = pages.flatMap(({ frameAncestors }) => frameAncestors);
  return [
    `script-src ${[...new Set(["'self'", ...scripts])].join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${[...new Set(["'self'", ...frames])].join(' ')}`,
  ].join('; ');
}

function send(ctx: Context, { type, body, gzipped }: Asset): void {
  ctx.set({ 'Content-Type': type, 'X-Content-Type-Options': 'nosniff', Vary: 'Accept-Encoding' });
  const packed = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (packed) ctx.set('Content-Encoding', 'gzip');
  ctx.body = packed ? gzipped : body;
}
