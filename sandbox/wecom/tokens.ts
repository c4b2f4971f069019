/** Access tokens: two hours, one per secret, refused in the platform's many ways. */
import type { Random } from '../platform/random.ts';
import { createTokenBook } from '../platform/token-book.ts';
import type { Journal } from './complaints.ts';
import type { ResolvedOptions } from './options.ts';
import { ok, type Reply, type Route, refuse, type TokenKind } from './reply.ts';

const LIFE_MS = 7200_000;

export interface Tokens {
  readonly routes: readonly Route[];
  /** Null when the token may call. */
  check(token: string, allowed: readonly TokenKind[], what: string): Reply | null;
  /** Kills every token before its time, as the platform may do; the next request gets a new one. */
  revokeAll(): void;
}

/** Codes: wecom.md §3.12. An expired token is 42001, a revoked or unknown one 40014. */
export function createTokens(setup: {
  options: ResolvedOptions;
  random: Random;
  journal: Journal;
  now: () => number;
}): Tokens {
  const { options, random, journal, now } = setup;
  const book = createTokenBook({ now, lifeMs: LIFE_MS, reuseMs: 0, newToken: () => random.hex(200) });
  const secrets = new Map<string, TokenKind>([[options.secret, 'app']]);
  if (options.contactSecret !== null) secrets.set(options.contactSecret, 'contact');
  if (options.archive) secrets.set(options.archive.secret, 'archive');

  const answer: Route['answer'] = ({ query }) => {
    if (!query.corpid) return refuse(41002, 'corpid missing');
    if (!query.corpsecret) return refuse(41004, 'corpsecret missing');
    const kind = secrets.get(query.corpsecret);
    if (query.corpid !== options.corpId) return refuse(40013, 'invalid corpid');
    if (!kind) {
      journal.complain('wrong_secret', 'GET /cgi-bin/gettoken');
      return refuse(40001, 'invalid credential');
    }
    const { token, leftMs } = book.issue(kind);
    return ok({ access_token: token, expires_in: Math.floor(leftMs / 1000) });
  };

  return {
    routes: [{ method: 'GET', path: '/cgi-bin/gettoken', tokens: 'none', answer }],
    check(token, allowed, what) {
      if (token === '') {
        journal.complain('missing_token', what);
        return refuse(41001, 'access_token missing');
      }
      const known = book.look(token);
      if (known.state === 'unknown') {
        journal.complain('unknown_token', what);
        return refuse(40014, 'invalid access_token');
      }
      if (known.state !== 'alive') {
        if (!known.excusable) journal.complain('expired_token', what);
        return known.state === 'expired'
          ? refuse(42001, 'access_token expired')
          : refuse(40014, 'invalid access_token');
      }
      if (allowed.includes(known.owner as TokenKind)) return null;
      journal.complain('wrong_token_kind', `${what} with the token of ${known.owner}`);
      return refuse(48002, 'api forbidden for wrong access_token or no permission');
    },
    revokeAll: book.revokeAll,
  };
}
