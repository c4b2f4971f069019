/** The HTTP face of a platform: reads a request, applies the trouble on demand, lets the platform answer, keeps the journal. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from './journal.ts';
import type { ApiEffect } from './trouble.ts';

export type RequestHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON body; `{}` when there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Bearer token, empty when missing. */
  readonly token: string;
  /** The Host header: how the caller reached us. */
  readonly host: string;
  /** Address of the caller. */
  readonly remote: string;
  readonly contentType: string;
  /** The body as it came. */
  readonly raw: Buffer;
}

export interface RawReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or the bytes of a file. */
  readonly body: object | Buffer;
}

export interface Face<R extends RawReply> {
  readonly basePath: string;
  readonly journal: Pick<Journal, 'record'>;
  now(): number;
  takeEffect(method: string, path: string): ApiEffect | null;
  carryOut(call: ApiCall): R;
  /** The business code of an answer, for the journal. */
  codeOf(reply: R): number | null;
  /** The answer to a body that is not a JSON object. */
  badJson(call: ApiCall): R;
  /** The platform's words for an error or a rate limit that was asked for. */
  troubled(effect: Extract<ApiEffect, { kind: 'error' | 'rate_limit' }>): R;
  /** Body fields and query parameters that the journal must not show. */
  readonly secrets: ReadonlySet<string>;
  headers?(): Record<string, string>;
}

export function createHttpFace<R extends RawReply>(face: Face<R>): RequestHandler {
  return async function handle(req, res) {
    const url = new URL(req.url ?? '/', 'http://platform');
    const path = url.pathname.slice(face.basePath.length);
    const method = req.method ?? 'GET';
    const query = Object.fromEntries(url.searchParams);
    const contentType = req.headers['content-type'] ?? '';
    const raw = await readAll(req);
    const body = contentType.startsWith('multipart/') ? {} : parseJson(raw);
    const effect = face.takeEffect(method, path);
    const hidden = { query: hide(query, face.secrets), body: body && hide(body, face.secrets) };
    const note = (status: number, code: number | null): void =>
      face.journal.record({ kind: 'api', at: face.now(), method, path, ...hidden, status, code });

    if (effect?.kind === 'delay') await pause(effect.ms);
    if (effect?.kind === 'reset') {
      note(0, null);
      req.socket.resetAndDestroy();
      return;
    }
    if (effect?.kind === 'not_json') {
      note(effect.status, null);
      res.writeHead(effect.status, { 'content-type': 'text/html' }).end('<html>bad gateway</html>');
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
      remote: req.socket.remoteAddress ?? '',
      contentType,
      raw,
    };
    const reply = answer(face, call, body === null, effect);
    note(reply.status, face.codeOf(reply));
    if (effect?.kind === 'late_answer') await pause(effect.ms);
    if (effect?.kind === 'apply_then_reset') {
      req.socket.resetAndDestroy();
      return;
    }
    const file = Buffer.isBuffer(reply.body);
    const type = file ? 'application/octet-stream' : 'application/json; charset=utf-8';
    // The platform's clock, which may be another than the product's.
    const date = new Date(face.now()).toUTCString();
    res.writeHead(reply.status, { 'content-type': type, date, ...face.headers?.(), ...reply.headers });
    res.end(file ? reply.body : JSON.stringify(reply.body));
  };
}

function answer<R extends RawReply>(face: Face<R>, call: ApiCall, unreadable: boolean, effect: ApiEffect | null): R {
  if (unreadable) return face.badJson(call);
  if (effect?.kind === 'error' || effect?.kind === 'rate_limit') return face.troubled(effect);
  return face.carryOut(call);
}

export interface RouteMatch<T> {
  readonly route: T;
  readonly params: Record<string, string>;
}

/** Finds the route of a call; paths may carry `:name` parameters. */
export function createRouteTable<T extends { readonly method: string; readonly path: string }>(
  routes: readonly T[],
): (method: string, path: string) => RouteMatch<T> | null {
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (method, path) => {
    for (const { route, pattern } of patterns) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found) return { route, params: { ...found.groups } };
    }
    return null;
  };
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`);
}

async function readAll(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The body as an object; null when it is not one. GET requests with a body are as welcome as those without. */
function parseJson(raw: Buffer): Record<string, unknown> | null {
  const words = raw.toString('utf8');
  if (words.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(words);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function hide<V>(fields: Record<string, V>, secrets: ReadonlySet<string>): Record<string, V | string> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, secrets.has(key) ? '[secret]' : value]));
}
