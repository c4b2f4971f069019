/** Tenant access tokens: two hours, handed out again while half an hour is left, and complaints about their misuse. */
import type { Random } from '../platform/random.ts';
import { createTokenBook } from '../platform/token-book.ts';
import type { Journal } from './complaints.ts';
import type { ResolvedOptions } from './options.ts';
import { okFlat, type Reply, type Route, refuse, refuseWith200 } from './reply.ts';

const LIFE_MS = 2 * 3600_000;
const REUSE_MS = 30 * 60_000;

export interface Tokens {
  readonly routes: readonly Route[];
  /** Null when the token may pass. */
  check(token: string, what: string): Reply | null;
  /** Kills every token at once, as an administrator's reset does; the next request gets a new one. */
  revokeAll(): void;
}

export function createTokens(setup: {
  options: ResolvedOptions;
  random: Random;
  journal: Journal;
  now: () => number;
}): Tokens {
  const { options, random, journal, now } = setup;
  const newToken = () => `t-g${random.hex(32)}`;
  const book = createTokenBook({ now, lifeMs: LIFE_MS, reuseMs: REUSE_MS, newToken });

  function issue(): Reply {
    const { token, leftMs } = book.issue('tenant');
    return okFlat({ tenant_access_token: token, app_access_token: token, expire: Math.floor(leftMs / 1000) });
  }

  const dead = (): Reply =>
    refuse(99991663, 'Invalid access token for authorization. Please make a request with token attached.');

  const answer: Route['answer'] = ({ body }) => {
    const { app_id: appId, app_secret: appSecret } = body;
    if (typeof appId !== 'string' || typeof appSecret !== 'string' || !/^cli_\w+$/.test(appId)) {
      return refuseWith200(10003, 'invalid param', { data: {} });
    }
    if (appId !== options.appId) return refuseWith200(10014, 'app id not exists');
    if (appSecret !== options.appSecret) return refuseWith200(10014, 'app secret invalid');
    return issue();
  };

  return {
    routes: ['tenant_access_token', 'app_access_token'].map((name) => ({
      method: 'POST',
      path: `/open-apis/auth/v3/${name}/internal`,
      auth: 'none',
      answer,
    })),
    check(token, what) {
      if (token === '') {
        journal.complain('missing_token', what);
        return refuse(99991661, 'Missing access token for authorization. Please make a request with token attached.');
      }
      const known = book.look(token);
      if (known.state === 'alive') return null;
      if (known.state === 'unknown') journal.complain('unknown_token', what);
      else if (!known.excusable) journal.complain('expired_token', what);
      return dead();
    },
    revokeAll: book.revokeAll,
  };
}
