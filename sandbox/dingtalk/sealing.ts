/** How DingTalk seals an event push and signs the rest (dingtalk.md §2, §7): AES-256-CBC padded to 32 bytes, SHA-1, HMAC. */
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';

const BLOCK = 32;
const HEAD = 20;

export interface Opened {
  readonly message: string;
  /** ClientID of an app, corp id of the old API, suite key of a third party. */
  readonly owner: string;
  /** The 16 characters in front. */
  readonly random: string;
}

function cipherParts(aesKey: string): [string, Buffer, Buffer] {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  return ['aes-256-cbc', key, key.subarray(0, 16)];
}

/** random ‖ length ‖ message ‖ owner, filled up to blocks of 32 bytes. `random` is 16 bytes, `length` a lie if given. */
export function pack(message: string | Buffer, owner: string, random: Buffer | string, length?: number): Buffer {
  const bytes = Buffer.from(message);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length ?? bytes.length);
  const plain = Buffer.concat([Buffer.from(random), size, bytes, Buffer.from(owner)]);
  const fill = BLOCK - (plain.length % BLOCK);
  return Buffer.concat([plain, Buffer.alloc(fill, fill)]);
}

/** Encrypts whole blocks; base64 as the `encrypt` field carries it. */
export function encryptPacked(packed: Buffer, aesKey: string): string {
  const cipher = createCipheriv(...cipherParts(aesKey)).setAutoPadding(false);
  return cipher.update(packed, undefined, 'base64') + cipher.final('base64');
}

export function encrypt(message: string | Buffer, aesKey: string, owner: string, random: Buffer | string): string {
  return encryptPacked(pack(message, owner, random), aesKey);
}

/** The reverse of `encrypt`; throws on anything that is not exactly what `encrypt` makes. */
export function decrypt(sealed: string, aesKey: string): Opened {
  const decipher = createDecipheriv(...cipherParts(aesKey)).setAutoPadding(false);
  const packed = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  const fill = packed.at(-1) ?? 0;
  const sound = fill >= 1 && fill <= BLOCK && packed.subarray(-fill).every((byte) => byte === fill);
  const ownerAt = packed.length > HEAD ? HEAD + packed.readUInt32BE(16) : Number.POSITIVE_INFINITY;
  if (!sound || ownerAt > packed.length - fill) throw new Error('the padding or the length is wrong');
  const part = (from: number, to: number): string => packed.toString('utf8', from, to);
  return { random: part(0, 16), message: part(HEAD, ownerAt), owner: part(ownerAt, packed.length - fill) };
}

/** Lower-case hex of `msg_signature`: the values in order, joined. */
export function signature(token: string, timestamp: string, nonce: string, sealed: string): string {
  return createHash('sha1').update([token, timestamp, nonce, sealed].sort().join('')).digest('hex');
}

/** Base64 HMAC-SHA256: the card callback's `x-ddpaas-signature` signs the timestamp alone. */
export const hmac = (key: string, words: string): string => createHmac('sha256', key).update(words).digest('base64');

/** `sign` of robot messages over HTTP and of custom robots; timestamp in ms. */
export const robotSign = (secret: string, timestamp: string): string => hmac(secret, `${timestamp}\n${secret}`);

/** Signature of a page for `dd.config`; the official sample hashes with SHA-256, older ones with SHA-1. */
export function pageSignature(
  ticket: string,
  nonce: string,
  timestamp: number | string,
  url: string,
  hash: 'sha256' | 'sha1' = 'sha256',
): string {
  const page = decodeURIComponent(url.split('#')[0] ?? '');
  const plain = `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${page}`;
  return createHash(hash).update(plain).digest('hex');
}
