/** The part of DingTalk's script that we call, as promises: `window.dd` exists wherever the script was loaded. */
import type { Answer } from '../answer.ts';
import type { ClientRefusal } from './bridge.ts';

type ClientCall = (options: Record<string, unknown>) => unknown;

interface Dingtalk {
  config(options: object): void;
  ready(task: () => void): void;
  error(task: (error: unknown) => void): void;
  readonly [name: string]: unknown;
}

const client = window as unknown as { readonly dd?: Dingtalk };

const configPatienceMs = 10_000;

export const isThere = (): boolean => client.dd !== undefined;

/** A page is configured once: the client ignores a second time, whatever came of the first. */
let configured: Promise<Answer<null, ClientRefusal>> | null = null;

/**
 * Shows the client our signature. Asking again after a refusal loads the page anew, and nothing follows.
 * https://open.dingtalk.com/document/development/jsapi-authentication
 */
export async function configure(parameters: object): Promise<Answer<null, ClientRefusal>> {
  if (configured !== null && !(await configured).ok) {
    location.reload();
    return new Promise(() => undefined);
  }
  configured ??= askOnce(parameters);
  return configured;
}

function askOnce(parameters: object): Promise<Answer<null, ClientRefusal>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ ok: false, reason: 'client' }), configPatienceMs);
    const end = (answer: Answer<null, ClientRefusal>): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    // In this order: what is registered before `config` is told about something else.
    client.dd?.config(parameters);
    client.dd?.ready(() => end({ ok: true, value: null }));
    client.dd?.error((error) => end({ ok: false, reason: refusalOf(error) }));
  });
}

/** Most refusals share one code, and only their words tell them apart. */
function refusalOf(error: unknown): ClientRefusal {
  const said = String(fieldsOf(error)['errorMessage'] ?? '');
  if (/agent_?id/i.test(said)) return 'bad_agent';
  return /域名|domain/i.test(said) ? 'bad_domain' : 'client';
}

export const can = (path: string): boolean => find(path) !== null;

/** Calls one function of the client, such as `biz.navigation.close`; a failure is its code, as text. */
export function call<T>(path: string, options: Record<string, unknown>): Promise<T | { readonly failed: string }> {
  return new Promise((resolve) => {
    const onFail = (error: unknown): void => {
      const { errorCode, code } = fieldsOf(error);
      resolve({ failed: String(errorCode ?? code ?? '') });
    };
    const answer = find(path)?.({ ...options, onSuccess: (value: T) => resolve(value), onFail });
    // The newer script answers by callback and by promise; a refusal must not be left lying.
    if (answer instanceof Promise) answer.catch(onFail);
  });
}

function find(path: string): ClientCall | null {
  const found = path.split('.').reduce<unknown>((holder, name) => fieldsOf(holder)[name], client.dd);
  return typeof found === 'function' ? (options) => found(options) : null;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
