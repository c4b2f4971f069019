/** The server API's routes behind their HTTP face: caller's address, token and rate first, then the route's answer. */
import { type ApiCall, createHttpFace, createRouteTable, type RequestHandler } from '../platform/http-face.ts';
import { createQuota } from '../platform/quota.ts';
import type { Core } from './core.ts';
import { type Reply, type Route, refuse } from './reply.ts';

const SECRETS = new Set(['access_token', 'corpsecret', 'key']);

export function createRouter(core: Core, routes: readonly Route[]): RequestHandler {
  const { journal, clock, misbehaviour, options, grants } = core;
  const perMinute = createQuota(options.apiPerMinute, 60_000, clock.now);
  const match = createRouteTable(routes);

  function carryOut(call: ApiCall): Reply {
    const what = `${call.method} ${call.path}`;
    const found = match(call.method, call.path);
    if (!found) {
      journal.complain('unknown_path', what);
      return refuse(40015, 'invalid request path');
    }
    const { route, params } = found;
    if (!perMinute.take(route.path)) {
      journal.complain('over_api_rate', what);
      return refuse(45009, 'api freq out of limit');
    }
    if (route.tokens === 'none') return route.answer({ ...call, params });
    const rejected = core.tokens.check(call.query.access_token ?? '', route.tokens, what) ?? checkCaller(call.remote);
    return rejected ?? route.answer({ ...call, params });
  }

  function checkCaller(remote: string): Reply | null {
    const ip = remote.replace(/^::ffff:/, '');
    if (!grants.active) return refuse(48006, 'api forbidden for inactive agent');
    if (grants.trustedIps.length === 0 || grants.trustedIps.includes(ip)) return null;
    return refuse(60020, `not allow to access from your ip, hint: [1], from ip: ${ip}`);
  }

  return createHttpFace<Reply>({
    basePath: options.basePath,
    journal,
    now: clock.now,
    takeEffect: misbehaviour.takeApiEffect,
    carryOut,
    codeOf: (reply) => (Buffer.isBuffer(reply.body) ? 0 : reply.body.errcode),
    badJson(call) {
      journal.complain('bad_request', `${call.method} ${call.path}: the body is not a JSON object`);
      return refuse(47001, 'data format error. Warning: wrong json format');
    },
    troubled: (effect) =>
      effect.kind === 'rate_limit'
        ? refuse(45009, 'api freq out of limit')
        : refuse(effect.code, effect.msg ?? 'trouble on demand'),
    secrets: SECRETS,
  });
}
