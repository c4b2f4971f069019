/** Makes ids: 26-character sortable strings for rows, 22-character random keys for card buttons, codes that people say. */
import { createHash, randomBytes, randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_BYTES = 10;

/** Clocks are put right by less than this every day. */
const STEP_MS = 60_000;

/**
 * Returns a generator of 26-character ids (Crockford base 32: 48 bits of time, 80 bits of chance) that sort in the
 * order in which this process made them, also within a millisecond and when the clock is set back a little. After a step
 * of more than a minute it goes back, too: other instances never saw the wrong hour, and what they take would be handled
 * before what we take until that hour comes again.
 */
export function createIdGenerator(now: () => number): () => string {
  let lastTime = 0;
  let tail = randomBytes(RANDOM_BYTES);
  return () => {
    const at = now();
    if (at < lastTime - STEP_MS) lastTime = 0;
    const time = Math.max(at, lastTime);
    if (time > lastTime) tail = randomBytes(RANDOM_BYTES);
    else increment(tail);
    // Leave head-room so that a busy millisecond cannot overflow the random part.
    if (time > lastTime) tail[0] = (tail[0] ?? 0) & 0x7f;
    lastTime = time;
    return encodeTime(time) + encodeTail(tail);
  };
}

/** No id made at this instant or later, ms, sorts before it. */
export const lowestId = (at: number): string => encodeTime(at);

/** A random 128-bit key (22 characters, URL-safe): what a button carries. It names a row and proves nothing. */
export function newActionKey(): string {
  return randomBytes(16).toString('base64url');
}

/** Without 0 and O, 1, I and L. */
const SPOKEN = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const SPOKEN_CHARS = 8;

/** Eight characters (40 bits) with letters and digits in them, so that no word and no number is taken for one. */
export function newSpokenCode(): string {
  for (;;) {
    const code = Array.from({ length: SPOKEN_CHARS }, () => SPOKEN.charAt(randomInt(SPOKEN.length))).join('');
    if (/\d/.test(code) && /[A-Z]/.test(code)) return code;
  }
}

/** SHA-256 in lower-case hex. */
export const digest = (secret: string | Uint8Array): string => createHash('sha256').update(secret).digest('hex');

function increment(bytes: Buffer): void {
  for (let i = bytes.length - 1; i >= 0; i -= 1) {
    const value = ((bytes[i] ?? 0) + 1) & 0xff;
    bytes[i] = value;
    if (value !== 0) return;
  }
}

function encodeTime(time: number): string {
  let rest = time;
  let out = '';
  for (let i = 0; i < TIME_CHARS; i += 1) {
    out = (ALPHABET[rest % 32] ?? '0') + out;
    rest = Math.floor(rest / 32);
  }
  return out;
}

function encodeTail(bytes: Buffer): string {
  let out = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(value >>> bits) & 31] ?? '0';
    }
    value &= (1 << bits) - 1;
  }
  return out;
}
