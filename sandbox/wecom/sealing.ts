/** How WeCom seals a callback (wecom.md §1.4): AES-256-CBC under the EncodingAESKey with 32-byte PKCS#7, and SHA-1 over sorted values. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const BLOCK = 32;

/** 32 bytes out of the 43 characters of an EncodingAESKey. */
export const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, 'base64');

export interface Opened {
  readonly message: string;
  readonly receiveId: string;
  /** The 16 bytes in front. */
  readonly random: Buffer;
}

/** random ‖ length ‖ message ‖ receiveid, before padding. `random` is 16 bytes. */
export function plaintext(message: string | Buffer, receiveId: string, random: Buffer, claimedLength?: number): Buffer {
  const body = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(claimedLength ?? body.length);
  return Buffer.concat([random, length, body, Buffer.from(receiveId)]);
}

/** PKCS#7 to blocks of 32 bytes; a full block when already aligned. `padByte` lies about the length. */
export function pad(plain: Buffer, padByte?: number): Buffer {
  const count = BLOCK - (plain.length % BLOCK);
  return Buffer.concat([plain, Buffer.alloc(count, padByte ?? count)]);
}

/** Encrypts padded bytes; base64. */
export function encryptPadded(padded: Buffer, aesKey: string): string {
  const key = keyOf(aesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

export function encrypt(message: string | Buffer, aesKey: string, receiveId: string, random: Buffer): string {
  return encryptPadded(pad(plaintext(message, receiveId, random)), aesKey);
}

/** The reverse of `encrypt`; throws on anything that is not exactly what `encrypt` makes. */
export function decrypt(sealed: string, aesKey: string): Opened {
  const key = keyOf(aesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]);
  const count = padded.at(-1) ?? 0;
  const tail = padded.subarray(-count);
  if (count < 1 || count > BLOCK || tail.some((byte) => byte !== count)) throw new Error('invalid padding');
  const plain = padded.subarray(0, -count);
  if (plain.length < 20) throw new Error('too short');
  const end = 20 + plain.readUInt32BE(16);
  if (end > plain.length) throw new Error('the length is wrong');
  return {
    message: plain.toString('utf8', 20, end),
    receiveId: plain.toString('utf8', end),
    random: plain.subarray(0, 16),
  };
}

/** Lower-case hex of `msg_signature`: the values are sorted, not the names. */
export function signature(token: string, timestamp: string, nonce: string, sealed: string): string {
  return createHash('sha1').update([token, timestamp, nonce, sealed].sort().join('')).digest('hex');
}

/** Signature of a page for `config` and `agentConfig` (wecom.md §4.4); the address without its `#…`. */
export function pageSignature(ticket: string, nonce: string, timestamp: number | string, url: string): string {
  return createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${url.split('#')[0]}`)
    .digest('hex');
}
