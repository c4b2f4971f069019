/** How archive records are sealed: a random key under RSA with a numbered public key, the message under that key. */
import { constants, createCipheriv, createPublicKey, publicEncrypt } from 'node:crypto';
import type { Random } from '../../platform/random.ts';

export interface SealedMessage {
  readonly encrypt_random_key: string;
  readonly encrypt_chat_msg: string;
}

/**
 * The RSA layer is the documented one (PKCS#1 v1.5, base64). The cipher behind DecryptData is unpublished; here it is
 * AES-256-CBC with PKCS#7 blocks of 16, base64; its key are the 32 ASCII characters of the random key, its IV their first 16.
 */
export function sealMessage(json: string, publicKeyPem: string, random: Random): SealedMessage {
  const randomKey = Buffer.from(random.hex(32), 'ascii');
  const key = createPublicKey(publicKeyPem);
  const sealedKey = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, randomKey);
  const cipher = createCipheriv('aes-256-cbc', randomKey, randomKey.subarray(0, 16));
  const sealed = Buffer.concat([cipher.update(json, 'utf8'), cipher.final()]);
  return { encrypt_random_key: sealedKey.toString('base64'), encrypt_chat_msg: sealed.toString('base64') };
}
