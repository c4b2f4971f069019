/** The bytes, headers and query of one push over HTTP, sound or flawed on purpose (dingtalk.md §2). */
import type { PushBody } from '../../platform/http-push.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Random } from '../../platform/random.ts';
import type { OutgoingEvent } from '../events.ts';
import type { Flaws } from '../misbehaviour.ts';
import type { ResolvedOptions } from '../options.ts';
import { encryptPacked, hmac, pack, robotSign, signature } from '../sealing.ts';

export interface SealContext {
  readonly options: Pick<ResolvedOptions, 'clientId' | 'clientSecret' | 'token' | 'aesKey'>;
  readonly random: Random;
  readonly now: () => number;
}

const STRANGER = 'dingffffffffffffffff';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** A push of any kind with fresh nonce and timestamp. */
export function writePush(event: OutgoingEvent, context: SealContext, flaws: Flaws = {}): PushBody {
  if (event.kind === 'event') return sealPush(oldEvent(event), context, flaws);
  return event.kind === 'robot' ? signRobot(event.data, context, flaws) : signCard(event, context, flaws);
}

/** `{"encrypt": …}` with signature, timestamp and nonce in the query. */
export function sealPush(inner: JsonObject, { options, random, now }: SealContext, flaws: Flaws = {}): PushBody {
  const owner = flaws.wrongOwner ? STRANGER : options.clientId;
  const packed = pack(JSON.stringify(inner), owner, random.hex(16), flaws.wrongLength ? 0x7fffffff : undefined);
  if (flaws.padByte !== undefined) packed[packed.length - 1] = flaws.padByte;
  const sealed = flaws.emptyEncrypt ? '' : encryptPacked(packed, options.aesKey);
  const sent = flaws.tampered ? flipLastByte(sealed) : sealed;
  const [timestamp, nonce] = [String(now()), random.hex(16)];
  const sound = signature(flaws.wrongToken ? random.hex(8) : options.token, timestamp, nonce, sent);
  const [given, time] = flaws.oldNames ? ['signature', 'timeStamp'] : ['msg_signature', 'timestamp'];
  const signed = flaws.missingSignature ? '' : `${given}=${flaws.forgedSignature ? flipFirst(sound) : sound}&`;
  return {
    body: bent(JSON.stringify({ encrypt: sent }), flaws),
    headers: JSON_TYPE,
    query: `${signed}${time}=${timestamp}&nonce=${nonce}`,
  };
}

function signRobot(data: JsonObject, { options, random, now }: SealContext, flaws: Flaws): PushBody {
  const timestamp = String(now() - (flaws.signedAgoMs ?? 0));
  const sound = robotSign(flaws.wrongToken ? random.hex(32) : options.clientSecret, timestamp);
  const sign = flaws.forgedSignature ? flipFirst(sound) : sound;
  const headers = { ...JSON_TYPE, timestamp, ...(!flaws.missingSignature && { sign }) };
  return { body: bent(JSON.stringify(data), flaws), headers };
}

function signCard(event: OutgoingEvent, { random, now }: SealContext, flaws: Flaws): PushBody {
  const body = bent(JSON.stringify(event.data), flaws);
  const secret = event.registered?.apiSecret ?? null;
  if (secret === null || flaws.missingSignature) return { body, headers: JSON_TYPE };
  const timestamp = String(now());
  const sound = hmac(flaws.wrongToken ? random.hex(16) : secret, timestamp);
  const sign = flaws.forgedSignature ? flipFirst(sound) : sound;
  return { body, headers: { ...JSON_TYPE, 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': sign } };
}

/** Over HTTP the fields begin with a capital, `eventId` excepted. */
function oldEvent({ eventType, corpId, data }: OutgoingEvent): JsonObject {
  const capital = (name: string): string => (name === 'eventId' ? name : `${name[0]?.toUpperCase()}${name.slice(1)}`);
  const fields = Object.entries(data).map(([name, value]) => [capital(name), value]);
  return { EventType: eventType, CorpId: corpId, ...Object.fromEntries(fields) };
}

function bent(words: string, flaws: Flaws): Buffer {
  const body = Buffer.from(words);
  if (flaws.truncated) return body.subarray(0, Math.floor(body.length / 2));
  return flaws.oversize ? Buffer.concat([body, Buffer.alloc(1024 * 1024 + 1, ' ')]) : body;
}

const flipFirst = (words: string): string => `${words.startsWith('0') ? '1' : '0'}${words.slice(1)}`;

function flipLastByte(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
  return bytes.toString('base64');
}
