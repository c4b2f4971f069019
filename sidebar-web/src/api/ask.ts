/** One call to our own server: the answer, or a problem whose words can be shown as they are. */
import type { ProblemView } from '../../../src/http/contract/common.ts';
import { apiRoot } from '../router.ts';
import { pageWords } from '../words-pages.ts';

export type Problem = Pick<ProblemView, 'status' | 'code' | 'title' | 'detail' | 'duplicates' | 'mayForce'>;
export type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

const patienceMs = 15_000;
/** A file goes up slowly from a phone. */
const filePatienceMs = 120_000;

/** Keys of the calls whose answer never came: sent again they are the same calls, and make nothing twice. */
const unanswered = new Map<string, string>();

/** `path` below `api/`; with a body it is a POST unless told otherwise; a file is sent as its bytes. */
export async function ask<T>(path: string, body?: unknown, method = body ? 'POST' : 'GET'): Promise<Asked<T>> {
  const ending = new AbortController();
  const file = body instanceof Blob ? body : null;
  const timer = setTimeout(() => ending.abort(), file ? filePatienceMs : patienceMs);
  const sent = body && !file ? JSON.stringify(body) : null;
  const call = `${method} ${path} ${sent}`;
  if (sent !== null && !unanswered.has(call)) unanswered.set(call, newKey());
  try {
    const response = await fetch(new URL(path, apiRoot), {
      method,
      headers: {
        // What another site's page cannot send without our leave.
        'x-liaodan': '1',
        ...(sent === null ? {} : { 'content-type': 'application/json', 'idempotency-key': unanswered.get(call) ?? '' }),
        ...(file && { 'content-type': 'application/octet-stream' }),
      },
      body: file ?? sent,
      signal: ending.signal,
    });
    if (response.status < 500) unanswered.delete(call);
    const said = (await response.json().catch(() => null)) as T | Partial<ProblemView> | null;
    if (response.ok && said !== null) return { ok: true, value: said as T };
    return { ok: false, problem: problemOf(response.status, (said ?? {}) as Partial<ProblemView>) };
  } catch {
    return { ok: false, problem: known('network', 0) };
  } finally {
    clearTimeout(timer);
  }
}

/** `randomUUID` is there only where pages come by https. */
const newKey = (): string => crypto.getRandomValues(new BigUint64Array(2)).join('');

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
