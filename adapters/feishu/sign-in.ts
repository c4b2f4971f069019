/** Turns a sign-in code into the person who holds it: of the platform's webview, or of its web login. */
import { z } from 'zod';
import type { Inbound, SignedIn, WebLogin } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import type { FeishuClient } from './client.ts';
import type { FeishuSettings } from './settings.ts';

/** Codes live minutes and work once; `returnTo` is the address that a code of the web login came back to. Never rejects. */
export type SignIn = (code: string, returnTo?: string) => Promise<SignedIn>;

const tokenReply = z.object({ access_token: z.string().min(1) });
const userReply = z.object({
  data: z.object({ open_id: z.string().min(1), tenant_key: z.string().min(1), name: z.string().default('') }),
});

/**
 * The plain v2 calls: the SDK's own exchange goes to another host and refuses custom addresses.
 * https://open.feishu.cn/document/authentication-management/access-token/get-user-access-token
 */
export function createSignIn(client: FeishuClient, settings: FeishuSettings, inbound: Inbound): SignIn {
  async function ask(code: string, returnTo?: string): Promise<SignedIn> {
    const { access_token: userToken } = tokenReply.parse(
      await client.bare((lark) =>
        lark.request<unknown>({
          method: 'POST',
          url: '/open-apis/authen/v2/oauth/token',
          data: {
            grant_type: 'authorization_code',
            client_id: settings.appId,
            client_secret: settings.appSecret,
            code,
            ...(returnTo !== undefined && { redirect_uri: returnTo }),
          },
        }),
      ),
    );
    const { data } = userReply.parse(
      await client.bare((lark, sdk) =>
        lark.request<unknown>(
          { method: 'GET', url: '/open-apis/authen/v1/user_info' },
          sdk.withUserAccessToken(userToken),
        ),
      ),
    );
    if (!(await inbound.isOurTenant(data.tenant_key))) return { ok: false, reason: 'sign_in' };
    return { ok: true, person: { id: data.open_id, tenant: data.tenant_key, internal: true }, name: data.name };
  }

  return async (code, returnTo) => {
    try {
      return await ask(code, returnTo);
    } catch (error) {
      const refused = error instanceof ApiFailure && error.isRefusal;
      return { ok: false, reason: refused ? 'sign_in' : 'unavailable' };
    }
  };
}

/** Asks for no scope: who it is, is told without one. https://open.feishu.cn/document/authentication-management/access-token/obtain-oauth-code */
export function createWebLogin(
  { accountsBase, appId }: Pick<FeishuSettings, 'accountsBase' | 'appId'>,
  signIn: SignIn,
): WebLogin {
  return {
    url(returnTo, state) {
      const query = new URLSearchParams({ client_id: appId, response_type: 'code', redirect_uri: returnTo, state });
      return `${accountsBase}/open-apis/authen/v1/authorize?${query}`;
    },
    signIn,
  };
}
