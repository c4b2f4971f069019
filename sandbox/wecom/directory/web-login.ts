/** The login for ordinary browsers (wecom.md §3.10): the trusted host is checked, and a code comes back as in the client. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asPerson, returnTo, showLogin, showLoginFault } from '../../platform/login-page.ts';
import type { Core } from '../core.ts';
import type { SignIn } from './sign-in-api.ts';

const PATH = '/wwlogin/sso/login';
const PLATFORM = '企业微信';

/** Answers the login page; false for a request of something else. */
export function createWebLogin(
  { options, world, journal }: Core,
  signIn: Pick<SignIn, 'signInCode'>,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { basePath, corpId, agentId, trustedHost } = options;

  function faultOf(query: URLSearchParams): string | null {
    const target = query.get('redirect_uri') ?? '';
    if (query.get('login_type') !== 'CorpApp') return 'login_type 参数错误';
    if (query.get('appid') !== corpId || query.get('agentid') !== String(agentId)) return 'appid 或 agentid 参数错误';
    if (!URL.canParse(target)) return 'redirect_uri 参数错误';
    const { host, protocol } = new URL(target);
    if (!/^https?:$/.test(protocol)) return 'redirect_uri 参数错误';
    return trustedHost === null || host === trustedHost ? null : 'redirect_uri 与配置的授权完成回调域名不一致';
  }

  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://platform');
    if (url.pathname !== `${basePath}${PATH}` || request.method !== 'GET') return false;
    const fault = faultOf(url.searchParams);
    const chosen = world.members.get(url.searchParams.get('as') ?? '');
    if (fault !== null) {
      journal.complain('bad_request', `web login: ${fault}`);
      showLoginFault(response, PLATFORM, fault);
    } else if (chosen) {
      const back = { code: signIn.signInCode(chosen), state: url.searchParams.get('state') ?? '', appid: corpId };
      const target = url.searchParams.get('redirect_uri') ?? '';
      response.writeHead(302, { location: returnTo(target, back) }).end();
    } else {
      const people = [...world.members.values()].filter(({ disabled }) => !disabled);
      showLogin(response, {
        platform: PLATFORM,
        people: people.map(({ userid, name }) => ({ name, href: asPerson(url, userid) })),
      });
    }
    return true;
  };
}
