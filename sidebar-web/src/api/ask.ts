/** One call to our own server: the answer, or a problem whose words can be shown as they are. */
import type { ProblemView } from '../../../src/http/contract/common.ts';
import { apiRoot } from '../router.ts';
import { pageWords } from '../words-pages.ts';

export type Problem = Pick<ProblemView, 'status' | 'code' | 'title' | 'detail' | 'duplicates' | 'mayForce'>;
export type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

const patienceMs = 15_000;

/** `path` below `api/`; with a body it is a POST unless told otherwise. */
export async function ask<T>(path: string, body?: unknown, method = body ? 'POST' : 'GET'): Promise<Asked<T>> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), patienceMs);
  try {
    const response = await fetch(new URL(path, apiRoot), {
      method,
      // What another site's page cannot send without our leave.
      headers: { 'x-liaodan': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : null,
      signal: ending.signal,
    });
    const said = (await response.json().catch(() => null)) as T | Partial<ProblemView> | null;
    if (response.ok && said !== null) return { ok: true, value: said as T };
    return { ok: false, problem: problemOf(response.status, (said ?? {}) as Partial<ProblemView>) };
  } catch {
    return { ok: false, problem: known('network', 0) };
  } finally {
    clearTimeout(timer);
  }
}

export const known = (code: keyof typeof pageWords.problem, status = 0): Problem => ({
  status,
  code,
  ...pageWords.problem[code],
});

/** The words of the server; a gateway in between has none. */
function problemOf(status: number, said: Partial<ProblemView>): Problem {
  if (status === 401) return known('sign_in', status);
  if (said.title === undefined) return known(status === 502 || status === 503 || status === 504 ? 'network' : 'fault');
  const code = said.code ?? 'fault';
  // What has no more to say repeats its title.
  const detail = said.detail === said.title ? undefined : said.detail?.replace(fieldName, '$1');
  return { ...said, status, code, title: said.title, detail: detail ?? remedyOf(code) };
}

/** `phone：` before the sentence about it: a person sees which field it is by its words. */
const fieldName = /(^|；)[\w.]+：/g;

/** What to do, where the server does not say. */
function remedyOf(code: string): string {
  const { problem } = pageWords;
  return Object.hasOwn(problem, code) ? problem[code as keyof typeof problem].detail : '';
}
