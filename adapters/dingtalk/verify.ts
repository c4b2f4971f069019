/** Decides whether a raw callback really comes from DingTalk for our app, before anything in it is believed (dingtalk.md §2). */
import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { RawRequest } from '../../src/channel/channel.ts';
import { decrypt, encrypt, type Opened, readKey } from './decrypt.ts';
import { type JsonRecord, parseRecord, textField } from './json.ts';
import { eventSignature, readInstant, robotSign, sameText } from './signature.ts';

/** Why a callback was refused: the words that appear in the log. */
export type VerifyRefusal =
  | 'too_large'
  | 'not_utf8'
  | 'bad_json'
  | 'missing_signature'
  | 'stale_timestamp'
  | 'bad_signature'
  | 'not_encrypted'
  | 'wrong_owner'
  | Extract<Opened, { ok: false }>['reason'];

export type Verified =
  /** `reply`: the sealed `success` that the push must be answered with. */
  | { readonly ok: true; readonly kind: 'event'; readonly data: JsonRecord; readonly reply: () => object }
  | { readonly ok: true; readonly kind: 'robot'; readonly data: JsonRecord }
  | { readonly ok: false; readonly status: 400 | 401 | 403 | 413; readonly reason: VerifyRefusal };

export interface VerifySettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly corpId: string;
  readonly token: string;
  readonly aesKey: string;
}

/** A rich text of the longest kind has some dozens of KB. */
const maxBytes = 256 * 1024;
/**
 * Either way; what the platform prescribes for robot messages, and events keep to as well because it is unknown whether
 * a repeated push is signed anew. A replay inside the window does nothing twice: pushes have keys.
 */
const windowMs = 3_600_000;

/**
 * One address takes two kinds of push, told apart by what is signed: an event carries its signature in the query, a robot
 * message in a header. Each is checked with its own secret, so one cannot pass for the other.
 */
export function createVerifier(settings: VerifySettings, now: () => number): (request: RawRequest) => Verified {
  const { clientId, clientSecret, corpId, token } = settings;
  const key = readKey(settings.aesKey);

  const isFresh = (timestamp: string): boolean => {
    const at = readInstant(timestamp);
    return at !== null && Math.abs(now() - at) <= windowMs;
  };

  function openEvent({ query, body }: RawRequest, given: string): Verified {
    const timestamp = query['timestamp'] ?? query['timeStamp'];
    const { nonce } = query;
    if (typeof timestamp !== 'string' || typeof nonce !== 'string') return refuse(401, 'missing_signature');
    if (!isFresh(timestamp)) return refuse(401, 'stale_timestamp');
    // The signature covers the sealed text alone: it is all that is taken out of the body.
    const outer = parseRecord(body.toString('utf8'));
    if (outer === null) return refuse(400, 'bad_json');
    const sealed = textField(outer, 'encrypt');
    if (sealed === null) return refuse(400, 'not_encrypted');
    if (!sameText(given, eventSignature(token, timestamp, nonce, sealed))) return refuse(401, 'bad_signature');
    const opened = decrypt(sealed, key);
    if (!opened.ok) return refuse(400, opened.reason);
    // Pushes of the console are sealed for the app, those of the old registration API for the company.
    if (opened.owner !== clientId && opened.owner !== corpId) return refuse(403, 'wrong_owner');
    const data = parseRecord(opened.message);
    return data === null
      ? refuse(400, 'bad_json')
      : { ok: true, kind: 'event', data, reply: () => sealSuccess(opened.owner) };
  }

  function openRobot(body: Buffer, sign: string, timestamp: string | string[] | undefined): Verified {
    if (typeof timestamp !== 'string') return refuse(401, 'missing_signature');
    if (!isFresh(timestamp)) return refuse(401, 'stale_timestamp');
    if (!sameText(sign, robotSign(clientSecret, timestamp))) return refuse(401, 'bad_signature');
    const data = parseRecord(body.toString('utf8'));
    return data === null ? refuse(400, 'bad_json') : { ok: true, kind: 'robot', data };
  }

  function sealSuccess(owner: string): object {
    const [timeStamp, nonce] = [String(now()), randomBytes(8).toString('hex')];
    const sealed = encrypt('success', owner, randomBytes(16), key);
    return { msg_signature: eventSignature(token, timeStamp, nonce, sealed), timeStamp, nonce, encrypt: sealed };
  }

  return (request) => {
    const { headers, query, body } = request;
    if (body.length > maxBytes) return refuse(413, 'too_large');
    if (!isUtf8(body)) return refuse(400, 'not_utf8');
    // The platform's documents use both names.
    const signature = query['msg_signature'] ?? query['signature'];
    if (typeof signature === 'string') return openEvent(request, signature);
    const sign = headers['sign'];
    return typeof sign === 'string' ? openRobot(body, sign, headers['timestamp']) : refuse(401, 'missing_signature');
  };
}

function refuse(status: Extract<Verified, { ok: false }>['status'], reason: VerifyRefusal): Verified {
  return { ok: false, status, reason };
}
