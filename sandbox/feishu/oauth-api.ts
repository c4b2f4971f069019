/** Signing in from the platform's webview and from its web login: one-time codes, user tokens, who that is, and the ticket for page signatures. */
import { type ApiCall, text } from '../platform/http-face.ts';
import type { Core } from './core.ts';
import { ok, type Reply, type Route, refuseWith200 } from './reply.ts';
import type { Person } from './world.ts';

const CODE_LIFE_MS = 3 * 60_000;
/** Of the web login. */
const WEB_CODE_LIFE_MS = 5 * 60_000;
const TOKEN_LIFE_MS = 2 * 3600_000;

export interface SignIn {
  readonly routes: readonly Route[];
  /** What `jssdk/ticket/get` hands out. */
  readonly ticket: string;
  /** A code as `tt.requestAccess` gives it: three minutes, once. One of the web login comes back to an address: five minutes. */
  codeFor(person: Person | string, redirectUri?: string): string;
}

export function createSignIn(core: Core): SignIn {
  const { world, options, random, clock } = core;
  const codes = new Map<string, { openId: string; issuedAt: number; used: boolean; redirectUri: string | null }>();
  const userTokens = new Map<string, { openId: string; issuedAt: number }>();
  const ticket = random.hex(40);

  const fault = (code: number, error: string, error_description: string): Reply => ({
    status: 400,
    body: { code, error, error_description },
  });

  function exchange({ body }: ApiCall): Reply {
    if (body.grant_type !== 'authorization_code')
      return fault(20036, 'unsupported_grant_type', 'grant_type is not supported');
    if (body.client_id !== options.appId) return fault(20024, 'invalid_grant', 'code and client_id do not match');
    if (body.client_secret !== options.appSecret) return fault(20002, 'invalid_client', 'the client secret is invalid');
    const code = codes.get(text(body.code));
    if (!code) return fault(20003, 'invalid_grant', 'authorization code not found');
    if (code.used) return fault(20065, 'invalid_grant', 'authorization code has been used');
    if (code.redirectUri !== null && code.redirectUri !== body.redirect_uri)
      return fault(20071, 'invalid_grant', 'redirect_uri does not match the one of the authorization request');
    if (clock.now() - code.issuedAt > (code.redirectUri === null ? CODE_LIFE_MS : WEB_CODE_LIFE_MS))
      return fault(20004, 'invalid_grant', 'authorization code has expired');
    if (world.person(code.openId).departed) return fault(20066, 'invalid_grant', 'the user is resigned');
    code.used = true;
    const token = `eyJ${random.hex(600)}`;
    userTokens.set(token, { openId: code.openId, issuedAt: clock.now() });
    return {
      status: 200,
      body: { code: 0, access_token: token, expires_in: TOKEN_LIFE_MS / 1000, scope: '', token_type: 'Bearer' },
    };
  }

  function userInfo({ token }: ApiCall): Reply {
    const known = userTokens.get(token);
    if (!known || clock.now() - known.issuedAt > TOKEN_LIFE_MS) return refuseWith200(20005, 'invalid access token');
    const person = world.person(known.openId);
    return ok({
      name: person.name,
      en_name: '',
      avatar_url: '',
      open_id: person.openId,
      union_id: person.unionId,
      ...(options.showUserIds && { user_id: person.userId }),
      tenant_key: person.tenantKey,
    });
  }

  return {
    ticket,
    routes: [
      { method: 'POST', path: '/open-apis/authen/v2/oauth/token', auth: 'none', answer: exchange },
      { method: 'GET', path: '/open-apis/authen/v1/user_info', auth: 'none', answer: userInfo },
      {
        method: 'POST',
        path: '/open-apis/jssdk/ticket/get',
        auth: 'tenant',
        answer: () => ok({ ticket, expire_in: 7200 }),
      },
    ],
    codeFor(ref, redirectUri) {
      const person = world.person(ref);
      if (!person.internal) throw new Error('people of other companies cannot sign in to our app');
      const code = random.hex(32);
      codes.set(code, { openId: person.openId, issuedAt: clock.now(), used: false, redirectUri: redirectUri ?? null });
      return code;
    },
  };
}
