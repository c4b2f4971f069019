/** The platform's published vectors (dingtalk.md §7): what others compute, we compute. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, readKey } from '../../../../adapters/dingtalk/decrypt.ts';
import { eventSignature, readInstant, robotSign, sameText } from '../../../../adapters/dingtalk/signature.ts';

const suite = '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}';

describe.each([
  {
    name: 'the FAQ',
    token: '123456',
    aesKey: '1234567890123456789012345678901234567890123',
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    sealed: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    message: 'success',
    owner: 'dingsnotzck6pm5veliw',
  },
  {
    name: 'the callback document',
    token: '123456',
    aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
    timestamp: '1445827045067',
    nonce: 'nEXhMP4r',
    sealed:
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==',
    signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    message: suite,
    owner: 'suite4xxxxxxxxxxxxxxx',
  },
  {
    name: 'the Go demo',
    token: 'tokenxxxx',
    aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
    timestamp: '1605695694141',
    nonce: 'WelUQl6bCqcBa2fM',
    sealed: 'X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ==',
    signature: 'f36f4ba5337d426c7d4bca0dbcb06b3ddc1388fc',
    message: 'success',
    owner: 'dingxxxxxx',
  },
  {
    name: 'the Python demo',
    token: 'mryue',
    aesKey: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
    timestamp: '1608001896814',
    nonce: 'WL4PK6yA',
    sealed:
      '0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3',
    signature: '03044561471240d4a14bb09372dfcfd4fd0e40cb',
    message: '{"EventType":"check_url"}',
    owner: 'ding6ccabc44d2c8d38b',
  },
])('$name', ({ token, aesKey, timestamp, nonce, sealed, signature, message, owner }) => {
  it('is signed and opened as published', () => {
    expect(eventSignature(token, timestamp, nonce, sealed)).toBe(signature);
    expect(decrypt(sealed, readKey(aesKey))).toEqual({ ok: true, message, owner });
    expect(readInstant(timestamp)).toBeGreaterThan(1.4e12);
  });
});

it('what the Go demo seals, we seal to the same letters', () => {
  const key = readKey('o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus');
  expect(encrypt('success', 'dingxxxxxx', Buffer.from('WelUQl6bCqcBa2fM'), key)).toBe(
    'X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ==',
  );
});

it('the robot’s sign', () => {
  expect(robotSign('this is secret', '1577262236757')).toBe('hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=');
});

it('texts are equal or not, whatever their length and letters', () => {
  expect(sameText('a', 'a')).toBe(true);
  for (const [left, right] of [
    ['', 'a'],
    ['a', ''],
    ['ab', 'a'],
    ['é', 'e'],
    ['b', 'a'],
  ] as const) {
    expect(sameText(left, right)).toBe(false);
  }
});

it.each(['', '0', '-1614767836', '16147678361', '1e12', '1614767836.5', 'NaN'])('%j is no instant', (text) => {
  expect(readInstant(text)).toBeNull();
});

describe('any text', () => {
  const key = readKey('o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus');
  const seal = (message: string, owner: string) => encrypt(message, owner, Buffer.alloc(16, 7), key);
  const text = fc.string({ unit: 'grapheme', maxLength: 200 }).map((it) => it.toWellFormed());

  it('comes back as it was sealed', () => {
    fc.assert(
      fc.property(text, text, (message, owner) => {
        expect(decrypt(seal(message, owner), key)).toEqual({ ok: true, message, owner });
      }),
    );
  });

  it('is refused or read, and never thrown at, whatever is sealed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.uint8Array({ maxLength: 128 }).map(base64)), (sealed) => {
        expect(typeof decrypt(sealed, key).ok).toBe('boolean');
      }),
    );
  });

  it('does not survive another last byte', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 255 }), (message, mask) => {
        const bytes = Buffer.from(seal(message, 'ding'), 'base64');
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ mask;
        const opened = decrypt(bytes.toString('base64'), key);
        expect(opened).not.toMatchObject({ message, owner: 'ding' });
      }),
    );
  });

  it('in another spelling of base64 is refused', () => {
    const sealed = seal('success', 'ding');
    for (const bent of [`${sealed}=`, ` ${sealed}`, sealed.slice(0, -4), `${sealed}\n`]) {
      expect(decrypt(bent, key)).toEqual({ ok: false, reason: 'bad_encryption' });
    }
  });
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
