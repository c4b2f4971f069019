/** How the platform seals a push: AES-256-CBC under SHA-256 of the Encrypt Key, and the signature over the bytes sent. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const keyOf = (encryptKey: string): Buffer => createHash('sha256').update(encryptKey, 'utf8').digest();

/** Base64 of IV followed by ciphertext (PKCS#7), as the `encrypt` field carries it. `iv` is 16 bytes. */
export function encrypt(plain: string | Buffer, encryptKey: string, iv: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', keyOf(encryptKey), iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64');
}

/** The reverse of `encrypt`; throws on broken padding. */
export function decrypt(sealed: string, encryptKey: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', keyOf(encryptKey), bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
}

/** Lower-case hex of `X-Lark-Signature` for these exact body bytes. */
export function signature(timestamp: string, nonce: string, encryptKey: string, body: string | Buffer): string {
  return createHash('sha256').update(`${timestamp}${nonce}${encryptKey}`, 'utf8').update(body).digest('hex');
}
