/** The login for ordinary browsers (feishu.md §10.3): only registered addresses get a code, and only that address can use it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asPerson, returnTo, showLogin, showLoginFault } from '../platform/login-page.ts';
import type { Core } from './core.ts';
import type { SignIn } from './oauth-api.ts';

const PATH = '/open-apis/authen/v1/authorize';
const PLATFORM = '飞书';

/** Answers the login page; false for a request of something else. */
export function createWebLogin(
  { options, world, journal }: Core,
  signIn: Pick<SignIn, 'codeFor'>,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  function faultOf(query: URLSearchParams): string | null {
    const target = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== options.appId) return '20002 client_id 不正确';
    if (query.get('response_type') !== 'code') return '20030 response_type 不正确';
    const known = options.redirectUrls === null ? URL.canParse(target) : options.redirectUrls.includes(target);
    return known ? null : '20029 redirect_uri 请求不合法';
  }

  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://platform');
    if (url.pathname !== `${options.basePath}${PATH}` || request.method !== 'GET') return false;
    const fault = faultOf(url.searchParams);
    const colleagues = [...world.people.values()].filter(({ internal, departed }) => internal && !departed);
    const chosen = colleagues.find(({ openId }) => openId === url.searchParams.get('as'));
    if (fault !== null) {
      journal.complain('bad_request', `web login: ${fault}`);
      showLoginFault(response, PLATFORM, fault);
    } else if (chosen) {
      const target = url.searchParams.get('redirect_uri') ?? '';
      const back = { code: signIn.codeFor(chosen, target), state: url.searchParams.get('state') ?? '' };
      response.writeHead(302, { location: returnTo(target, back) }).end();
    } else {
      showLogin(response, {
        platform: PLATFORM,
        people: colleagues.map(({ openId, name }) => ({ name, href: asPerson(url, openId) })),
      });
    }
    return true;
  };
}
