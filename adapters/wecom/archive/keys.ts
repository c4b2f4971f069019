/** The private keys of the archive, one per version of the public key that the administrator uploaded. */
import { constants, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type OpenedKey =
  | { readonly ok: true; readonly key: string }
  /** `missing`: no file of that version · `wrong`: the file's key does not fit, or is none · `broken`: the record's fault. */
  | { readonly ok: false; readonly reason: 'missing' | 'wrong' | 'broken' };

export interface KeyRing {
  /** Decrypts `encrypt_random_key` (base64) with the key of this `publickey_ver`. */
  open(version: number, encrypted: string): OpenedKey;
  /** The highest version there is a file of; 0 without any. */
  newest(): number;
}

/** Files are `<version>.pem`; one that appears later is found when it is asked for. */
export function createKeyRing(directory: string): KeyRing {
  const keys = new Map<number, KeyObject>();
  /** Versions whose key has opened a record: a failure is then the record's own. */
  const proved = new Set<number>();

  function read(version: number): KeyObject | null {
    const known = keys.get(version);
    if (known) return known;
    const key = createPrivateKey(readFileSync(join(directory, `${version}.pem`)));
    keys.set(version, key);
    return key;
  }

  function newest(): number {
    try {
      return Math.max(
        0,
        ...readdirSync(directory).flatMap((name) => (/^\d+\.pem$/.test(name) ? [Number.parseInt(name, 10)] : [])),
      );
    } catch {
      return 0;
    }
  }

  return {
    newest,
    open(version, encrypted) {
      let key: KeyObject | null = null;
      try {
        key = read(version);
      } catch (error) {
        const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        return { ok: false, reason: absent ? 'missing' : 'wrong' };
      }
      const opened = key && decryptPkcs1(key, Buffer.from(encrypted, 'base64'));
      if (opened) {
        proved.add(version);
        return { ok: true, key: opened.toString('utf8') };
      }
      if (proved.has(version)) return { ok: false, reason: 'broken' };
      // The file may have been exchanged meanwhile.
      keys.delete(version);
      return { ok: false, reason: 'wrong' };
    },
  };
}

/**
 * PKCS#1 v1.5 by hand: Node refuses that padding in some versions, and in others returns random bytes for a key that
 * does not fit. Nobody outside learns how it failed, so there is no oracle. https://developer.work.weixin.qq.com/document/path/91774
 */
export function decryptPkcs1(key: KeyObject, encrypted: Buffer): Buffer | null {
  try {
    const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted);
    const end = block.indexOf(0, 2);
    return block[0] === 0 && block[1] === 2 && end >= 10 ? block.subarray(end + 1) : null;
  } catch {
    return null;
  }
}
