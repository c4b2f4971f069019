/** Decides whether a raw callback body really comes from Feishu for our app, before anything in it is believed. */
import type { RawRequest } from '../../src/channel/channel.ts';
import { decodeText, decrypt, deriveKey } from './decrypt.ts';
import { isDeeperThan } from './depth.ts';
import { field, isRecord, type JsonRecord } from './json.ts';
import { checkSignature, type SignatureFault, sameBytes } from './signature.ts';

/** Why a callback was refused: the words that appear in the log. */
export type VerifyRefusal =
  | SignatureFault
  | 'bad_json'
  | 'not_encrypted'
  | 'bad_encryption'
  | 'not_utf8'
  | 'too_deep'
  | 'wrong_token';

export type Verified =
  | { readonly ok: true; readonly kind: 'event'; readonly envelope: JsonRecord; readonly text: string }
  | { readonly ok: true; readonly kind: 'challenge'; readonly challenge: string }
  | { readonly ok: false; readonly status: 400 | 401 | 403 | 422; readonly reason: VerifyRefusal };

export interface VerifySettings {
  readonly encryptKey: string;
  readonly verificationToken: string;
}

type Refused = Extract<Verified, { ok: false }>;

const maxDepth = 64;
/** A challenge is about 200 bytes; more is not worth a decryption for somebody who did not sign. */
const maxChallengeBytes = 4096;

/**
 * Signature over the raw bytes, then decryption, then the token inside. Only the address check of the console
 * (`url_verification`) is unsigned: it passes when it decrypts with our key and carries our token, and every other
 * unsigned body gets one and the same refusal, so that nobody can probe the padding.
 */
export function createVerifier(settings: VerifySettings, now: () => number): (request: RawRequest) => Verified {
  const key = deriveKey(settings.encryptKey);
  const signingKey = Buffer.from(settings.encryptKey, 'utf8');
  const token = Buffer.from(settings.verificationToken, 'utf8');

  function open(body: Buffer): Verified {
    const outerText = decodeText(body);
    if (outerText === null) return refuse(400, 'not_utf8');
    const outer = parse(outerText);
    if (!outer) return refuse(400, 'bad_json');
    const encrypted = field(outer, 'encrypt');
    if (typeof encrypted !== 'string') return refuse(400, 'not_encrypted');
    const plain = decrypt(encrypted, key);
    if (plain === null) return refuse(400, 'bad_encryption');
    const text = decodeText(plain);
    if (text === null) return refuse(400, 'not_utf8');
    if (isDeeperThan(plain, maxDepth)) return refuse(422, 'too_deep');
    const envelope = parse(text);
    if (!envelope) return refuse(400, 'bad_json');
    const header = field(envelope, 'header');
    const sent = (isRecord(header) ? field(header, 'token') : undefined) ?? field(envelope, 'token');
    if (typeof sent !== 'string' || !sameBytes(Buffer.from(sent, 'utf8'), token)) return refuse(403, 'wrong_token');
    const challenge = field(envelope, 'challenge');
    if (field(envelope, 'type') === 'url_verification' && typeof challenge === 'string') {
      return { ok: true, kind: 'challenge', challenge };
    }
    return { ok: true, kind: 'event', envelope, text };
  }

  return (request) => {
    const fault = checkSignature(request, signingKey, now());
    if (fault === null) return open(request.body);
    const opened = request.body.length > maxChallengeBytes ? null : open(request.body);
    return opened?.ok && opened.kind === 'challenge' ? opened : refuse(401, fault);
  };
}

function parse(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function refuse(status: Refused['status'], reason: VerifyRefusal): Refused {
  return { ok: false, status, reason };
}
