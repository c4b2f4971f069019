/** The seal of callbacks against published and independent vectors (wecom.md §6, V1–V9). */
import { describe, expect, test } from 'vitest';
import { decrypt, encrypt, keyOf, pad, pageSignature, signature } from '../../../sandbox/wecom/sealing.ts';

const A = { token: 'QDG6eK', key: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', id: 'wx5823bf96d3bd56c7' };
const B = {
  token: 'hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo',
  key: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt',
  id: 'ww1436e0e65a779aee',
};
const RANDOM = Buffer.from('0123456789abcdef');
const V1 = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
const V2 =
  'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==';
const V3 = 'fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==';
const V4 =
  'cjhLUX7UU4yCSelv1vz7T0zT8huF51bAMVWriNvO1FMegHrQZNrtvRxbwf0fUPsFvwqR0U0fgiJNEA5Y30F2MoI2S7vv3EjVQ68C0cjw9frBoUE2Hj0BvFp9h3u6Vbsg4lc1C8AtHdaN8orKuNKkLRLuYEL52R1J3v8olJGZRLnRdVKIivixmX/eQpzgeExtp20jI1HxRP1AAZ6xZoILdqDPO549LO4WeG+685JRUTdiwcY5fjZlqeMxuT4PpMn1X9OWsS7NRj06Wa5E3Tvg4twjWp39KPfOdRte6P1T4JU=';

test('the key of credentials A', () => {
  expect(keyOf(A.key).toString('hex')).toBe('8d69989bbaabe67328014c194631ad0719b3dca035b64023df292447aab60760');
});

describe('published ciphertexts', () => {
  test('V1: an echo', () => {
    expect(signature(A.token, '1409659589', '263014780', V1)).toBe('5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3');
    const opened = decrypt(V1, A.key);
    expect(opened).toMatchObject({ message: '1616140317555161061', receiveId: A.id });
    expect(opened.random.toString()).toBe('c41b64491c2468d0');
  });

  test('V2: a text message', () => {
    expect(signature(A.token, '1409659813', '1372623149', V2)).toBe('477715d11cdb4164915debcba66cb864d751f3e6');
    const { message, receiveId, random } = decrypt(V2, A.key);
    expect([receiveId, random.toString()]).toEqual([A.id, '0960688932c47ef1']);
    expect(message).toContain('<Content><![CDATA[hello]]></Content>');
    expect(message).toContain('<MsgId>4561255354251345929</MsgId>');
  });

  test('V3: an echo under other credentials', () => {
    expect(signature(B.token, '1476416373', '47744683', V3)).toBe('012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb');
    expect(decrypt(V3, B.key)).toMatchObject({ message: '1288432023552776189', receiveId: B.id });
  });

  test('V4: sealed JSON', () => {
    expect(signature(B.token, '1409659813', '1372623149', V4)).toBe('e3647471e395139e2308c1fa963f2d648a00b90e');
    expect(decrypt(V4, B.key).random.toString()).toBe('dDVXRx6kn1gOT43Q');
  });
});

describe('sealing', () => {
  test('V5: Chinese words', () => {
    const key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
    const sealed = encrypt('我是中文abcd123', key, 'wxb11529c136998cb6', Buffer.from('aaaabbbbccccdddd'));
    expect(sealed).toBe('jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==');
  });

  test('V7 and V8: with a receiveid and without', () => {
    const xml = encrypt('<xml><a>1</a></xml>', A.key, A.id, RANDOM);
    expect(xml).toBe('sKqRbbiSUnDhFHOvPjtUMTPTmNtN3HdhYYuq+xfO4yHw7fJnQLXlKWVDmc3dCrze5pdIMoO7c/jS0XPEQGIKbg==');
    expect(signature(A.token, '1700000000', 'nonce123', xml)).toBe('fbc1703a7d843d8521e0a3549c542050c502e427');
    const json = encrypt('{"msgid":"m1"}', A.key, '', RANDOM);
    expect(json).toBe('sKqRbbiSUnDhFHOvPjtUMfVjahBaR/vjZ5OPZn2smTZw1GEbhzCwzbLV/KAxttk7TX88xLmz4JI1UVEd5Ekmwg==');
    expect(signature(A.token, '1700000000', 'nonce123', json)).toBe('9768b8594153e940c4a03525d2ee86233ce7a2b8');
  });

  test('V9: a message that fills its blocks gets a whole block of padding', () => {
    const message = 'x'.repeat(64 - 20 - A.id.length);
    expect(Buffer.from(encrypt(message, A.key, A.id, RANDOM), 'base64')).toHaveLength(96);
    expect(decrypt(encrypt(message, A.key, A.id, RANDOM), A.key).message).toBe(message);
    expect(pad(Buffer.alloc(64)).at(-1)).toBe(32);
  });
});

test('V6: page signatures', () => {
  const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg';
  const sign = (url: string) => pageSignature(ticket, 'Wm3WZYTPz0wzccnW', 1414587457, url);
  expect(sign('http://mp.weixin.qq.com?params=value')).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed');
  expect(sign('http://mp.weixin.qq.com')).toBe('f4d90daf4b3bca3078ab155816175ba34c443a7b');
  expect(sign('http://mp.weixin.qq.com#top')).toBe('f4d90daf4b3bca3078ab155816175ba34c443a7b');
});

describe('what must not open', () => {
  const flipped = Buffer.from(V1, 'base64');
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  test.each([
    ['nothing', ''],
    ['a last byte flipped', flipped.toString('base64')],
    ['half a block', Buffer.alloc(24).toString('base64')],
  ])('%s', (_, sealed) => {
    expect(() => decrypt(sealed, A.key)).toThrow();
  });
});
