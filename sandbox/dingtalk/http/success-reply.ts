/** The answer to an event push: `success`, sealed and signed as the push itself; anything else counts as a failure. */
import type { PushOutcome } from '../../platform/http-push.ts';
import type { ResolvedOptions } from '../options.ts';
import { decrypt, signature } from '../sealing.ts';

type Keys = Pick<ResolvedOptions, 'token' | 'aesKey' | 'clientId'>;

/** The outcome, no longer accepted when the reply is not a sound `success`. */
export function judgeReply(outcome: PushOutcome, keys: Keys): PushOutcome {
  if (!outcome.accepted) return outcome;
  const fault = faultOf(outcome.answer, keys);
  return fault === null ? outcome : { ...outcome, accepted: false, reason: `ack_${fault}` };
}

function faultOf(answer: string, { token, aesKey, clientId }: Keys): string | null {
  try {
    const reply = JSON.parse(answer) as Record<string, string | undefined>;
    const { msg_signature, timeStamp = '', nonce = '', encrypt = '' } = reply;
    if (msg_signature !== signature(token, String(timeStamp), nonce, encrypt)) return 'wrong_signature';
    const { message, owner } = decrypt(encrypt, aesKey);
    if (owner !== clientId) return 'wrong_owner';
    return message === 'success' ? null : 'not_success';
  } catch {
    return 'unreadable';
  }
}
