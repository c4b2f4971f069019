/** Decides whether a raw callback really comes from WeCom for our company, before anything in it is believed. */
import { isUtf8 } from 'node:buffer';
import type { RawRequest } from '../../src/channel/channel.ts';
import { decrypt, type Opened, readKey } from './decrypt.ts';
import { scanXml } from './scan.ts';
import { checkSignature, type SignatureFault } from './signature.ts';

/** Why a callback was refused: the words that appear in the log. */
export type VerifyRefusal =
  | SignatureFault
  | 'too_large'
  | 'bad_envelope'
  | 'no_echo'
  | 'wrong_corp'
  | Extract<Opened, { ok: false }>['reason'];

export type Verified =
  /** `text`: the decrypted XML of a push, or the echo that saving the address in the console wants back. */
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly status: 400 | 401 | 403 | 413; readonly reason: VerifyRefusal };

export interface VerifySettings {
  readonly token: string;
  readonly aesKey: string;
  readonly corpId: string;
}

/** A message is 2 KB, the largest event (an approval with its form) some dozens. */
const maxBytes = 256 * 1024;
/** A number of 20 digits and the company's id, sealed. */
const maxEcho = 1024;

export interface Verifier {
  /** The check of the address when it is saved in the console. https://developer.work.weixin.qq.com/document/path/90930 */
  echo(request: RawRequest): Verified;
  push(request: RawRequest): Verified;
}

/** Signature over the ciphertext first (CBC alone can be bent unnoticed), then decryption, then whose company it is for. */
export function createVerifier(settings: VerifySettings, now: () => number): Verifier {
  const key = readKey(settings.aesKey);

  function open(query: RawRequest['query'], sealed: string): Verified {
    const fault = checkSignature(query, sealed, settings.token, now());
    if (fault !== null) return refuse(401, fault);
    const opened = decrypt(sealed, key);
    if (!opened.ok) return refuse(400, opened.reason);
    if (opened.receiveId !== settings.corpId) return refuse(403, 'wrong_corp');
    return { ok: true, text: opened.message };
  }

  return {
    echo({ query }) {
      const { echostr } = query;
      if (typeof echostr !== 'string' || echostr === '' || echostr.length > maxEcho) return refuse(400, 'no_echo');
      return open(query, echostr);
    },
    push({ query, body }) {
      if (body.length > maxBytes) return refuse(413, 'too_large');
      if (!isUtf8(body)) return refuse(400, 'not_utf8');
      const sealed = readEnvelope(body.toString('utf8'));
      return sealed === null ? refuse(400, 'bad_envelope') : open(query, sealed);
    },
  };
}

/** The text of the one `<Encrypt>`. The other elements are not signed: nothing is taken from them. */
function readEnvelope(text: string): string | null {
  const sealed = scanXml(text)?.filter(([name]) => name === 'Encrypt');
  return sealed?.length === 1 ? (sealed[0]?.[1] ?? null) : null;
}

function refuse(status: Extract<Verified, { ok: false }>['status'], reason: VerifyRefusal): Verified {
  return { ok: false, status, reason };
}
