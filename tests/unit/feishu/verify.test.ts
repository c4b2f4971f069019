/** Every way a callback can be wrong, and the odd but right ones. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createVerifier } from '../../../adapters/feishu/verify.ts';
import { keys, messageEnvelope, nowMs, seal, sealedRequest, sign, signedRequest } from './sealing.ts';

const verify = createVerifier(keys, () => nowMs);
const good = JSON.stringify(messageEnvelope({ text: '报价单发您邮箱了' }));

const without = (name: string) => {
  const request = sealedRequest(good);
  return { ...request, headers: Object.fromEntries(Object.entries(request.headers).filter(([key]) => key !== name)) };
};
const withHeader = (name: string, value: string | string[]) => {
  const request = sealedRequest(good);
  return { ...request, headers: { ...request.headers, [name]: value } };
};

describe('an event', () => {
  it('passes when it is signed, sealed and carries our token; its text is handed on as it was', () => {
    expect(verify(sealedRequest(good))).toEqual({ ok: true, kind: 'event', envelope: JSON.parse(good), text: good });
  });

  it('passes with JSON that no serialiser would write this way', () => {
    const odd = JSON.stringify(messageEnvelope(), null, 2).replace('"2.0"', '"2\\u002e0"');
    expect(verify(sealedRequest(odd))).toMatchObject({ ok: true, kind: 'event', envelope: { schema: '2.0' } });
    const outer = `{ "encrypt" :\n "${seal(good).replaceAll('/', '\\/')}", "more": 1.0 }`;
    expect(verify(signedRequest(outer))).toMatchObject({ ok: true, kind: 'event' });
  });

  it('passes at the edge of the time window, not beyond it', () => {
    expect(verify(sealedRequest(good, 299))).toMatchObject({ ok: true });
    expect(verify(sealedRequest(good, -299))).toMatchObject({ ok: true });
    expect(verify(sealedRequest(good, 302))).toEqual({ ok: false, status: 401, reason: 'stale_timestamp' });
    expect(verify(sealedRequest(good, -302))).toMatchObject({ reason: 'stale_timestamp' });
  });

  it('carries the token of old events at the top', () => {
    const old = {
      ts: '1502199207.7171419',
      uuid: 'u',
      token: keys.verificationToken,
      type: 'event_callback',
      event: {},
    };
    expect(verify(sealedRequest(old))).toMatchObject({ ok: true, kind: 'event' });
    expect(verify(sealedRequest({ ...old, token: 'another' }))).toMatchObject({ status: 403, reason: 'wrong_token' });
  });
});

describe('a signature', () => {
  it.each(['x-lark-signature', 'x-lark-request-timestamp', 'x-lark-request-nonce'])('needs the header %s', (name) => {
    expect(verify(without(name))).toEqual({ ok: false, status: 401, reason: 'missing_signature' });
    expect(verify(withHeader(name, ['a', 'b']))).toMatchObject({ reason: 'missing_signature' });
  });

  it.each(['', 'zz', 'ab'.repeat(31), 'ab'.repeat(32), 'ab'.repeat(33), `${'ab'.repeat(31)}zz`, '签名'])(
    'is not %j',
    (given) => {
      expect(verify(withHeader('x-lark-signature', given))).toMatchObject({
        ok: false,
        status: 401,
        reason: 'bad_signature',
      });
    },
  );

  it.each(['', 'now', '1e9', '-1', '16090731510000000', '1609073151.5'])('has no timestamp %j', (given) => {
    expect(verify(withHeader('x-lark-request-timestamp', given))).toMatchObject({
      ok: false,
      reason: 'stale_timestamp',
    });
  });

  it('covers every byte of the body, the nonce and the time', () => {
    const request = sealedRequest(good);
    for (const at of [0, 12, request.body.length >> 1, request.body.length - 1]) {
      const body = Buffer.from(request.body);
      body[at] = (body[at] ?? 0) ^ 1;
      expect(verify({ ...request, body })).toMatchObject({ reason: 'bad_signature' });
    }
    expect(verify({ ...request, body: request.body.subarray(0, -1) })).toMatchObject({ reason: 'bad_signature' });
    expect(verify(withHeader('x-lark-request-nonce', '473921'))).toMatchObject({ reason: 'bad_signature' });
    expect(verify(withHeader('x-lark-request-timestamp', String(nowMs / 1000 - 1)))).toMatchObject({
      reason: 'bad_signature',
    });
  });
});

describe('a signed body', () => {
  const cut = (text: string, by: number) => Buffer.from(text, 'base64').subarray(0, -by).toString('base64');
  const badPadding = () => {
    // One wrong bit in the last cipher block but one flips the same bit of the padding.
    const bytes = Buffer.from(seal('x'.repeat(40)), 'base64');
    const at = bytes.length - 17;
    bytes[at] = (bytes[at] ?? 0) ^ 0x40;
    return bytes.toString('base64');
  };

  it.each([
    ['nothing', '', 'bad_json'],
    ['no JSON', '{"encrypt":', 'bad_json'],
    ['an array', '[]', 'bad_json'],
    ['text', '"encrypt"', 'bad_json'],
    ['null', 'null', 'bad_json'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'not_utf8'],
    ['a plain envelope', good, 'not_encrypted'],
    ['a number for a seal', '{"encrypt":1}', 'not_encrypted'],
    ['an inherited field', '{"__proto__":{"encrypt":"x"}}', 'not_encrypted'],
    ['an empty seal', '{"encrypt":""}', 'bad_encryption'],
    ['loose base64', JSON.stringify({ encrypt: `${seal(good)}\n` }), 'bad_encryption'],
    ['base64 for URLs', JSON.stringify({ encrypt: '-_'.repeat(32) }), 'bad_encryption'],
    ['a seal cut inside a block', JSON.stringify({ encrypt: cut(seal(good), 3) }), 'bad_encryption'],
    ['a seal without its last block', JSON.stringify({ encrypt: cut(seal(good), 16) }), 'bad_encryption'],
    ['a seal of one block', JSON.stringify({ encrypt: randomBytes(16).toString('base64') }), 'bad_encryption'],
    ['broken padding', JSON.stringify({ encrypt: badPadding() }), 'bad_encryption'],
    ['another key', JSON.stringify({ encrypt: seal(good, 'another key') }), 'bad_encryption'],
    [
      'sealed bytes that are no UTF-8',
      JSON.stringify({ encrypt: seal(Buffer.from([0x7b, 0xc3, 0x28, 0x7d])) }),
      'not_utf8',
    ],
    ['a sealed fragment', JSON.stringify({ encrypt: seal(good.slice(0, -5)) }), 'bad_json'],
    ['a sealed array', JSON.stringify({ encrypt: seal('[]') }), 'bad_json'],
    ['no token', JSON.stringify({ encrypt: seal('{"schema":"2.0","header":{},"event":{}}') }), 'wrong_token'],
    ['an inherited token', JSON.stringify({ encrypt: seal('{"header":{"__proto__":{"token":"x"}}}') }), 'wrong_token'],
  ])('of %s is refused', (_what, body, reason) => {
    const result = verify(signedRequest(body));
    expect(result).toMatchObject({ ok: false, reason });
    expect([400, 403]).toContain(result.ok ? 200 : result.status);
  });

  it('with another token is refused, whatever its length', () => {
    const { verificationToken } = keys;
    for (const token of [
      '',
      verificationToken.slice(1),
      `${verificationToken}x`,
      verificationToken.replace('r', 's'),
    ]) {
      expect(verify(sealedRequest(messageEnvelope({ header: { token } })))).toMatchObject({
        status: 403,
        reason: 'wrong_token',
      });
    }
  });

  it('that nests too deep is refused within milliseconds, deep brackets inside a text are not', () => {
    for (const depth of [65, 10_000, 500_000]) {
      const nested = `{"header":{"token":"${keys.verificationToken}"},"event":${'['.repeat(depth)}${']'.repeat(depth)}}`;
      const started = performance.now();
      expect(verify(sealedRequest(nested))).toMatchObject({ status: 422, reason: 'too_deep' });
      expect(performance.now() - started).toBeLessThan(200);
    }
    expect(verify(sealedRequest(messageEnvelope({ text: '"\\[{'.repeat(500) })))).toMatchObject({ ok: true });
  });
});

describe('the address check of the console', () => {
  const challenge = { challenge: 'ajls384kdjxxxx', token: keys.verificationToken, type: 'url_verification' };
  const unsigned = (body: string) => ({ method: 'POST', headers: {}, query: {}, body: Buffer.from(body) });
  const sealed = (value: unknown) => JSON.stringify({ encrypt: seal(JSON.stringify(value)) });

  it('is answered unsigned, signed, and with a signature made with another key', () => {
    const expected = { ok: true, kind: 'challenge', challenge: 'ajls384kdjxxxx' };
    expect(verify(unsigned(sealed(challenge)))).toEqual(expected);
    expect(verify(signedRequest(sealed(challenge)))).toEqual(expected);
    const request = signedRequest(sealed(challenge));
    const stranger = sign(request.body, String(nowMs / 1000), '473920', 'another key');
    expect(verify({ ...request, headers: { ...request.headers, 'x-lark-signature': stranger } })).toEqual(expected);
  });

  it.each([
    ['in plain text', JSON.stringify(challenge)],
    ['with another token', sealed({ ...challenge, token: 'another' })],
    ['without a token', sealed({ ...challenge, token: undefined })],
    ['with a number to repeat', sealed({ ...challenge, challenge: 7 })],
    ['that is an event', sealed(messageEnvelope())],
    ['sealed with another key', JSON.stringify({ encrypt: seal(JSON.stringify(challenge), 'another key') })],
    ['with a seal that is no base64', '{"encrypt":"%%%"}'],
    ['larger than a challenge is', sealed({ ...challenge, more: 'x'.repeat(5_000) })],
    ['empty', ''],
  ])('unsigned and %s: always the same refusal', (_what, body) => {
    expect(verify(unsigned(body))).toEqual({ ok: false, status: 401, reason: 'missing_signature' });
  });
});
