/** Both API families behind one HTTP face: token, permission, rate and monthly quota first, then the route's answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiCall, createHttpFace, createRouteTable, type RequestHandler } from '../platform/http-face.ts';
import { createQuota } from '../platform/quota.ts';
import type { ApiEffect } from '../platform/trouble.ts';
import type { Core } from './core.ts';
import { type Reply, type Route, refuse, refuseOld, refuseSub } from './reply.ts';

const SECRETS = new Set(['appSecret', 'appsecret', 'clientSecret', 'access_token', 'apiSecret', 'code', 'session']);
const GRANT_PAGE = 'https://open-dev.dingtalk.com/appscope/apply?content=';

export function createRouter(core: Core, routes: readonly Route[]): RequestHandler {
  const { journal, clock, misbehaviour, options, quota, grants, tokens } = core;
  const perSecond = createQuota(options.apiPerSecond, 1000, clock.now);
  const match = createRouteTable(routes);

  function admit(route: Route, call: ApiCall, what: string): Reply | null {
    const family = familyOf(call.path);
    if (route.auth === 'token') {
      const token = family === 'oapi' ? (call.query.access_token ?? '') : call.token;
      const rejected = tokens.check(token, family, what);
      if (rejected) return rejected;
    }
    if (route.scope && !grants.scopes.has(route.scope)) {
      journal.complain('missing_scope', `${what} needs ${route.scope}`);
      return noPermission(family, route.scope, options.clientId);
    }
    const free = route.auth === 'none' && !route.meter;
    if (!free && !perSecond.take(route.path)) {
      journal.complain('over_api_rate', what);
      return tooFast(family);
    }
    if (!route.meter || quota.take(route.meter, `${route.method} ${route.path}`)) return null;
    journal.complain('over_quota', what);
    return family === 'oapi'
      ? refuseSub(90020, '您的组织的接口调用量已超过当月上限')
      : refuse('Forbidden.AccessDenied.ApiCountLimitForOrg', '您的组织的接口调用量已超过当月上限', 403);
  }

  function carryOut(call: ApiCall): Reply {
    const found = match(call.method, call.path);
    const what = `${call.method} ${call.path}`;
    if (!found) {
      journal.complain('unknown_path', what);
      if (familyOf(call.path) === 'oapi') return refuseOld(22, 'Invalid method');
      return refuseOld(404, '请求的URI地址不存在');
    }
    return admit(found.route, call, what) ?? found.route.answer({ ...call, params: found.params });
  }

  const face = createHttpFace<Reply>({
    basePath: options.basePath,
    journal,
    now: clock.now,
    takeEffect: (method, path) => worded(misbehaviour.takeApiEffect(method, path), path),
    carryOut,
    codeOf: ({ status, body }) => {
      const code = Buffer.isBuffer(body) ? 0 : body.errcode;
      return typeof code === 'number' ? code : status === 200 ? 0 : status;
    },
    badJson(call) {
      journal.complain('bad_request', `${call.method} ${call.path}: the body is not a JSON object`);
      return familyOf(call.path) === 'oapi' ? refuseOld(43009, 'body必须是json') : refuse('param.invalid', '参数错误');
    },
    troubled(effect) {
      if (effect.kind === 'rate_limit') return tooFast('api');
      const { code, status, msg } = effect;
      if (status === undefined) return code === 90018 ? tooFast('oapi') : refuseOld(code, msg ?? '系统繁忙');
      return refuse(msg ?? 'system.busy', '系统繁忙', status);
    },
    secrets: SECRETS,
  });

  return async function handle(req: IncomingMessage, res: ServerResponse) {
    if (wantsXml(req)) {
      journal.complain('bad_request', 'gateway/connections/open without Accept: application/json');
      res.writeHead(200, { 'content-type': 'application/xml' }).end('<OpenConnectionResponse/>');
      return;
    }
    // The shared face reads the bearer's token; this platform's comes in a header of its own.
    const token = req.headers['x-acs-dingtalk-access-token'];
    req.headers.authorization = typeof token === 'string' ? `Bearer ${token}` : '';
    await face(req, res);
  };
}

const familyOf = (path: string): 'api' | 'oapi' => (path.startsWith('/oapi/') ? 'oapi' : 'api');

const wantsXml = ({ url = '', headers }: IncomingMessage): boolean =>
  url.endsWith('/gateway/connections/open') && !(headers.accept ?? '').includes('application/json');

function tooFast(family: 'api' | 'oapi'): Reply {
  if (family === 'oapi') return refuseSub(90018, '服务器调用该接口的频率过高');
  return refuse('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', '当前应用调用该接口的QPS超限', 403);
}

function noPermission(family: 'api' | 'oapi', scope: string, clientId: string): Reply {
  const page = `${GRANT_PAGE}${clientId}%23${scope}`;
  if (family === 'oapi') return refuseSub(60011, `没有调用该接口的权限，requiredScopes=[${scope}]，申请：${page}`);
  const words = `没有调用该接口的权限，接口权限申请参考：${page}`;
  const accessdenieddetail = { requiredScopes: [scope] };
  return refuse('Forbidden.AccessDenied.AccessTokenPermissionDenied', words, 403, { accessdenieddetail });
}

/** A rate limit in the words of the family it meets. */
function worded(effect: ApiEffect | null, path: string): ApiEffect | null {
  return effect?.kind === 'rate_limit' && familyOf(path) === 'oapi' ? { kind: 'error', code: 90018 } : effect;
}
