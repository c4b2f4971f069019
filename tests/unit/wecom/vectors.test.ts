/** Independent vectors (wecom.md §6): official samples, the official Python and Java samples, and our own of both oracles. */

import { WecomCrypto } from '@wecom/aibot-node-sdk';
import { encrypt, getJsApiSignature } from '@wecom/crypto';
import { describe, expect, it } from 'vitest';
import { decrypt, readKey } from '../../../adapters/wecom/decrypt.ts';
import { scanXml, textOf } from '../../../adapters/wecom/scan.ts';
import { checkSignature } from '../../../adapters/wecom/signature.ts';
import { createVerifier } from '../../../adapters/wecom/verify.ts';
import { readXml } from '../../../adapters/wecom/xml.ts';

const a = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', corpId: 'wx5823bf96d3bd56c7' };
const b = {
  token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
  aesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
  corpId: 'ww1436e0e65a779aee',
};
const v2 =
  'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==';
const v4 =
  'cjhLUX7UU4yCSelv1vz7T0zT8huF51bAMVWriNvO1FMegHrQZNrtvRxbwf0fUPsFvwqR0U0fgiJNEA5Y30F2MoI2S7vv3EjVQ68C0cjw9frBoUE2Hj0BvFp9h3u6Vbsg4lc1C8AtHdaN8orKuNKkLRLuYEL52R1J3v8olJGZRLnRdVKIivixmX/eQpzgeExtp20jI1HxRP1AAZ6xZoILdqDPO549LO4WeG+685JRUTdiwcY5fjZlqeMxuT4PpMn1X9OWsS7NRj06Wa5E3Tvg4twjWp39KPfOdRte6P1T4JU=';

const query = (timestamp: string, nonce: string, msg_signature: string) => ({ timestamp, nonce, msg_signature });

describe('addresses saved in the console', () => {
  it.each([
    [
      'V1',
      a,
      ['1409659589', '263014780', '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3'],
      'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
      '1616140317555161061',
    ],
    [
      'V3',
      b,
      ['1476416373', '47744683', '012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb'],
      'fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==',
      '1288432023552776189',
    ],
  ] as const)(
    '%s answers with the echo and nothing else',
    (_name, keys, [timestamp, nonce, signature], echostr, echo) => {
      const verify = createVerifier(keys, () => Number(timestamp) * 1000);
      const request = {
        method: 'GET',
        headers: {},
        query: { ...query(timestamp, nonce, signature), echostr },
        body: Buffer.alloc(0),
      };
      expect(verify.echo(request)).toEqual({ ok: true, text: echo });
    },
  );
});

describe('pushes', () => {
  it('V2: the official message', () => {
    const verify = createVerifier(a, () => 1_409_659_813_000);
    const body = Buffer.from(
      `<xml><ToUserName><![CDATA[${a.corpId}]]></ToUserName><Encrypt><![CDATA[${v2}]]></Encrypt><AgentID><![CDATA[218]]></AgentID></xml>`,
    );
    const opened = verify.push({
      method: 'POST',
      headers: {},
      query: query('1409659813', '1372623149', '477715d11cdb4164915debcba66cb864d751f3e6'),
      body,
    });
    const xml = opened.ok ? opened.text : '';
    expect(readXml(xml)).toMatchObject({
      MsgType: 'text',
      Content: 'hello',
      MsgId: '4561255354251345929',
      AgentID: '218',
    });
    expect(textOf(scanXml(xml) ?? [], 'MsgId')).toBe('4561255354251345929');
  });

  it('V4: signature and cipher of a message whose content is broken', () => {
    const signature = 'e3647471e395139e2308c1fa963f2d648a00b90e';
    expect(checkSignature(query('1409659813', '1372623149', signature), v4, b.token, 1_409_659_813_000)).toBeNull();
    const opened = decrypt(v4, readKey(b.aesKey));
    expect(opened).toMatchObject({ ok: true, receiveId: b.corpId });
    expect(opened.ok && opened.message).toContain('"FromUserName": :mycreate"');
  });
});

describe('the cipher', () => {
  it('V5: what the Java sample makes is read', () => {
    const sealed = 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==';
    const opened = decrypt(sealed, readKey('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'));
    expect(opened).toEqual({ ok: true, message: '我是中文abcd123', receiveId: 'wxb11529c136998cb6' });
  });

  it.each([
    [
      'V7',
      a.corpId,
      '<xml><a>1</a></xml>',
      'sKqRbbiSUnDhFHOvPjtUMTPTmNtN3HdhYYuq+xfO4yHw7fJnQLXlKWVDmc3dCrze5pdIMoO7c/jS0XPEQGIKbg==',
      'fbc1703a7d843d8521e0a3549c542050c502e427',
    ],
    [
      'V8',
      '',
      '{"msgid":"m1"}',
      'sKqRbbiSUnDhFHOvPjtUMfVjahBaR/vjZ5OPZn2smTZw1GEbhzCwzbLV/KAxttk7TX88xLmz4JI1UVEd5Ekmwg==',
      '9768b8594153e940c4a03525d2ee86233ce7a2b8',
    ],
  ])('%s', (_name, receiveId, message, sealed, signature) => {
    expect(decrypt(sealed, readKey(a.aesKey))).toEqual({ ok: true, message, receiveId });
    expect(checkSignature(query('1700000000', 'nonce123', signature), sealed, a.token, 1_700_000_000_000)).toBeNull();
    expect(encrypt(a.aesKey, message, receiveId, Buffer.from('0123456789abcdef'))).toBe(sealed);
  });

  it('V9: an aligned message carries a whole block of padding', () => {
    const message = 'x'.repeat(64 - 20 - a.corpId.length);
    const sealed = encrypt(a.aesKey, message, a.corpId);
    expect(Buffer.from(sealed, 'base64')).toHaveLength(96);
    expect(decrypt(sealed, readKey(a.aesKey))).toEqual({ ok: true, message, receiveId: a.corpId });
  });

  it('agrees with the second oracle on every length of a block', () => {
    const oracle = new WecomCrypto(a.token, a.aesKey, a.corpId);
    for (let length = 0; length <= 64; length += 1) {
      const message = '价'.repeat(length);
      const { encrypt: sealed, signature } = oracle.encrypt(message, '1700000000', 'n');
      expect(decrypt(sealed, readKey(a.aesKey))).toEqual({ ok: true, message, receiveId: a.corpId });
      expect(checkSignature(query('1700000000', 'n', signature), sealed, a.token, 1_700_000_000_000)).toBeNull();
    }
  });
});

describe('pages', () => {
  const given = {
    nonceStr: 'Wm3WZYTPz0wzccnW',
    ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
    timestamp: 1414587457,
  };
  it.each([
    ['V6', 'http://mp.weixin.qq.com?params=value', '0f9de62fce790f9a083d5c99e95740ceb90c27ed'],
    ['V6b', 'http://mp.weixin.qq.com', 'f4d90daf4b3bca3078ab155816175ba34c443a7b'],
  ])('%s', (_name, url, signature) => {
    expect(getJsApiSignature({ ...given, url }).signature).toBe(signature);
  });
});
