/** The calls a page makes to its own server; every failure is a word from one list. */
import type { ProblemView } from '../../../src/http/contract/common.ts';
import type { HandedOverView, HandOverBody, PageConfigView } from '../../../src/http/contract.ts';
import type { Answer } from '../answer.ts';
import { apiRoot } from '../router.ts';

const refusals = [
  'sign_in',
  'not_member',
  'not_found',
  'unavailable',
  'not_connected',
  'foreign_address',
  'bad_request',
] as const;

export type { HandOverBody };

export type ServerRefusal = (typeof refusals)[number] | 'network' | 'fault';

const patienceMs = 20_000;

export interface Server {
  pageConfig(platform: string, url: string): Promise<Answer<PageConfigView, ServerRefusal>>;
  handOver(platform: string, body: HandOverBody): Promise<Answer<HandedOverView, ServerRefusal>>;
}

export const server: Server = {
  pageConfig: (platform, url) => ask(`jsapi/${platform}?url=${encodeURIComponent(url)}`),
  handOver: (platform, body) =>
    ask(`hand-over/${platform}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
};

async function ask<T>(path: string, init: RequestInit = {}): Promise<Answer<T, ServerRefusal>> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), patienceMs);
  try {
    const response = await fetch(new URL(path, apiRoot), { ...init, signal: ending.signal });
    const body = (await response.json().catch(() => null)) as T | ProblemView | null;
    if (response.ok && body !== null) return { ok: true, value: body as T };
    return { ok: false, reason: reasonOf(response.status, body as ProblemView | null) };
  } catch {
    return { ok: false, reason: 'network' };
  } finally {
    clearTimeout(timer);
  }
}

/** The word the server gave; a gateway in between gives none. */
function reasonOf(status: number, body: ProblemView | null): ServerRefusal {
  const known = refusals.find((reason) => reason === body?.code);
  return known ?? (status === 502 || status === 503 || status === 504 ? 'network' : 'fault');
}
