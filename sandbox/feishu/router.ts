/** The HTTP face of the platform: reads a request, applies trouble, token and rate checks, calls the route, keeps the journal. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from './core.ts';
import type { ApiEffect } from './misbehaviour.ts';
import { createQuota } from './quota.ts';
import { type ApiCall, type Reply, type Route, refuse } from './reply.ts';

export type RequestHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}

const SECRETS = new Set(['app_secret', 'AppSecret', 'client_secret', 'code', 'access_token', 'tenant_access_token']);

export function createRouter(core: Core, routes: readonly Route[]): RequestHandler {
  const { journal, clock, misbehaviour, options } = core;
  const perSecond = createQuota(options.apiPerSecond, 1000, clock.now);
  const perMinute = createQuota(options.apiPerMinute, 60_000, clock.now);
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

  function match(method: string, path: string): Match | null {
    for (const { route, pattern } of patterns) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found) return { route, params: { ...found.groups } };
    }
    return null;
  }

  function carryOut(call: ApiCall, found: Match | null): Reply {
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

  return async function handle(req, res) {
    const url = new URL(req.url ?? '/', 'http://platform');
    const path = url.pathname.slice(options.basePath.length);
    const method = req.method ?? 'GET';
    const query = Object.fromEntries(url.searchParams);
    const body = await readJson(req);
    const effect = misbehaviour.takeApiEffect(method, path);
    const note = (status: number, code: number | null): void =>
      journal.record({ kind: 'api', at: clock.now(), method, path, query, body: withoutSecrets(body), status, code });

    if (effect?.kind === 'delay') await pause(effect.ms);
    if (effect?.kind === 'reset') {
      note(0, null);
      req.socket.resetAndDestroy();
      return;
    }
    const call: ApiCall = {
      method,
      path,
      params: {},
      query,
      body: body ?? {},
      token: (req.headers.authorization ?? '').replace(/^Bearer /, ''),
      host: req.headers.host ?? '127.0.0.1',
    };
    const reply = body === null ? badJson(core, call) : (troubled(effect) ?? carryOut(call, match(method, path)));
    note(reply.status, reply.body.code);
    if (effect?.kind === 'apply_then_reset') {
      req.socket.resetAndDestroy();
      return;
    }
    res.writeHead(reply.status, {
      'content-type': 'application/json; charset=utf-8',
      'x-tt-logid': core.random.hex(32),
      ...reply.headers,
    });
    res.end(effect?.kind === 'not_json' ? '<html>bad gateway</html>' : JSON.stringify(reply.body));
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`);
}

function limited(resetSeconds: number): Reply {
  const headers = { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': String(resetSeconds) };
  return { ...refuse(99991400, 'request trigger frequency limit', {}, 429), headers };
}

function troubled(effect: ApiEffect | null): Reply | null {
  if (effect?.kind === 'error') return refuse(effect.code, effect.msg ?? 'trouble on demand', {}, effect.status);
  if (effect?.kind === 'rate_limit') return limited(effect.resetSeconds ?? 1);
  if (effect?.kind === 'not_json') return refuse(0, '', {}, effect.status);
  return null;
}

function badJson(core: Core, call: ApiCall): Reply {
  core.journal.complain('bad_request', `${call.method} ${call.path}: the body is not a JSON object`);
  return refuse(9499, 'Bad Request');
}

/** The body as an object; null when it is not one. GET requests with a body are as welcome as those without. */
async function readJson(req: IncomingMessage): Promise<Record<string, unknown> | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString('utf8');
  if (raw.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function withoutSecrets(body: Record<string, unknown> | null): unknown {
  if (body === null) return null;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, SECRETS.has(key) ? '[secret]' : value]));
}
