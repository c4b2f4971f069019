/** The envelope of an event push: AES-256-CBC padded to blocks of 32, opened strictly and sealed again for the reply. */
import { isUtf8 } from 'node:buffer';
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';

export interface CallbackKey {
  readonly key: KeyObject;
  readonly iv: Buffer;
}

export type Opened =
  | { readonly ok: true; readonly message: string; readonly owner: string }
  | { readonly ok: false; readonly reason: 'bad_encryption' | 'not_utf8' };

const block = 32;
/** 16 random bytes and the length in front of the message. */
const head = 20;

/** 32 bytes out of the 43 characters of the console's aes_key; the IV is its first half (dingtalk.md §2.1). */
export function readKey(aesKey: string): CallbackKey {
  const bytes = Buffer.from(`${aesKey}=`, 'base64');
  return { key: createSecretKey(bytes), iv: bytes.subarray(0, 16) };
}

/** `random(16) ‖ length(4, big endian) ‖ message ‖ owner`, every byte of the padding looked at. */
export function decrypt(sealed: string, { key, iv }: CallbackKey): Opened {
  const bytes = Buffer.from(sealed, 'base64');
  // Node skips what is not base64; encoding again shows whether something was skipped.
  if (bytes.length === 0 || bytes.length % block !== 0 || bytes.toString('base64') !== sealed) return broken;
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const end = padded.length - (paddingOf(padded) ?? padded.length);
  if (end < head) return broken;
  const messageEnd = head + padded.readUInt32BE(16);
  if (messageEnd > end) return broken;
  const [message, owner] = [padded.subarray(head, messageEnd), padded.subarray(messageEnd, end)];
  if (!isUtf8(message) || !isUtf8(owner)) return { ok: false, reason: 'not_utf8' };
  return { ok: true, message: message.toString('utf8'), owner: owner.toString('utf8') };
}

/** The reverse; `random` is 16 bytes. */
export function encrypt(message: string, owner: string, random: Buffer, { key, iv }: CallbackKey): string {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(Buffer.byteLength(message));
  const plain = Buffer.concat([random, size, Buffer.from(message), Buffer.from(owner)]);
  const fill = block - (plain.length % block);
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(fill, fill)), cipher.final()]).toString(
    'base64',
  );
}

const broken: Opened = { ok: false, reason: 'bad_encryption' };

/** How many bytes of padding; null when it is none. */
function paddingOf(padded: Buffer): number | null {
  const count = padded.at(-1) ?? 0;
  if (count < 1 || count > block) return null;
  return padded.subarray(-count).every((byte) => byte === count) ? count : null;
}
