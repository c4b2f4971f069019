/** Lets only signed-in, active colleagues through, and says who asks: `ctx.state['actor']`. */
import type { Context, Next } from 'koa';
import type { PageSession, PageSessions } from '../../work/store.ts';
import type { Actor } from './actor.ts';
import { type BearerContext, hasBearer, readBearer } from './bearer.ts';
import { readToken, setToken } from './cookie.ts';
import { changesNothing, isFromOwnPage } from './own-page.ts';
import { foreignPage, refuse, type Words } from './refuse.ts';
import { newToken, sessionId } from './token.ts';

export interface SessionContext {
  readonly sessions: PageSessions;
  readonly tenantId: string;
  /** Where people reach us; null when not said. */
  readonly publicUrl: string | null;
  /** Current instant, ms. */
  readonly now: () => number;
}

/** A token that nobody used for so long is over. */
export const IDLE_MS = 8 * 3_600_000;
/** Every use after this long brings a new token: a stolen one is of little use. */
const ROTATE_MS = 30 * 60_000;
/** Requests that were under way with the old token still get through. */
const GRACE_MS = 60_000;
/** However much it is used, a session ends so long after signing in. */
const LONGEST_MS = 7 * 24 * 3_600_000;

const badToken: Words = [
  '令牌无效',
  '令牌写错了、已过期或已停用。请管理员在服务器上运行 npm run crm -- token list 查看。',
];

/**
 * Sets `ctx.state['actor']`. Answers 401 without a session, also when the colleague has left meanwhile, and 403 to a
 * request that changes something and does not come from a page of ours; both as `application/problem+json`.
 */
export function requireStaff(
  context: SessionContext & { readonly programs: BearerContext },
): (ctx: Context, next: Next) => Promise<void> {
  return async (ctx, next) => {
    if (hasBearer(ctx)) {
      const program = await readBearer(ctx, context.programs);
      if (program === null) return refuse(ctx, 401, 'sign_in', badToken);
      ctx.state['actor'] = program;
      return next();
    }
    const actor = await readActor(ctx, context);
    if (actor === null)
      return refuse(ctx, 401, 'sign_in', ['需要登录', '你还没有登录，或登录已过期，请重新打开页面。']);
    if (!changesNothing(ctx) && !isFromOwnPage(ctx, context.publicUrl)) {
      return refuse(ctx, 403, 'forbidden', foreignPage);
    }
    ctx.state['actor'] = actor;
    await next();
  };
}

/** Who asks, null for nobody; gives the browser a new token when the time has come. */
export async function readActor(ctx: Context, context: SessionContext): Promise<Actor | null> {
  const { sessions, tenantId, now } = context;
  const token = readToken(ctx);
  const found = token && (await sessions.find(tenantId, sessionId(token), now()));
  // The cookie stays: by now the browser may hold a newer one, which this answer must not take away.
  if (!found) return null;
  const { staffId, accountId } = found.session;
  if (!found.staffActive) {
    await sessions.removeAllOf(tenantId, staffId);
    return null;
  }
  await renew(ctx, context, found.session);
  return { tenantId, staffId, accountId };
}

async function renew(ctx: Context, { sessions, publicUrl, now }: SessionContext, old: PageSession): Promise<void> {
  const at = now();
  // Cut short: by its successor, or because its week is over.
  const replaced = old.expiresAt < old.createdAt + IDLE_MS;
  if (replaced || at < old.createdAt + ROTATE_MS) return;
  const token = newToken();
  const next = {
    ...old,
    id: sessionId(token),
    createdAt: at,
    expiresAt: Math.min(at + IDLE_MS, old.signedInAt + LONGEST_MS),
  };
  // Of several requests at once, one brings the new token.
  if (await sessions.rotate(old, next, at + GRACE_MS)) setToken(ctx, token, IDLE_MS, publicUrl);
}
