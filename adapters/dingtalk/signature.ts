/** The platform's signatures: SHA-1 of an event push, HMAC of a robot message over HTTP (dingtalk.md §2). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** `msg_signature`, lower-case hex: the values in order, joined. */
export function eventSignature(token: string, timestamp: string, nonce: string, sealed: string): string {
  return createHash('sha1').update([token, timestamp, nonce, sealed].sort().join('')).digest('hex');
}

/** `sign` of a robot message, base64; the timestamp is the text of the header. It covers no word of the body. */
export function robotSign(secret: string, timestamp: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** In a time that does not tell how much of it was right. */
export function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Milliseconds; the platform's samples carry seconds too. Null when it is no instant. */
export function readInstant(timestamp: string): number | null {
  if (/^\d{13}$/.test(timestamp)) return Number(timestamp);
  return /^\d{10}$/.test(timestamp) ? Number(timestamp) * 1000 : null;
}
