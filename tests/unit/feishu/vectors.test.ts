/** Independent vectors: official documentation, the SDK's own tests, and values computed with OpenSSL and Python. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decrypt, deriveKey } from '../../../adapters/feishu/decrypt.ts';
import { createVerifier } from '../../../adapters/feishu/verify.ts';

const plainOf = (encryptKey: string, sealed: string) => decrypt(sealed, deriveKey(encryptKey))?.toString('utf8');

describe('published encryption vectors', () => {
  it('opens the sample of the official documentation', () => {
    expect(plainOf('test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=')).toBe('hello world');
  });

  const challengeSealed =
    'tT1xP+ovuc0T3b/rnZX3ax76exqAn0ANQ6/U45GcciC0mgNBc8JtvqOJGNAPMKpgRs2dVU1NYk9VDeqS8T4SYtU0hzNU54aS84WnxvZ3VFfDcy/RyABlNqlUiGyLDzFI0yxdCMT4KR/YEQXlt6nZi50KwRlZ+A75r645KesZuLMljezYyY8VeeXEVjPw35+e';

  it('opens the challenge of the SDK tests and answers it', () => {
    const opened = JSON.parse(plainOf('mazhe.nerd', challengeSealed) ?? '{}');
    expect(opened.challenge).toBe('5634b122-c042-4634-bc7f-b07a3c3e77ad');
    const verify = createVerifier({ encryptKey: 'mazhe.nerd', verificationToken: opened.token }, () => 0);
    const body = Buffer.from(JSON.stringify({ encrypt: challengeSealed }));
    expect(verify({ method: 'POST', headers: {}, query: {}, body })).toEqual({
      ok: true,
      kind: 'challenge',
      challenge: '5634b122-c042-4634-bc7f-b07a3c3e77ad',
    });
  });

  it('opens a body sealed by OpenSSL with a fixed initialisation vector', () => {
    const sealed =
      'AAECAwQFBgcICQoLDA0ODw9mLTIAZS9jAmGTQ1wAhHpnBHVL2wRjH9rPunQdQC1vLjsckayA10kZ8cPwtb62F8rC7JprUPR/4S2aZihfR+p8npX7UzWPithZmfKIPZgE';
    expect(plainOf('test key', sealed)).toBe(
      '{"challenge":"ajls384kdjx98XX","token":"xxxxxx","type":"url_verification"}',
    );
  });
});

describe('signature vector', () => {
  const body = Buffer.from('{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}');
  const signature = '97f87d15d56b8fd0fd9c723f7c7a9373324661b516abef41bf874ab6dbdeebae';
  const verify = createVerifier({ encryptKey: 'test key', verificationToken: 'vtok' }, () => 1_609_073_151_000);
  const attempt = (given: string) =>
    verify({
      method: 'POST',
      headers: {
        'x-lark-request-timestamp': '1609073151',
        'x-lark-request-nonce': 'nonce-1',
        'x-lark-signature': given,
      },
      query: {},
      body,
    });

  it('is what Node and Python compute, and passes as far as the content allows', () => {
    expect(createHash('sha256').update('1609073151nonce-1test key').update(body).digest('hex')).toBe(signature);
    // The sealed text is "hello world", no JSON: the signature was right, the content is not.
    expect(attempt(signature)).toMatchObject({ ok: false, reason: 'bad_json' });
  });

  it('is refused with one digit changed, and so is the legacy SHA-1 form', () => {
    expect(attempt(signature.replace('9', '8'))).toMatchObject({ ok: false, status: 401, reason: 'bad_signature' });
    expect(attempt('58886033a23bdf8fc6dfc2f4696719267be0a76e')).toMatchObject({ reason: 'bad_signature' });
  });
});
