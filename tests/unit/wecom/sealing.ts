/** Seals callbacks the way WeCom does, by the official package; wrong paddings and lengths by hand. */
import { createCipheriv, randomBytes } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import type { RawRequest } from '../../../src/channel/channel.ts';

export const corpId = 'ww1436e0e65a779aee';
export const agentId = 1000002;
export const keys = {
  token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
  aesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
};
export const nowMs = 1_700_000_000_000;

export interface Sealing {
  readonly receiveId?: string;
  readonly token?: string;
  /** Seconds before now. */
  readonly age?: number;
}

/** A signed query over this ciphertext. */
function signed(sealed: string, { token = keys.token, age = 0 }: Sealing = {}): Record<string, string> {
  const timestamp = String(nowMs / 1000 - age);
  return { msg_signature: getSignature(token, timestamp, 'nonce7', sealed), timestamp, nonce: 'nonce7' };
}

export const envelope = (sealed: string): string =>
  `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID><![CDATA[${agentId}]]></AgentID><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;

/** A POST with this body, signed as if `sealed` stood in it. */
export function post(body: string | Buffer, sealed: string, sealing: Sealing = {}): RawRequest {
  return { method: 'POST', headers: {}, query: signed(sealed, sealing), body: Buffer.from(body) };
}

export function push(xml: string, sealing: Sealing = {}): RawRequest {
  const sealed = encrypt(keys.aesKey, xml, sealing.receiveId ?? corpId);
  return post(envelope(sealed), sealed, sealing);
}

export function echo(sealed: string, sealing: Sealing = {}): RawRequest {
  const query = { ...signed(sealed, sealing), echostr: sealed };
  return { method: 'GET', headers: {}, query, body: Buffer.alloc(0) };
}

/** Encrypts these bytes as they are: padding and length are the caller's. */
export function sealBytes(padded: Buffer): string {
  const key = Buffer.from(`${keys.aesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** `random ‖ length ‖ message ‖ receiveid`, padded; the length may lie. */
export function plain(message: string | Buffer, length?: number, id = corpId): Buffer {
  const body = Buffer.from(message);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length ?? body.length);
  const bytes = Buffer.concat([randomBytes(16), head, body, Buffer.from(id)]);
  const count = 32 - (bytes.length % 32);
  return Buffer.concat([bytes, Buffer.alloc(count, count)]);
}

/** Texts in CDATA, numbers bare, objects nested, lists repeated. */
export type Fields = { readonly [name: string]: string | number | Fields | readonly (string | Fields)[] };

function xmlOf(fields: Fields): string {
  const write = (inner: Fields): string =>
    Object.entries(inner)
      .map(([name, value]) => {
        const items = Array.isArray(value) ? value : [value];
        return items.map((item) => `<${name}>${content(item)}</${name}>`).join('');
      })
      .join('');
  const content = (value: string | number | Fields): string => {
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' ? `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : write(value);
  };
  return `<xml>${write(fields)}</xml>`;
}

const head = { ToUserName: corpId, FromUserName: 'zhangsan', CreateTime: 1_700_000_000 };

export const messageXml = (fields: Fields = {}): string =>
  xmlOf({
    ...head,
    MsgType: 'text',
    Content: '客户问：能不能报个价',
    MsgId: '7294958612345678901',
    AgentID: agentId,
    ...fields,
  });

export const eventXml = (event: string, fields: Fields = {}): string =>
  xmlOf({ ...head, MsgType: 'event', Event: event, ...fields });

export const tapXml = (fields: Fields = {}): string =>
  eventXml('template_card_event', {
    EventKey: 'key-advance',
    TaskId: 'liaodan-k1',
    CardType: 'button_interaction',
    ResponseCode: 'code-of-the-tap',
    AgentID: agentId,
    ...fields,
  });

export const contactXml = (change: string, fields: Fields = {}): string =>
  eventXml('change_external_contact', {
    FromUserName: 'sys',
    ChangeType: change,
    UserID: 'zhangsan',
    ExternalUserID: 'wmQ7bXCgAAdDkYxPcKm0J4sMZfN2vH1w',
    ...fields,
  });
