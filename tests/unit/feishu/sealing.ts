/** Seals callback bodies the way Feishu does, independently of the code under test. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { RawRequest } from '../../../src/channel/channel.ts';

export const appId = 'cli_a1b2c3d4e5f60718';
export const ourTenant = '2ca1d211f64f6438';
export const keys = { encryptKey: 'test-key', verificationToken: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV' };
export const nowMs = 1_609_073_151_000;

/** AES-256-CBC under SHA-256 of the key, IV in front, base64. */
export function seal(plain: string | Buffer, encryptKey = keys.encryptKey): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64');
}

export function sign(body: string | Buffer, timestamp: string, nonce: string, encryptKey = keys.encryptKey): string {
  const head = Buffer.from(timestamp + nonce + encryptKey);
  return createHash('sha256')
    .update(Buffer.concat([head, Buffer.from(body)]))
    .digest('hex');
}

/** A signed request for this body, sent `ageSeconds` ago. */
export function signedRequest(body: string | Buffer, ageSeconds = 0): RawRequest {
  const timestamp = String(Math.floor(nowMs / 1000) - ageSeconds);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': '473920',
    'x-lark-signature': sign(body, timestamp, '473920'),
  };
  return { method: 'POST', headers, query: {}, body: Buffer.from(body) };
}

/** A signed and encrypted request for this envelope (JSON text, bytes, or a value). */
export function sealedRequest(envelope: unknown, ageSeconds = 0): RawRequest {
  const plain = typeof envelope === 'string' || Buffer.isBuffer(envelope) ? envelope : JSON.stringify(envelope);
  return signedRequest(JSON.stringify({ encrypt: seal(plain) }), ageSeconds);
}

export interface MessageFacts {
  readonly text?: string;
  readonly type?: string;
  readonly content?: unknown;
  readonly chatType?: 'p2p' | 'group';
  readonly messageId?: string;
  readonly senderTenant?: string;
  readonly mentions?: readonly object[];
  readonly header?: object;
  readonly message?: object;
}

/** The envelope of im.message.receive_v1 with everything the platform sends. */
export function messageEnvelope(facts: MessageFacts = {}) {
  return {
    schema: '2.0',
    header: {
      event_id: '5e3702a84e847582be8db7fb73283c02',
      event_type: 'im.message.receive_v1',
      create_time: '1608725989000',
      token: keys.verificationToken,
      app_id: appId,
      tenant_key: ourTenant,
      ...facts.header,
    },
    event: {
      sender: {
        sender_id: {
          union_id: 'on_8ed6aa67826108097d9ee143816345',
          user_id: null,
          open_id: 'ou_84aad35d084aa403a838cf73ee18467',
        },
        sender_type: 'user',
        tenant_key: facts.senderTenant ?? ourTenant,
      },
      message: {
        message_id: facts.messageId ?? 'om_5ce6d572455d361153b7cb51da133945',
        create_time: '1609073151345',
        update_time: '1687343654666',
        chat_id: 'oc_5ce6d572455d361153b7xx51da133945',
        chat_type: facts.chatType ?? 'group',
        message_type: facts.type ?? 'text',
        content: JSON.stringify(facts.content ?? { text: facts.text ?? '@_user_1 帮我报个价' }),
        ...(facts.mentions ? { mentions: facts.mentions } : {}),
        ...facts.message,
      },
    },
  };
}
