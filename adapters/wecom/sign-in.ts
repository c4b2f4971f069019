/** Turns a sign-in code that a redirect of the platform brought into the colleague who holds it; the two places where such codes begin. */
import type { Inbound, SignedIn, WebLogin } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { textField } from './json.ts';
import { member } from './people.ts';

/** Codes live five minutes and work once. Never rejects. */
export type SignIn = (code: string) => Promise<SignedIn>;

/** Invalid, expired or used (42022); the person is not in the app's visible range (50002, 60021). */
const refused = [40029, 42003, 42022, 50002, 60021];

/**
 * For a person of the company the platform answers `userid`, for anybody else `openid`. It tells no name.
 * https://developer.work.weixin.qq.com/document/path/91023
 */
export function createSignIn(
  client: Pick<WecomClient, 'get'>,
  corpId: string,
  inbound: Pick<Inbound, 'isOurTenant'>,
): SignIn {
  return async (code) => {
    try {
      const reply = await client.get('auth/getuserinfo', { code });
      // A colleague of a linked company comes as `corpid/userid`.
      const userId = textField(reply, 'userid') ?? '';
      if (!/^[\w.@-]{1,64}$/.test(userId)) return { ok: false, reason: 'sign_in' };
      if (!(await inbound.isOurTenant(corpId))) return { ok: false, reason: 'sign_in' };
      return { ok: true, person: member(userId, corpId), name: '' };
    } catch (error) {
      const isRefusal = error instanceof ApiFailure && error.is(...refused);
      return { ok: false, reason: isRefusal ? 'sign_in' : 'unavailable' };
    }
  };
}

/** Silent: `snsapi_base` asks the person nothing. https://developer.work.weixin.qq.com/document/path/91022 */
export function signInUrl(
  { oauthBase, corpId, agentId }: { readonly oauthBase: string; readonly corpId: string; readonly agentId: number },
  returnTo: string,
  state: string,
): string {
  // In the order of the document, which the client has been strict about.
  const query = new URLSearchParams({
    appid: corpId,
    redirect_uri: returnTo,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: String(agentId),
  });
  return `${oauthBase}/connect/oauth2/authorize?${query}#wechat_redirect`;
}

/**
 * By a scan, or by the client on the same computer. Its codes are exchanged like those of the client's webview.
 * https://developer.work.weixin.qq.com/document/path/98152
 */
export function createWebLogin(
  { loginBase, corpId, agentId }: { readonly loginBase: string; readonly corpId: string; readonly agentId: number },
  signIn: SignIn,
): WebLogin {
  return {
    url(returnTo, state) {
      const query = new URLSearchParams({
        login_type: 'CorpApp',
        appid: corpId,
        agentid: String(agentId),
        redirect_uri: returnTo,
        state,
      });
      return `${loginBase}/wwlogin/sso/login?${query}`;
    },
    signIn: (code) => signIn(code),
  };
}
