/** The open platform's routes behind its HTTP face: token and rate checks, then the route's answer. */
import { type ApiCall, createHttpFace, createRouteTable, type RequestHandler } from '../platform/http-face.ts';
import { createQuota } from '../platform/quota.ts';
import type { Core } from './core.ts';
import { type Reply, type Route, refuse } from './reply.ts';

const SECRETS = new Set(['app_secret', 'AppSecret', 'client_secret', 'code', 'access_token', 'tenant_access_token']);

export function createRouter(core: Core, routes: readonly Route[]): RequestHandler {
  const { journal, clock, misbehaviour, options } = core;
  const perSecond = createQuota(options.apiPerSecond, 1000, clock.now);
  const perMinute = createQuota(options.apiPerMinute, 60_000, clock.now);
  const match = createRouteTable(routes);

  function carryOut(call: ApiCall): Reply {
    const found = match(call.method, call.path);
    const what = `${call.method} ${call.path}`;
    if (!found) {
      journal.complain('unknown_path', what);
      return refuse(99991201, 'resource not find', {}, 404);
    }
    const name = `${found.route.method} ${found.route.path}`;
    if (!perSecond.take(name) || !perMinute.take(name)) {
      journal.complain('over_api_rate', name);
      return limited(1);
    }
    const rejected = found.route.auth === 'tenant' ? core.tokens.check(call.token, what) : null;
    return rejected ?? found.route.answer({ ...call, params: found.params });
  }

  return createHttpFace<Reply>({
    basePath: options.basePath,
    journal,
    now: clock.now,
    takeEffect: misbehaviour.takeApiEffect,
    carryOut,
    codeOf: (reply) => reply.body.code,
    badJson(call) {
      journal.complain('bad_request', `${call.method} ${call.path}: the body is not a JSON object`);
      return refuse(9499, 'Bad Request');
    },
    troubled: (effect) =>
      effect.kind === 'rate_limit'
        ? limited(effect.resetSeconds ?? 1)
        : refuse(effect.code, effect.msg ?? 'trouble on demand', {}, effect.status),
    secrets: SECRETS,
    headers: () => ({ 'x-tt-logid': core.random.hex(32) }),
  });
}

function limited(resetSeconds: number): Reply {
  const headers = { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': String(resetSeconds) };
  return { ...refuse(99991400, 'request trigger frequency limit', {}, 429), headers };
}
