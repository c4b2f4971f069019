/** Signing in from an ordinary browser: the platform's own page, its code, whom that means, and who that is in our company. */
import type { Inbound, SignedIn, WebLogin } from '../../src/channel/channel.ts';
import type { Agents } from './agents.ts';
import { ApiFailure } from './api-failure.ts';
import type { DingtalkClient } from './client.ts';
import { type Ask, request } from './http.ts';
import { field, type JsonRecord, recordField, textField } from './json.ts';
import type { DingtalkSettings } from './settings.ts';

export interface WebLoginParts {
  readonly settings: Pick<DingtalkSettings, 'clientId' | 'clientSecret' | 'corpId' | 'apiBase' | 'loginBase'>;
  readonly agents: Agents;
  readonly client: Pick<DingtalkClient, 'oapi'>;
  readonly inbound: Pick<Inbound, 'isOurTenant'>;
}

/** Not, or no longer, of our company (dingtalk.md §5.2). */
const strangers = ['60121', '33012'];
/** `contact_type` of `getbyunionid`: 1 is an outside contact. */
const outsider = 1;

/**
 * https://open.dingtalk.com/document/orgapp/obtain-identity-credentials — the page brings the code back as `authCode`.
 * `openid` is the smallest scope: the code tells a unionId and a name, and which company the person chose is of no
 * interest, because only a unionId of our own address book gets any further.
 */
export function createWebLogin(parts: WebLoginParts): WebLogin {
  const { clientId, clientSecret, corpId, apiBase, loginBase } = parts.settings;

  async function ask(call: Omit<Ask, 'url'>, path: string): Promise<JsonRecord> {
    const { status, body } = await request(parts.agents, { ...call, url: new URL(apiBase + path) });
    const failure = ApiFailure.of(status, body);
    if (failure !== null) throw failure;
    return body ?? {};
  }

  /** The unionId behind a code. The token is the person's own: it is used once and forgotten. */
  async function personOf(code: string): Promise<{ readonly unionId: string; readonly name: string } | null> {
    const grant = { clientId, clientSecret, code, grantType: 'authorization_code' };
    const { accessToken } = await ask({ method: 'POST', body: grant }, '/v1.0/oauth2/userAccessToken');
    if (typeof accessToken !== 'string') return null;
    const headers = { 'x-acs-dingtalk-access-token': accessToken };
    const me = await ask({ method: 'GET', headers, body: {} }, '/v1.0/contact/users/me');
    const unionId = textField(me, 'unionId');
    return unionId === null ? null : { unionId, name: textField(me, 'nick') ?? '' };
  }

  async function signIn(code: string): Promise<SignedIn> {
    const person = await personOf(code);
    if (person === null) return { ok: false, reason: 'unavailable' };
    const reply = await parts.client.oapi('/topapi/user/getbyunionid', { unionid: person.unionId });
    const result = recordField(reply, 'result');
    const userId = result && textField(result, 'userid');
    if (result === null || userId === null || field(result, 'contact_type') === outsider)
      return { ok: false, reason: 'sign_in' };
    if (!(await parts.inbound.isOurTenant(corpId))) return { ok: false, reason: 'sign_in' };
    return { ok: true, person: { id: userId, tenant: corpId, internal: true }, name: person.name };
  }

  return {
    url(returnTo, state) {
      const query = new URLSearchParams({
        redirect_uri: returnTo,
        response_type: 'code',
        client_id: clientId,
        scope: 'openid',
        state,
        prompt: 'consent',
      });
      return `${loginBase}/oauth2/auth?${query}`;
    },
    async signIn(code) {
      try {
        return await signIn(code);
      } catch (error) {
        return { ok: false, reason: isRefusal(error) ? 'sign_in' : 'unavailable' };
      }
    },
  };
}

/** A code unknown, used or expired is refused with 400; the words for it are written nowhere. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof ApiFailure)) return false;
  return error.is(...strangers) || (error.kind === 'refused' && error.status === 400);
}
