/** The part of Feishu's script that we call, as promises: `window.h5sdk` and `window.tt` exist in its client only. */
import type { Answer } from '../answer.ts';
import type { ClientRefusal } from './bridge.ts';

interface Callbacks {
  readonly success: (value: never) => void;
  readonly fail: (error: unknown) => void;
}

type ClientCall = (options: Record<string, unknown> & Callbacks) => void;

interface FeishuWindow {
  readonly h5sdk?: { config(options: object): void };
  readonly tt?: Readonly<Record<string, ClientCall | undefined>>;
}

const feishu = window as unknown as FeishuWindow;

const configPatienceMs = 10_000;

export const isThere = (): boolean => feishu.h5sdk !== undefined;

/** Shows the client our signature. https://open.feishu.cn/document/client-docs/h5/development-guide/auth */
export function configure(parameters: object): Promise<Answer<null, ClientRefusal>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ ok: false, reason: 'client' }), configPatienceMs);
    const end = (answer: Answer<null, ClientRefusal>): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    feishu.h5sdk?.config({
      ...parameters,
      onSuccess: () => end({ ok: true, value: null }),
      onFail: (error: unknown) => end({ ok: false, reason: configRefusals[codeOf(error)] ?? 'client' }),
    });
  });
}

const configRefusals: Readonly<Record<number, ClientRefusal>> = {
  333443: 'expired',
  333444: 'expired',
  333447: 'bad_domain',
  333448: 'bad_domain',
  333449: 'not_for_you',
};

export const can = (name: string): boolean => feishu.tt?.[name] !== undefined;

/** Calls one function of the client; a failure is its number. */
export function call<T>(name: string, options: Record<string, unknown>): Promise<T | { readonly failed: number }> {
  return new Promise((resolve) => {
    feishu.tt?.[name]?.({
      ...options,
      success: (value: T) => resolve(value),
      fail: (error: unknown) => resolve({ failed: codeOf(error) }),
    });
  });
}

/** Old functions say `errorCode` or `errCode`, new ones `errno`; the more exact one first. */
function codeOf(error: unknown): number {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  return Number(fields['errorCode'] ?? fields['errCode'] ?? fields['errno'] ?? 0);
}
