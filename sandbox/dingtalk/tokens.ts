/** Access tokens of both API families: two hours, the same one while it lives, refused in each family's own words. */
import type { Random } from '../platform/random.ts';
import { createTokenBook } from '../platform/token-book.ts';
import type { Journal } from './complaints.ts';
import type { ResolvedOptions } from './options.ts';
import { ok, okOld, type Reply, type Route, refuse, refuseOld, refuseSub } from './reply.ts';

const LIFE_MS = 7200_000;

export interface Tokens {
  readonly routes: readonly Route[];
  /** Null when the token may pass. */
  check(token: string, family: 'api' | 'oapi', what: string): Reply | null;
  /** Kills every token at once; the next request gets a new one. */
  revokeAll(): void;
}

export function createTokens(setup: {
  options: ResolvedOptions;
  random: Random;
  journal: Journal;
  now: () => number;
}): Tokens {
  const { options, random, journal, now } = setup;
  const book = createTokenBook({ now, lifeMs: LIFE_MS, reuseMs: 0, newToken: () => random.hex(32) });

  function issue(key: unknown, secret: unknown, what: string): { token: string; seconds: number } | null {
    if (key !== options.clientId || secret !== options.clientSecret) {
      journal.complain('wrong_secret', what);
      return null;
    }
    const { token, leftMs } = book.issue('app');
    return { token, seconds: Math.floor(leftMs / 1000) };
  }

  const current: Route['answer'] = ({ body }) => {
    const made = issue(body.appKey, body.appSecret, 'oauth2/accessToken');
    if (!made) return refuse('invalidClientIdOrSecret', '无效的clientId或者clientSecret');
    return ok({ accessToken: made.token, expireIn: made.seconds });
  };

  const old: Route['answer'] = ({ query }) => {
    if (!query.appkey) return refuseOld(40035, '缺少参数 corpid or appkey');
    const made = issue(query.appkey, query.appsecret, 'gettoken');
    if (!made) return refuseOld(40096, '不合法的appKey或appSecret');
    return okOld({ access_token: made.token, expires_in: made.seconds });
  };

  /** Of the client-credentials kind, for one company: 获取应用的访问凭证. Another company's id gets none (its code is our reading). */
  const ofCompany: Route['answer'] = ({ params, body }) => {
    if (params.corpId !== options.corpId) return refuse('invalidCorpId', '应用不属于该组织');
    const made = issue(body.client_id, body.client_secret, 'oauth2/{corpId}/token');
    if (!made) return refuse('invalidClientIdOrSecret', '无效的clientId或者clientSecret');
    return ok({ access_token: made.token, expires_in: made.seconds });
  };

  return {
    routes: [
      { method: 'POST', path: '/api/v1.0/oauth2/:corpId/token', auth: 'none', answer: ofCompany },
      { method: 'POST', path: '/api/v1.0/oauth2/accessToken', auth: 'none', answer: current },
      { method: 'GET', path: '/oapi/gettoken', auth: 'none', answer: old },
    ],
    check(token, family, what) {
      if (token === '') {
        journal.complain('missing_token', what);
        if (family === 'oapi') return refuseSub(40000, 'access_token不能为空');
        return refuse('AuthenticationFailed.MissingParameter', '缺少参数：x-acs-dingtalk-access-token');
      }
      const known = book.look(token);
      if (known.state === 'alive') return null;
      if (known.state === 'unknown') journal.complain('unknown_token', what);
      else if (!known.excusable) journal.complain('expired_token', what);
      if (family === 'oapi') return refuseSub(40014, '不合法的access_token');
      return refuse('InvalidAuthentication', '不合法的access_token');
    },
    revokeAll: book.revokeAll,
  };
}
