/** Figures for Prometheus, and who may read them: whoever has the token, or, where there is none, this machine alone. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { Context } from 'koa';
import { LOCAL_PROXIES, plainAddress, readProxies } from '../address.ts';

export interface MetricsPage {
  /** `Authorization: Bearer …`; null: only requests that come from this machine and through nobody. */
  readonly token: string | null;
  readonly read: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

/** What proxies add. One on this machine that adds nothing is why an address of ours on the internet takes a token. */
const PROXIED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];

/** `publicUrl`: where people reach us; null when not said. */
export function metricsHandler(
  { token, read }: MetricsPage,
  publicUrl: string | null,
): (ctx: Context) => Promise<void> {
  const inPublic = publicUrl !== null && !isLocalName(new URL(publicUrl).hostname);
  return async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    if (token === null ? inPublic || !isDirect(ctx) : !holds(ctx, token)) {
      ctx.status = token === null ? 403 : 401;
      if (token !== null) ctx.set('WWW-Authenticate', 'Bearer');
      ctx.type = 'text/plain';
      ctx.body =
        token === null
          ? '没有设置 METRICS_TOKEN 时，/metrics 只有本机直接访问、且 PUBLIC_URL 没写或是本机地址才看得到。请在 .env 里设置 METRICS_TOKEN。\n'
          : '请在 Authorization: Bearer 里带上 METRICS_TOKEN。\n';
      return;
    }
    const { contentType, body } = await read();
    ctx.set('Content-Type', contentType);
    ctx.body = body;
  };
}

const local = readProxies(LOCAL_PROXIES) ?? new BlockList();

function isLocal(address: string): boolean {
  return isIP(address) !== 0 && local.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const isLocalName = (host: string): boolean => host === 'localhost' || isLocal(host.replace(/^\[|\]$/g, ''));

const isDirect = (ctx: Context): boolean =>
  isLocal(plainAddress(ctx.req.socket.remoteAddress ?? '')) && PROXIED.every((header) => ctx.get(header) === '');

/** Of equal length by their hashes: how long the comparison takes says nothing. */
function holds(ctx: Context, token: string): boolean {
  const shown = /^Bearer (.+)$/i.exec(ctx.get('authorization'))?.[1] ?? '';
  const [a, b] = [shown, token].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
