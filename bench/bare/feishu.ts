/** A Feishu push at its cheapest: signature over the bytes, decryption, JSON. */
import { createDecipheriv, createHash, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isRecent, type Opener } from './opener.ts';

interface MessageEnvelope {
  readonly header: { readonly tenant_key: string };
  readonly event: { readonly message: { readonly message_id: string; readonly chat_id: string } };
}

export function createFeishuOpener({ encryptKey }: { readonly encryptKey: string }): Opener {
  const key = createSecretKey(createHash('sha256').update(encryptKey).digest());
  return {
    contentType: 'application/json',
    answer: '{}',
    open({ headers }, body) {
      if (!isSigned(headers, body, encryptKey)) return 401;
      try {
        const text = decrypt((JSON.parse(body.toString()) as { encrypt: string }).encrypt, key);
        const { header, event } = JSON.parse(text) as MessageEnvelope;
        return { tenant: header.tenant_key, key: event.message.message_id, chat: event.message.chat_id, text };
      } catch {
        return 400;
      }
    },
  };
}

function isSigned(headers: IncomingHttpHeaders, body: Buffer, encryptKey: string): boolean {
  const timestamp = headers['x-lark-request-timestamp'];
  const nonce = headers['x-lark-request-nonce'];
  const signature = headers['x-lark-signature'];
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string') return false;
  if (!isRecent(timestamp)) return false;
  const digest = createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(body)
    .digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === digest.length && timingSafeEqual(given, digest);
}

function decrypt(sealed: string, key: KeyObject): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  return decipher.update(bytes.subarray(16), undefined, 'utf8') + decipher.final('utf8');
}
