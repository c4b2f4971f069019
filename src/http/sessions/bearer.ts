/** Programs show a token with every request, `Authorization: Bearer …`; no browser sends one by itself. */
import type { Context } from 'koa';
import { programOf, usedLongAgo } from '../../crm/staff/service-token.ts';
import type { Tx } from '../../crm/tx.ts';
import type { Actor } from './actor.ts';
import { isToken, newToken, sessionId } from './token.ts';

/** Scanners that look for secrets in files know it by this. */
const PREFIX = 'ldt_';

export interface BearerContext {
  readonly tenantId: string;
  readonly look: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** A new token, and the hash under which it is kept. */
export function newServiceToken(): { readonly token: string; readonly hash: string } {
  const secret = newToken();
  return { token: `${PREFIX}${secret}`, hash: sessionId(secret) };
}

/** Whether the request comes with a token at all, good or not: then no cookie of it counts. */
export const hasBearer = (ctx: Context): boolean => /^bearer\b/i.test(ctx.get('authorization'));

/** Null for a token that is unknown, revoked or past its time. */
export async function readBearer(ctx: Context, { tenantId, look, transact }: BearerContext): Promise<Actor | null> {
  const secret = /^Bearer ldt_([\w-]+)$/i.exec(ctx.get('authorization'))?.[1];
  if (!isToken(secret)) return null;
  const [program, stale] = await look(async (tx) => {
    const found = await programOf(tx, sessionId(secret));
    return [found, found !== null && usedLongAgo(found, tx.now)] as const;
  });
  if (!program) return null;
  if (stale) await transact((tx) => tx.serviceToken.update({ id: program.id }, { lastUsedAt: tx.now }));
  // It is on no platform: what it moves is told where people read their cards.
  return { tenantId, staffId: program.id, accountId: '' };
}
