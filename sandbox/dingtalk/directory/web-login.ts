/** The login for ordinary browsers: anybody with DingTalk may come, and their code tells who they are, not whose colleague. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asPerson, returnTo, showLogin, showLoginFault } from '../../platform/login-page.ts';
import type { Core } from '../core.ts';
import { ok, type Reply, type Route, refuse } from '../reply.ts';

/** Below the platform's base path: what login.dingtalk.com is. */
export const LOGIN_PATH = '/login';
const PAGE = '/oauth2/auth';
const PLATFORM = '钉钉';
const CODE_MS = 5 * 60_000;
const TOKEN_MS = 7200_000;

export interface WebLogin {
  readonly routes: readonly Route[];
  /** Answers the login page; false for a request of something else. */
  serveLogin(request: IncomingMessage, response: ServerResponse): boolean;
}

/** https://open.dingtalk.com/document/orgapp/obtain-identity-credentials; the words of refused codes are our reading. */
export function createWebLogin({ options, world, random, clock, journal }: Core): WebLogin {
  const codes = new Map<string, { userId: string; at: number }>();
  const tokens = new Map<string, { userId: string; at: number }>();

  function faultOf(query: URLSearchParams): string | null {
    const target = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== options.clientId) return 'client_id 不正确';
    if (query.get('response_type') !== 'code') return 'response_type 不正确';
    if (!(query.get('scope') ?? '').split(' ').includes('openid')) return 'scope 里没有 openid';
    if (query.get('prompt') !== 'consent') return 'prompt 不正确';
    const known = options.redirectUrls === null ? URL.canParse(target) : options.redirectUrls.includes(target);
    return known ? null : '回调地址没有在应用的“安全设置 → 重定向 URL”里登记';
  }

  function exchange({ body }: ApiCall): Reply {
    if (body.clientId !== options.clientId || body.clientSecret !== options.clientSecret) {
      journal.complain('wrong_secret', 'oauth2/userAccessToken');
      return refuse('invalidClientIdOrSecret', '无效的clientId或者clientSecret');
    }
    if (body.grantType !== 'authorization_code') return refuse('param.error', 'grantType');
    const code = codes.get(text(body.code));
    codes.delete(text(body.code));
    if (!code || clock.now() - code.at > CODE_MS) return refuse('invalidAuthCode', '不合法的临时授权码');
    const accessToken = random.hex(32);
    tokens.set(accessToken, { userId: code.userId, at: clock.now() });
    return ok({ accessToken, refreshToken: random.hex(32), expireIn: TOKEN_MS / 1000 });
  }

  function me({ token }: ApiCall): Reply {
    const known = tokens.get(token);
    const person = known && world.people.get(known.userId);
    if (!person || clock.now() - known.at > TOKEN_MS) return refuse('InvalidAuthentication', '不合法的access_token');
    return ok({ nick: person.name, unionId: person.unionId, openId: `${person.unionId}-open`, stateCode: '86' });
  }

  return {
    routes: [
      { method: 'POST', path: '/api/v1.0/oauth2/userAccessToken', auth: 'none', answer: exchange },
      { method: 'GET', path: '/api/v1.0/contact/users/me', auth: 'none', scope: 'Contact.User.Read', answer: me },
    ],
    serveLogin(request, response) {
      const url = new URL(request.url ?? '/', 'http://platform');
      if (url.pathname !== `${options.basePath}${LOGIN_PATH}${PAGE}` || request.method !== 'GET') return false;
      const fault = faultOf(url.searchParams);
      const people = [...world.people.values()].filter(({ departed }) => !departed);
      const chosen = people.find(({ userId }) => userId === url.searchParams.get('as'));
      if (fault !== null) {
        journal.complain('bad_request', `web login: ${fault}`);
        showLoginFault(response, PLATFORM, fault);
      } else if (chosen) {
        const code = random.hex(32);
        codes.set(code, { userId: chosen.userId, at: clock.now() });
        const back = { authCode: code, state: url.searchParams.get('state') ?? '' };
        const target = url.searchParams.get('redirect_uri') ?? '';
        response.writeHead(302, { location: returnTo(target, back) }).end();
      } else {
        showLogin(response, {
          platform: PLATFORM,
          people: people.map(({ userId, name }) => ({ name, href: asPerson(url, userId) })),
        });
      }
      return true;
    },
  };
}
