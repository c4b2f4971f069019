/** Where a request comes from: the caller's own address, or the one that a proxy we trust says it saw. */
import { BlockList, isIP } from 'node:net';
import type { Context, Next } from 'koa';

/** A proxy on the same machine. */
export const LOCAL_PROXIES: readonly string[] = ['127.0.0.0/8', '::1'];

/** `proxies`: addresses and networks such as `10.0.0.0/8`. Null when one of them is none. */
export function readProxies(proxies: readonly string[]): BlockList | null {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits, ...more] = proxy.split('/');
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    if (version === 0 || more.length > 0) return null;
    if (bits === undefined) list.addAddress(address, version === 6 ? 'ipv6' : 'ipv4');
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
      list.addSubnet(address, Number(bits), version === 6 ? 'ipv6' : 'ipv4');
    else return null;
  }
  return list;
}

/** Sets `ctx.state['address']`. Of what several proxies added, the last one is the word of the nearest. */
export function findAddress(proxies: BlockList): (ctx: Context, next: Next) => Promise<void> {
  return (ctx, next) => {
    const own = plainAddress(ctx.req.socket.remoteAddress ?? '');
    const seen = plainAddress(ctx.get('x-forwarded-for').split(',').at(-1)?.trim() ?? '');
    const trusted = isIP(own) !== 0 && proxies.check(own, isIP(own) === 6 ? 'ipv6' : 'ipv4');
    ctx.state['address'] = trusted && isIP(seen) !== 0 ? seen : own;
    return next();
  };
}

export const addressOf = (ctx: Context): string => ctx.state['address'] as string;

/** IPv4 as sockets of both kinds write it. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
