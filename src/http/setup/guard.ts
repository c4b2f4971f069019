/** Lets in whoever said the one-time code, and keeps them in by a cookie; nobody once set-up is finished. */
import type { Context, Next } from 'koa';
import type { Setup } from '../../setup/setup.ts';
import { addressOf } from '../address.ts';
import { createAttempts } from '../sessions/attempts.ts';
import { changesNothing, isFromOwnPage } from '../sessions/own-page.ts';
import { isToken } from '../sessions/token.ts';
import { refuseSetup } from './answers.ts';

export interface GuardContext {
  readonly setup: Setup;
  readonly publicUrl: string | null;
  readonly now: () => number;
}

export interface SetupGuard {
  /** Nothing answers once set-up is finished, and nothing changes for another site's page. */
  open(ctx: Context, next: Next): Promise<void>;
  inside(ctx: Context, next: Next): Promise<void>;
  enter(ctx: Context, code: string): Promise<void>;
}

const COOKIE = 'liaodan-setup';
/** All addresses together: behind a proxy that says nothing, or with one that is lied to, each looks like many. */
const EVERYBODY = '*';

export function setupGuard({ setup, publicUrl, now }: GuardContext): SetupGuard {
  const [each, all] = [createAttempts(now, 5), createAttempts(now, 60)];
  return {
    async open(ctx, next) {
      if (!(await setup.isOpen())) return refuseSetup(ctx, 'closed');
      // It is told its public address while it is looked at under another: either is its own.
      const own = changesNothing(ctx) || isFromOwnPage(ctx, publicUrl) || isFromOwnPage(ctx, null);
      if (!own) return refuseSetup(ctx, 'foreign_page');
      await next();
    },
    async inside(ctx, next) {
      const tokens = [ctx.cookies.get(COOKIE), ctx.cookies.get(`__Host-${COOKIE}`)].filter(isToken);
      for (const token of tokens) if (await setup.isInside(token)) return next();
      refuseSetup(ctx, 'enter_first');
    },
    async enter(ctx, code) {
      const address = addressOf(ctx);
      if (!each.mayTry(address) || !all.mayTry(EVERYBODY)) return refuseSetup(ctx, 'too_many');
      const entered = await setup.enter(code);
      if (!entered.ok) return refuseSetup(ctx, entered.reason);
      each.forgive(address);
      all.forgive(EVERYBODY);
      ctx.append('Set-Cookie', cookie(ctx, entered.token, publicUrl));
      ctx.status = 204;
    },
  };
}

/** Secure where browsers come by https; on the machine itself they may come by http all the same, and would not keep it. */
function cookie(ctx: Context, token: string, publicUrl: string | null): string {
  const secure = publicUrl?.startsWith('https://') === true && ctx.get('origin') !== `http://${ctx.host}`;
  const name = secure ? `__Host-${COOKIE}` : COOKIE;
  return `${name}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
