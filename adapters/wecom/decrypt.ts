/** Takes the envelope off a callback: strict base64, AES-256-CBC, padding looked at byte by byte, strict UTF-8. */
import { isUtf8 } from 'node:buffer';
import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';

export interface CallbackKey {
  readonly key: KeyObject;
  readonly iv: Buffer;
}

export type Opened =
  | { readonly ok: true; readonly message: string; readonly receiveId: string }
  | { readonly ok: false; readonly reason: 'bad_encryption' | 'not_utf8' };

const block = 32;
/** 16 random bytes and the length in front of the message. */
const head = 20;

/** 32 bytes out of the 43 characters of an EncodingAESKey; the IV is its first half. https://developer.work.weixin.qq.com/document/path/90968 */
export function readKey(aesKey: string): CallbackKey {
  const bytes = Buffer.from(`${aesKey}=`, 'base64');
  // As a KeyObject, because node examines a key given as bytes anew for every decryption.
  return { key: createSecretKey(bytes), iv: bytes.subarray(0, 16) };
}

/**
 * `random(16) ‖ length(4, big endian) ‖ message ‖ receiveid`, padded by PKCS#7 to blocks of 32. The official package
 * looks at the last byte alone and lets a wrong padding or length through as garbage, so this does not use it.
 */
export function decrypt(sealed: string, { key, iv }: CallbackKey): Opened {
  const bytes = Buffer.from(sealed, 'base64');
  // Node skips what is not base64; encoding again shows whether something was skipped.
  if (bytes.length === 0 || bytes.length % block !== 0 || bytes.toString('base64') !== sealed) return broken;
  // Without padding of its own the decipher gives whole blocks back at once: its `final` would have nothing left to say.
  const padded = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false).update(bytes);
  const end = padded.length - (paddingOf(padded) ?? padded.length);
  if (end < head) return broken;
  const messageEnd = head + padded.readUInt32BE(16);
  if (messageEnd > end) return broken;
  if (!isUtf8(padded.subarray(head, end))) return { ok: false, reason: 'not_utf8' };
  return {
    ok: true,
    message: padded.toString('utf8', head, messageEnd),
    receiveId: padded.toString('utf8', messageEnd, end),
  };
}

const broken: Opened = { ok: false, reason: 'bad_encryption' };

/** How many bytes of padding; null when it is none. */
function paddingOf(padded: Buffer): number | null {
  const count = padded.at(-1) ?? 0;
  if (count < 1 || count > block) return null;
  for (let at = padded.length - count; at < padded.length; at += 1) if (padded[at] !== count) return null;
  return count;
}
