/** Signing in from the client's webview, and the tickets that sign pages (wecom.md §3.10, §4.4). */
import { type ApiCall, text } from '../../platform/http-face.ts';
import type { Core } from '../core.ts';
import { ok, type Reply, type Route, refuse } from '../reply.ts';
import { idOf, type PersonRef } from '../world.ts';

const CODE_MS = 5 * 60_000;

export interface SignIn {
  readonly routes: readonly Route[];
  /** A code as the redirect brings it: five minutes, once. An outsider's code leads to an openid. */
  signInCode(person: PersonRef): string;
  /** What `get_jsapi_ticket` and `ticket/get` hand out. */
  readonly tickets: { readonly corp: string; readonly agent: string };
}

export function createSignIn({ world, random, clock }: Core): SignIn {
  const codes = new Map<string, { id: string; at: number; used: boolean }>();
  const tickets = { corp: random.hex(80), agent: random.hex(80) };

  function userInfo({ query }: ApiCall): Reply {
    const code = codes.get(text(query.code));
    if (!code) return refuse(40029, 'invalid code');
    if (code.used) return refuse(42022, 'code was used');
    if (clock.now() - code.at > CODE_MS) return refuse(42003, 'code expired');
    code.used = true;
    if (world.members.has(code.id)) return ok({ userid: code.id });
    return ok({ openid: `o${random.hex(27)}`, external_userid: code.id });
  }

  const ticket = (value: string): Reply => ok({ ticket: value, expires_in: 7200 });
  const route = (path: string, answer: Route['answer']): Route => ({
    method: 'GET',
    path: `/cgi-bin/${path}`,
    tokens: ['app'],
    answer,
  });
  return {
    tickets,
    signInCode(person) {
      const code = random.bytes(32).toString('base64url');
      codes.set(code, { id: idOf(world.person(person)), at: clock.now(), used: false });
      return code;
    },
    routes: [
      route('auth/getuserinfo', userInfo),
      route('get_jsapi_ticket', ({ query }) =>
        query.type === undefined ? ticket(tickets.corp) : refuse(91040, 'wrong ticket type'),
      ),
      route('ticket/get', ({ query }) =>
        query.type === 'agent_config' ? ticket(tickets.agent) : refuse(91040, 'wrong ticket type'),
      ),
    ],
  };
}
