/** The bytes and query of one callback, sound or flawed on purpose. */
import type { PushBody } from '../platform/http-push.ts';
import type { Random } from '../platform/random.ts';
import type { OutgoingEvent } from './events.ts';
import type { Flaws } from './misbehaviour.ts';
import type { CallbackKeys } from './options.ts';
import { encryptPadded, pad, plaintext, signature } from './sealing.ts';
import { writeXml, type XmlFields } from './xml.ts';

export interface SealContext {
  readonly corpId: string;
  readonly keys: CallbackKeys;
  readonly random: Random;
  readonly now: () => number;
}

const HEADERS = { 'content-type': 'text/xml; charset=utf-8' };
const STRANGER = 'ww00000000000000ff';

/** Writes, encrypts and signs a callback with fresh random bytes, nonce and timestamp (seconds). */
export function sealPush(event: OutgoingEvent, context: SealContext, flaws: Flaws = {}): PushBody {
  const sealed = flaws.emptyEncrypt ? '' : seal(event, context, flaws);
  const outside = flaws.wrongCorp ? STRANGER : context.corpId;
  return {
    body: bodyOf(event, sealed, outside, flaws),
    headers: HEADERS,
    query: signedQuery(sealed, context, flaws),
  };
}

/** `msg_signature`, `timestamp` and `nonce` as the query carries them. */
export function signedQuery(sealed: string, { keys, random, now }: SealContext, flaws: Flaws = {}): string {
  const timestamp = String(Math.floor(now() / 1000));
  const nonce = String(random.int(2_000_000_000));
  const token = flaws.wrongToken ? random.hex(16) : keys.token;
  const sound = signature(token, timestamp, nonce, sealed);
  const given = flaws.forgedSignature ? flipDigit(sound) : sound;
  const rest = `timestamp=${timestamp}&nonce=${nonce}`;
  return flaws.missingSignature ? rest : `msg_signature=${given}&${rest}`;
}

/** The inner XML of an event, sealed. */
function seal(event: OutgoingEvent, { corpId, keys, random }: SealContext, flaws: Flaws = {}): string {
  const inner = innerBytes(event.fields, flaws);
  if (flaws.unencrypted) return inner.toString('utf8');
  const receiveId = flaws.wrongReceiveId ? STRANGER : corpId;
  const letters = Buffer.from(random.hex(16));
  const plain = plaintext(inner, receiveId, letters, flaws.wrongLength ? 0x7fffffff : undefined);
  const sealed = encryptPadded(padded(plain, flaws), keys.aesKey);
  return flaws.tampered ? flipLastByte(sealed) : sealed;
}

function innerBytes(fields: XmlFields, flaws: Flaws): Buffer {
  const lied = flaws.wrongCorp ? { ...fields, ToUserName: STRANGER } : fields;
  const bytes = Buffer.from(writeXml(lied, flaws.spacedXml));
  if (!flaws.notUtf8) return bytes;
  const inside = bytes.indexOf(']]>');
  return Buffer.concat([bytes.subarray(0, inside), Buffer.from([0xff, 0xfe]), bytes.subarray(inside)]);
}

/** With 33 as last byte everything else stays as it was: a reader that trusts it strips a byte too many. */
function padded(plain: Buffer, { padByte }: Flaws): Buffer {
  const bytes = pad(plain);
  if (padByte !== undefined) bytes[bytes.length - 1] = padByte;
  return bytes;
}

function bodyOf(event: OutgoingEvent, sealed: string, corpId: string, flaws: Flaws): Buffer {
  if (flaws.unencrypted) return Buffer.from(sealed);
  const AgentID = event.agentId === null ? '' : String(event.agentId);
  const envelope = flaws.bareEnvelope
    ? { Encrypt: sealed, ToUserName: corpId }
    : { ToUserName: corpId, AgentID, Encrypt: sealed };
  const xml = writeXml(envelope, flaws.spacedXml);
  if (flaws.entityBomb) return Buffer.from(BOMB + xml.replace(/(<ToUserName>).*?(<\/ToUserName>)/s, '$1&lol9;$2'));
  const body = Buffer.from(xml);
  if (flaws.truncated) return body.subarray(0, Math.floor(body.length / 2));
  return flaws.oversize ? Buffer.concat([body, Buffer.alloc(1024 * 1024 + 1, ' ')]) : body;
}

const ENTITIES = Array.from({ length: 9 }, (_, i) => {
  const inner = i === 0 ? 'lol' : `&lol${i};`.repeat(10);
  return `<!ENTITY lol${i + 1} "${inner}">`;
});
const BOMB = `<?xml version="1.0"?><!DOCTYPE xml [${ENTITIES.join('')}]>`;

const flipDigit = (hex: string): string => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`;

function flipLastByte(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
  return bytes.toString('base64');
}
