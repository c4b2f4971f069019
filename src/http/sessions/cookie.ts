/** The cookie of a signed-in page. */
import type { Context } from 'koa';
import { isToken } from './token.ts';

const NAME = 'liaodan';

/** The token the browser sent; null when it sent none, or something that is none. */
export function readToken(ctx: Context): string | null {
  const token = ctx.cookies.get(NAME);
  return isToken(token) ? token : null;
}

/** `publicUrl` decides whether browsers reach us by https: a proxy may stand between, which `ctx.secure` does not see. */
export function setToken(ctx: Context, token: string, maxAgeMs: number, publicUrl: string | null): void {
  ctx.append('Set-Cookie', `${NAME}=${token}; Max-Age=${Math.floor(maxAgeMs / 1000)}; ${attributes(publicUrl)}`);
}

export function clearToken(ctx: Context, publicUrl: string | null): void {
  ctx.append('Set-Cookie', `${NAME}=; Max-Age=0; ${attributes(publicUrl)}`);
}

/** A page in a frame of the platform's client gets it back only with None, which wants Secure; Partitioned is what newer browsers ask for beside. */
function attributes(publicUrl: string | null): string {
  return publicUrl?.startsWith('https://')
    ? 'Path=/; HttpOnly; Secure; SameSite=None; Partitioned'
    : 'Path=/; HttpOnly; SameSite=Lax';
}
