/** Checks that the holder of the Token signed exactly this ciphertext, and did so just now. */
import { timingSafeEqual } from 'node:crypto';
import { getSignature } from '@wecom/crypto';
import type { RawRequest } from '../../src/channel/channel.ts';

export type SignatureFault = 'missing_signature' | 'stale_timestamp' | 'bad_signature';

/**
 * Either way. The platform tries a callback again within half a minute, with the old timestamp or a fresh one, so five
 * minutes leave room for a clock that is off. A replay inside the window does nothing twice: events have keys.
 */
const windowSeconds = 300;

/** SHA-1 over the sorted values; `sealed` is the text of `<Encrypt>`, or `echostr`. Null when all is well. https://developer.work.weixin.qq.com/document/path/90968 */
export function checkSignature(
  query: RawRequest['query'],
  sealed: string,
  token: string,
  nowMs: number,
): SignatureFault | null {
  const { msg_signature: given, timestamp, nonce } = query;
  if (typeof given !== 'string' || typeof timestamp !== 'string' || typeof nonce !== 'string') {
    return 'missing_signature';
  }
  const age = Math.abs(nowMs / 1000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || age > windowSeconds) return 'stale_timestamp';
  const computed = getSignature(token, timestamp, nonce, sealed);
  const [theirs, ours] = [Buffer.from(given), Buffer.from(computed)];
  return theirs.length === ours.length && timingSafeEqual(theirs, ours) ? null : 'bad_signature';
}
