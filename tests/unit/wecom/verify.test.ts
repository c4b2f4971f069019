/** What must not pass: forged, plain, bombed, oversized, wrongly padded, of another company. */
import { encrypt } from '@wecom/crypto';
import { describe, expect, it } from 'vitest';
import { createVerifier } from '../../../adapters/wecom/verify.ts';
import type { RawRequest } from '../../../src/channel/channel.ts';
import { corpId, echo, envelope, keys, messageXml, nowMs, plain, post, push, sealBytes } from './sealing.ts';

const verify = createVerifier({ ...keys, corpId }, () => nowMs);
const withQuery = (request: RawRequest, query: Record<string, string | string[] | undefined>): RawRequest => ({
  ...request,
  query: { ...request.query, ...query },
});
const sealedPush = (padded: Buffer) => {
  const sealed = sealBytes(padded);
  return post(envelope(sealed), sealed);
};

it('a sound push opens to the XML as it was', () => {
  expect(verify.push(push(messageXml()))).toEqual({ ok: true, text: messageXml() });
});

it('line breaks between elements, another order and no AgentID make no difference', () => {
  const sealed = encrypt(keys.aesKey, messageXml(), corpId);
  const body = `\r\n<xml>\n  <Encrypt><![CDATA[${sealed}]]></Encrypt>\n\t<ToUserName><![CDATA[x]]></ToUserName>\n</xml>\n`;
  expect(verify.push(post(body, sealed))).toMatchObject({ ok: true });
});

describe('signatures', () => {
  const good = push(messageXml());
  const given = String(good.query.msg_signature);
  it.each([
    ['one flipped digit', { msg_signature: `${given[0] === '0' ? '1' : '0'}${given.slice(1)}` }, 'bad_signature'],
    ['another length', { msg_signature: given.slice(1) }, 'bad_signature'],
    ['not hex', { msg_signature: 'z'.repeat(40) }, 'bad_signature'],
    ['none', { msg_signature: undefined }, 'missing_signature'],
    ['two', { msg_signature: [given, given] }, 'missing_signature'],
    ['no nonce', { nonce: undefined }, 'missing_signature'],
    ['another nonce', { nonce: 'other' }, 'bad_signature'],
    ['no timestamp', { timestamp: undefined }, 'missing_signature'],
    ['a timestamp that is no number', { timestamp: '1e9' }, 'stale_timestamp'],
    ['an empty timestamp', { timestamp: '' }, 'stale_timestamp'],
  ])('%s', (_name, query, reason) => {
    expect(verify.push(withQuery(good, query))).toEqual({ ok: false, status: 401, reason });
  });

  it('signed with another token', () => {
    expect(verify.push(push(messageXml(), { token: 'another' }))).toMatchObject({
      status: 401,
      reason: 'bad_signature',
    });
  });

  it('five minutes either way and not a second more', () => {
    for (const age of [300, -300]) expect(verify.push(push(messageXml(), { age })).ok).toBe(true);
    for (const age of [301, -301])
      expect(verify.push(push(messageXml(), { age }))).toMatchObject({ status: 401, reason: 'stale_timestamp' });
  });
});

describe('envelopes', () => {
  const sealed = encrypt(keys.aesKey, messageXml(), corpId);
  const bomb = `<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>`;
  it.each([
    ['the plain XML', messageXml()],
    ['nothing', ''],
    ['JSON', JSON.stringify({ encrypt: sealed })],
    ['an entity bomb', bomb + envelope(sealed)],
    ['a document type inside', envelope(sealed).replace('<AgentID>', '<!DOCTYPE x><AgentID>')],
    ['an attribute', envelope(sealed).replace('<Encrypt>', '<Encrypt a="b">')],
    ['a comment', envelope(sealed).replace('<Encrypt>', '<!-- --><Encrypt>')],
    ['half of it', envelope(sealed).slice(0, 200)],
    ['something behind it', `${envelope(sealed)}<xml></xml>`],
    ['two ciphertexts', envelope(sealed).replace('</xml>', `<Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`)],
    ['a ciphertext deeper down', `<xml><a><Encrypt><![CDATA[${sealed}]]></Encrypt></a></xml>`],
    ['a ciphertext with an element in it', `<xml><Encrypt>${sealed}<b></b></Encrypt></xml>`],
  ])('%s', (_name, body) => {
    expect(verify.push(post(body, sealed))).toEqual({ ok: false, status: 400, reason: 'bad_envelope' });
  });

  it('an entity instead of the ciphertext is not expanded', () => {
    expect(verify.push(post('<xml><Encrypt>&lol;</Encrypt></xml>', '&lol;'))).toMatchObject({
      status: 400,
      reason: 'bad_encryption',
    });
  });

  it('more than 256 KiB are not even looked at; bytes that are no UTF-8 are refused', () => {
    const large = Buffer.concat([Buffer.from(envelope(sealed)), Buffer.alloc(256 * 1024, ' ')]);
    expect(verify.push(post(large, sealed))).toMatchObject({ status: 413, reason: 'too_large' });
    expect(verify.push(post(Buffer.from([0x3c, 0xff]), sealed))).toMatchObject({ status: 400, reason: 'not_utf8' });
  });
});

describe('ciphertexts', () => {
  const padded = plain(messageXml());
  const withByte = (at: number, byte: number) => Buffer.from(padded).fill(byte, at, at + 1);
  it.each([
    ['padding 0', withByte(padded.length - 1, 0)],
    ['padding 33', withByte(padded.length - 1, 33)],
    ['a padding byte that differs', withByte(padded.length - 2, 200)],
    ['a length beyond everything', plain(messageXml(), 0x7fffffff)],
    ['a length beyond the message by one', plain(messageXml(), Buffer.byteLength(messageXml()) + corpId.length + 1)],
    ['too short for a head', Buffer.alloc(32, 16)],
  ])('%s', (_name, bytes) => {
    expect(verify.push(sealedPush(bytes))).toEqual({ ok: false, status: 400, reason: 'bad_encryption' });
  });

  it.each([
    ['empty', ''],
    ['no base64', '天'.repeat(20)],
    ['not a whole block', Buffer.alloc(48).toString('base64')],
    ['a blank inside', encrypt(keys.aesKey, messageXml(), corpId).replace(/^(.{8})/, '$1 ')],
  ])('%s', (_name, sealed) => {
    expect(verify.push(post(`<xml><Encrypt>${sealed}</Encrypt></xml>`, sealed))).toMatchObject({
      status: 400,
      reason: 'bad_encryption',
    });
  });

  it('a flipped last byte is refused, which the official package reads as garbage', () => {
    const bytes = Buffer.from(encrypt(keys.aesKey, messageXml(), corpId), 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
    const sealed = bytes.toString('base64');
    expect(verify.push(post(envelope(sealed), sealed))).toMatchObject({ status: 400, reason: 'bad_encryption' });
  });

  it('another company, the empty id of a bot, and our id with something behind it', () => {
    for (const receiveId of ['ww00000000000000ff', '', `${corpId}x`]) {
      expect(verify.push(push(messageXml(), { receiveId }))).toEqual({ ok: false, status: 403, reason: 'wrong_corp' });
    }
  });

  it('bytes inside that are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('<xml>'), Buffer.from([0xff, 0xfe]), Buffer.from('</xml>')]);
    expect(verify.push(sealedPush(plain(bytes)))).toMatchObject({ status: 400, reason: 'not_utf8' });
  });
});

describe('the check of the address', () => {
  const sealed = encrypt(keys.aesKey, '1616140317555161061', corpId, Buffer.from('c41b64491c2468d0'));
  it('answers the echo to the byte', () => {
    expect(verify.echo(echo(sealed))).toEqual({ ok: true, text: '1616140317555161061' });
  });

  it('a + that became a blank is not the echo that was signed', () => {
    let plus = sealed;
    while (!plus.includes('+')) plus = encrypt(keys.aesKey, '1616140317555161061', corpId);
    expect(verify.echo(withQuery(echo(plus), { echostr: plus.replaceAll('+', ' ') }))).toMatchObject({ status: 401 });
  });

  it.each([
    ['none', undefined],
    ['empty', ''],
    ['two', [sealed, sealed]],
    ['a long one', 'A'.repeat(2048)],
  ])('%s', (_name, echostr) => {
    expect(verify.echo(withQuery(echo(sealed), { echostr }))).toMatchObject({ status: 400, reason: 'no_echo' });
  });

  it('of another company', () => {
    expect(verify.echo(echo(encrypt(keys.aesKey, '1', 'ww00000000000000ff')))).toMatchObject({ status: 403 });
  });
});
