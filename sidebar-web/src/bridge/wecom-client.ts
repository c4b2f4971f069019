/** The part of WeCom's script that we call: `window.ww` exists wherever the script was loaded, in its client or not. */
import type { Answer } from '../answer.ts';
import type { ClientRefusal } from './bridge.ts';

interface Signature {
  readonly timestamp: number;
  readonly nonceStr: string;
  readonly signature: string;
}

/** What our server signed for this address: for the company, which old clients want, and for the app. */
export interface Signed extends Signature {
  readonly corpId: string;
  readonly agentId: number;
  readonly agentSignature: string;
}

type ClientCall = (parameters: object) => Promise<unknown>;

interface Wecom {
  register(options: object): void;
  readonly [name: string]: unknown;
}

const client = window as unknown as { readonly ww?: Wecom };

/** Without its client behind it the script waits for ever. */
const patienceMs = 10_000;

export const isThere = (): boolean => client.ww !== undefined;
export const can = (name: string): boolean => typeof client.ww?.[name] === 'function';

/** Tells the client who we are; whether it believes us shows at the first call. https://developer.work.weixin.qq.com/document/path/98416 */
export function register({ corpId, agentId, agentSignature, ...company }: Signed, jsApiList: readonly string[]): void {
  client.ww?.register({
    corpId,
    agentId,
    jsApiList,
    getConfigSignature: () => company,
    getAgentConfigSignature: () => ({ ...company, signature: agentSignature }),
  });
}

export async function call<T>(name: string, parameters: object = {}): Promise<Answer<T, ClientRefusal>> {
  const found = client.ww?.[name];
  if (typeof found !== 'function') return { ok: false, reason: 'old_client' };
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject({ errMsg: `${name}:fail late` }), patienceMs);
  });
  try {
    return { ok: true, value: (await Promise.race([(found as ClientCall)(parameters), late])) as T };
  } catch (error) {
    return { ok: false, reason: refusalOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** The words are all there is: every refusal has the code -1. https://developer.work.weixin.qq.com/document/path/90509 */
function refusalOf(error: unknown): ClientRefusal {
  const said = String((error as { readonly errMsg?: unknown } | null)?.errMsg ?? '');
  if (/invalid url domain/i.test(said)) return 'bad_domain';
  if (/agentid|corpid/i.test(said)) return 'bad_agent';
  if (/no permission|permission denied|fail_nopermission|offline verifying/i.test(said)) return 'not_for_you';
  return /function not exist|not support/i.test(said) ? 'old_client' : 'client';
}
