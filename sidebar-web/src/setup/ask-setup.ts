/** One call of the set-up page to the server: the answer, or what happened and what to do, to be shown as it is. */
import type { ProblemView } from '../../../src/http/contract/common.ts';
import type { SettingFaultView } from '../../../src/http/contract/setup.ts';
import { apiRoot } from '../router.ts';
import { setupWords } from './words.ts';

export interface SetupProblem {
  /** 0: no answer at all. */
  readonly status: number;
  /** The server's word for it; empty where it gave none. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Which settings of a platform are missing or wrong. */
  readonly faults: readonly SettingFaultView[];
}

/** Null where the server has nothing more to say than that it is done. */
export type SetupAnswer<T> =
  | { readonly ok: true; readonly value: T | null }
  | { readonly ok: false; readonly problem: SetupProblem };

const patienceMs = 20_000;

/** `path` below `api/setup`. */
export async function askSetup<T>(path: string, method = 'GET', body?: unknown): Promise<SetupAnswer<T>> {
  try {
    const response = await callSetup(path, method, body, AbortSignal.timeout(patienceMs));
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    return { ok: true, value: (await response.json().catch(() => null)) as T | null };
  } catch {
    return { ok: false, problem: unreachable };
  }
}

export function callSetup(path: string, method: string, body: unknown, signal: AbortSignal): Promise<Response> {
  return fetch(new URL(path === '' ? 'setup' : `setup/${path}`, apiRoot), {
    method,
    // What another site's page cannot send without our leave.
    headers: { 'x-liaodan': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    signal,
  });
}

export const unreachable: SetupProblem = { status: 0, code: 'network', ...setupWords.problems.unreachable, faults: [] };

/** The server restarts itself now and then: it, or the gateway before it, is back in a moment. */
export const isAway = ({ status }: Pick<SetupProblem, 'status'>): boolean =>
  status === 0 || (status >= 502 && status <= 504);

export async function problemOf(response: Response): Promise<SetupProblem> {
  const said = (await response.json().catch(() => null)) as
    | (Partial<Pick<ProblemView, 'title' | 'detail'>> & Partial<Pick<SetupProblem, 'code' | 'faults'>>)
    | null;
  const { status } = response;
  const code = said?.code ?? '';
  const faults = said?.faults ?? [];
  if (isAway({ status })) return { ...unreachable, status };
  if (said?.title === undefined) return { status, code, ...ownWords(status), faults };
  return { status, code, title: said.title, detail: said.detail === said.title ? '' : (said.detail ?? ''), faults };
}

/** Where the server, or what answered in its place, had none. */
function ownWords(status: number): { readonly title: string; readonly detail: string } {
  const { problems } = setupWords;
  return status === 401 ? problems.code : status === 429 ? problems.tooMany : problems.fault;
}
