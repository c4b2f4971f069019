/** A WeCom push at its cheapest: no XML is parsed, the few things needed are found where the platform writes them. */
import { createDecipheriv, createSecretKey, hash, timingSafeEqual } from 'node:crypto';
import { parse } from 'node:querystring';
import { isRecent, type Opener } from './opener.ts';

export interface WecomKeys {
  readonly token: string;
  /** 43 characters. */
  readonly aesKey: string;
  readonly corpId: string;
}

const BLOCK = 32;
/** 16 random bytes and the length in front of the message. */
const HEAD = 20;
const CDATA = '<![CDATA[';

export function createWecomOpener({ token, aesKey, corpId }: WecomKeys): Opener {
  const keyBytes = Buffer.from(`${aesKey}=`, 'base64');
  const key = createSecretKey(keyBytes);
  const iv = keyBytes.subarray(0, 16);
  const receiver = Buffer.from(corpId);

  /** Whole blocks leave the decipher at once, so that there is nothing to wait for at its end. */
  function decrypt(sealed: string): Buffer | null {
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes.length === 0 || bytes.length % BLOCK !== 0) return null;
    return unpad(createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false).update(bytes));
  }

  return {
    contentType: 'text/plain; charset=utf-8',
    answer: '',
    open({ url = '' }, body) {
      // What is found is what is signed, so that nothing else of the envelope can do harm.
      const sealed = between(body.toString('latin1'), `<Encrypt>${CDATA}`, ']');
      if (sealed === null) return 400;
      if (!isSigned(url, sealed, token)) return 401;
      const plain = decrypt(sealed);
      if (plain === null || plain.length < HEAD) return 400;
      const end = HEAD + plain.readUInt32BE(HEAD - 4);
      if (end > plain.length) return 400;
      if (!plain.subarray(end).equals(receiver)) return 403;
      const text = plain.toString('utf8', HEAD, end);
      const sender = between(text, `<FromUserName>${CDATA}`, ']');
      // From behind: a colleague's words, which stand in front of it, may look like one.
      const id = between(text, '<MsgId>', '<', text.lastIndexOf('<MsgId>'));
      return sender === null || id === null ? 400 : { tenant: corpId, key: id, chat: sender, text };
    },
  };
}

function isSigned(url: string, sealed: string, token: string): boolean {
  const { msg_signature: signature, timestamp, nonce } = parse(url.slice(url.indexOf('?') + 1));
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string') return false;
  if (!isRecent(timestamp)) return false;
  const digest = hash('sha1', [token, timestamp, nonce, sealed].sort().join(''), 'buffer');
  const given = Buffer.from(signature, 'hex');
  return given.length === digest.length && timingSafeEqual(given, digest);
}

/** PKCS#7 to blocks of 32, which node's own unpadding does not know. */
function unpad(padded: Buffer): Buffer | null {
  const count = padded[padded.length - 1] ?? 0;
  if (count < 1 || count > BLOCK) return null;
  const end = padded.length - count;
  for (let at = end; at < padded.length; at += 1) if (padded[at] !== count) return null;
  return padded.subarray(0, end);
}

function between(text: string, open: string, close: string, from = 0): string | null {
  const at = from < 0 ? -1 : text.indexOf(open, from);
  const end = at < 0 ? -1 : text.indexOf(close, at + open.length);
  return end < 0 ? null : text.slice(at + open.length, end);
}
