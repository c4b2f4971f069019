/** The one-time code that opens set-up: shown once to whoever can read the log, kept as a slow hash. */
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt) as (word: string, salt: string, length: number) => Promise<Buffer>;

/** Without what is mistaken for one another: 0 O, 1 I L. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const HALF = 4;
const HASH_BYTES = 32;

export interface CodeHash {
  readonly salt: string;
  /** Hex. */
  readonly hash: string;
}

/** Four and four letters: nobody finds it at sixty tries a minute within its day. */
export function newCode(): string {
  const half = () => Array.from({ length: HALF }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${half()}-${half()}`;
}

export async function hashCode(code: string): Promise<CodeHash> {
  const salt = randomBytes(16).toString('hex');
  return { salt, hash: (await derive(plain(code), salt, HASH_BYTES)).toString('hex') };
}

/** However it was typed: small letters, with or without the dash. */
export async function isCode(said: string, { salt, hash }: CodeHash): Promise<boolean> {
  const derived = await derive(plain(said), salt, HASH_BYTES);
  return timingSafeEqual(derived, Buffer.from(hash, 'hex'));
}

const plain = (code: string): string => code.toUpperCase().replace(/[^0-9A-Z]/g, '');
