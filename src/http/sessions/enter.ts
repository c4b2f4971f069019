/** `/app/enter/<platform>`: signing in by sending the browser away and back, from a client that knows no other way or from an ordinary browser. */
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type { Channel } from '../../channel/channel.ts';
import type { SignInRefusal } from '../contract/session.ts';
import { refuse } from './refuse.ts';

export interface EnterContext {
  readonly channels: readonly { readonly channel: Channel }[];
  readonly publicUrl: string | null;
  /** Current instant, ms. */
  readonly now: () => number;
  /**
   * Signs in with the code and sets the cookie; the word says why not. `webReturn`: the code is of the platform's web
   * login and came back to this address; null: it is of the platform's client.
   */
  enter(ctx: Context, platform: string, code: string, webReturn: string | null): Promise<SignInRefusal | null>;
}

/** A platform answers at once; a person who has to find the telephone and scan takes a little longer. */
const LIFE_MS = 600_000;
/** `?via=web` asks for the platform's login for ordinary browsers. */
const WEB = 'web';

/**
 * Without a code the browser goes to the platform, with a state that only its own cookie knows; with a code and that
 * state it is signed in and goes to `to`. A code in an address that somebody else made does nothing: that is how one
 * would be signed in as another. The cookie needs no signature: it says nothing that is believed, `to` is checked again
 * and the state must be the one the platform brought back, within ten minutes, once, for the same platform and the same
 * way of signing in. The page is told the outcome as `entered`, so that it does not try for ever where a browser keeps
 * no cookies.
 */
export function enterHandler({ channels, publicUrl, now, enter }: EnterContext): (ctx: Context) => Promise<void> {
  const secure = publicUrl?.startsWith('https://') === true;
  // The prefix makes browsers refuse one that another host of the domain has set.
  const cookie = `${secure ? '__Host-' : ''}liaodan-enter`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

  return async (ctx) => {
    ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    const { platform } = ctx['params'] as { platform: string };
    const channel = channels.find((one) => one.channel.platform === platform)?.channel;
    const base = publicUrl ?? `${ctx.protocol}://${ctx.host}`;
    const here = `${base}/app/enter/${platform}`;
    const query = new URLSearchParams(ctx.querystring);
    const state = query.get('state');
    if (state === null) {
      const web = query.get('via') === WEB;
      const signInUrl = web ? channel?.webLogin?.url : channel?.pages?.signInUrl;
      if (!signInUrl)
        return refuse(ctx, 404, 'not_connected', ['没有接入', '这个平台没有接入聊单，或不是这样登录的。']);
      const to = ownPath(query.get('to'));
      if (to === null) return refuse(ctx, 400, 'bad_request', ['网址不完整', '请从聊天里重新打开聊单。']);
      const fresh = randomBytes(16).toString('hex');
      const kept = [fresh, platform, web ? WEB : 'client', now() + LIFE_MS, encodeURIComponent(to)].join(':');
      ctx.append('Set-Cookie', `${cookie}=${kept}; Max-Age=${LIFE_MS / 1000}; ${attributes}`);
      return ctx.redirect(signInUrl(here, fresh));
    }
    const [expected = '', from, way, until, said = ''] = (ctx.cookies.get(cookie) ?? '').split(':', 5);
    ctx.append('Set-Cookie', `${cookie}=; Max-Age=0; ${attributes}`);
    const to = ownPath(decoded(said));
    const ours = expected !== '' && state === expected && from === platform && now() < Number(until);
    if (to === null || !ours) return ctx.redirect(back('/app/', 'sign_in'));
    // DingTalk's page calls it otherwise.
    const code = query.get('code') ?? query.get('authCode');
    const webReturn = way === WEB ? here : null;
    const refusal = code ? await enter(ctx, platform, code.slice(0, 4096), webReturn) : 'sign_in';
    return ctx.redirect(back(to, refusal ?? 'ok'));

    function back(path: string, outcome: SignInRefusal | 'ok'): string {
      const url = new URL(`${base}${path}`);
      url.searchParams.set('entered', outcome);
      return url.href;
    }
  };
}

/** The path and query of a page of ours as it stands behind PUBLIC_URL; null for anything that leads elsewhere, `//` and `\` included. */
export function ownPath(to: string | null): string | null {
  if (to === null || to.length > 1500 || !to.startsWith('/app/') || /[\\\s]/.test(to)) return null;
  const url = new URL(to, 'http://own');
  const inside = url.host === 'own' && url.pathname.startsWith('/app/') && !url.pathname.startsWith('/app/enter/');
  return inside ? `${url.pathname}${url.search}` : null;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
