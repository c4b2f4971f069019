/** What saving a callback address in the console does: an encrypted echo that must come back byte by byte within a second. */
import type { Core } from './core.ts';
import { signedQuery } from './push-body.ts';
import { encrypt } from './sealing.ts';

const ECHO_MS = 1000;

export type CallbackCheck = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface EchoFlaws {
  readonly forgedSignature?: boolean;
  readonly wrongToken?: boolean;
  readonly wrongReceiveId?: boolean;
  /** `+` of the base64 arrives as a blank, as careless proxies make it. */
  readonly blankPlus?: boolean;
}

/** Sends `echostr` by GET and compares the answer (wecom.md §1.2). */
export async function checkCallback(core: Core, flaws: EchoFlaws = {}): Promise<CallbackCheck> {
  const { options, random, deliveries } = core;
  if (deliveries.callbackUrl() === null) return { ok: false, reason: 'no_callback_url' };
  const echo = `${1 + random.int(8)}${String(random.int(1e9)).padStart(9, '0')}${String(random.int(1e9)).padStart(9, '0')}`;
  const receiveId = flaws.wrongReceiveId ? 'ww00000000000000ff' : options.corpId;
  let sealed = '';
  do sealed = encrypt(echo, options.aesKey, receiveId, Buffer.from(random.hex(16)));
  while (flaws.blankPlus && !sealed.includes('+'));
  const sent = flaws.blankPlus ? sealed.replaceAll('+', ' ') : sealed;
  const query = `${signedQuery(sealed, deliveries.contextOf('app'), flaws)}&echostr=${encodeURIComponent(sent)}`;
  const push = { body: Buffer.alloc(0), headers: {}, query };
  const outcome = await deliveries.post(push, { method: 'GET', deadlineMs: ECHO_MS });
  if (!outcome.accepted) return { ok: false, reason: outcome.reason ?? 'refused' };
  return outcome.answer === echo ? { ok: true } : { ok: false, reason: 'wrong_echo' };
}
