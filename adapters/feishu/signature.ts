/** Checks that the holder of the Encrypt Key sent exactly these bytes, and sent them just now. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '../../src/channel/channel.ts';

export type SignatureFault = 'missing_signature' | 'stale_timestamp' | 'bad_signature';

/** Either way: clocks differ, and a replay older than this is refused. */
const windowSeconds = 300;

/**
 * `hex(SHA256(timestamp + nonce + key ++ raw body))`, computed over the bytes as they came: a parsed body written again
 * has other bytes. Null when all is well. https://open.feishu.cn/document/event-subscription-guide/event-subscriptions/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export function checkSignature(request: RawRequest, signingKey: Buffer, nowMs: number): SignatureFault | null {
  const timestamp = request.headers['x-lark-request-timestamp'];
  const nonce = request.headers['x-lark-request-nonce'];
  const signature = request.headers['x-lark-signature'];
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string') {
    return 'missing_signature';
  }
  if (!isTime(timestamp)) return 'stale_timestamp';
  const hash = createHash('sha256').update(timestamp + nonce);
  const computed = hash.update(signingKey).update(request.body).digest();
  const given = Buffer.from(signature, 'hex');
  if (signature.length !== 64 || !sameBytes(given, computed)) return 'bad_signature';
  // Said of genuine pushes only: then it tells something about our clock.
  const age = Math.abs(nowMs / 1000 - Number(timestamp));
  return age <= windowSeconds ? null : 'stale_timestamp';
}

/** Seconds, as the platform writes them. */
export const isTime = (text: unknown): boolean => typeof text === 'string' && /^\d{1,12}$/.test(text);

/** Compares without telling by its duration where the first difference is. */
export function sameBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
