/** The bytes and headers of one webhook push, sound or flawed on purpose. */
import type { PushBody } from '../platform/http-push.ts';
import type { Random } from '../platform/random.ts';
import type { Flaws } from './misbehaviour.ts';
import { encrypt, signature } from './sealing.ts';

export interface SealContext {
  readonly encryptKey: string;
  readonly random: Random;
  readonly now: () => number;
}

const DEEP = 100_000;

/** Serialises, encrypts and signs an envelope with a fresh nonce and timestamp (seconds). */
export function sealPush(envelope: unknown, context: SealContext, flaws: Flaws = {}): PushBody {
  const { encryptKey, random } = context;
  const plain = plainBytes(envelope, flaws);
  const encrypting = encryptKey !== '' && !flaws.unencrypted;
  let body = encrypting ? sealedBytes(plain, context, flaws) : plain;
  if (flaws.truncated) body = body.subarray(0, Math.floor(body.length / 2));
  if (flaws.oversize) body = Buffer.concat([body, Buffer.alloc(1024 * 1024 + 1, ' ')]);

  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  if (encryptKey === '' || flaws.missingSignature) return { body, headers };
  const timestamp = String(Math.floor(context.now() / 1000) - (flaws.staleSeconds ?? 0));
  const nonce = String(random.int(1_000_000_000));
  headers['x-lark-request-timestamp'] = timestamp;
  headers['x-lark-request-nonce'] = nonce;
  headers['x-lark-signature'] = flaws.forgedSignature ? random.hex(64) : signature(timestamp, nonce, encryptKey, body);
  return { body, headers };
}

function plainBytes(envelope: unknown, flaws: Flaws): Buffer {
  if (flaws.deepJson) return Buffer.from(`{"schema":"2.0","a":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`);
  const bytes = Buffer.from(flaws.spacedJson ? spaced(envelope) : JSON.stringify(envelope), 'utf8');
  if (!flaws.notUtf8) return bytes;
  const quote = bytes.lastIndexOf('"');
  return Buffer.concat([bytes.subarray(0, quote), Buffer.from([0xff, 0xfe]), bytes.subarray(quote)]);
}

function sealedBytes(plain: Buffer, { encryptKey, random }: SealContext, flaws: Flaws): Buffer {
  let sealed = encrypt(plain, encryptKey, random.bytes(16));
  if (flaws.brokenPadding) {
    const bytes = Buffer.from(sealed, 'base64');
    sealed = bytes.subarray(0, bytes.length - 1).toString('base64');
  }
  return Buffer.from(flaws.spacedJson ? spaced({ encrypt: sealed }) : JSON.stringify({ encrypt: sealed }));
}

/** The same JSON value in bytes that no compact serialiser would produce. */
function spaced(value: unknown): string {
  const pretty = JSON.stringify(value, null, 2).replaceAll('/', '\\/');
  return `${pretty.replace(/[\u4e00-\u5fff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)}\n`;
}
