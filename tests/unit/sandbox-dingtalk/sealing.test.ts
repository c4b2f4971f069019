/** Published ciphertexts and signatures of DingTalk (dingtalk.md §7). */
import { describe, expect, test } from 'vitest';
import { decrypt, encrypt, hmac, pageSignature, robotSign, signature } from '../../../sandbox/dingtalk/sealing.ts';

const VECTORS = [
  {
    name: 'FAQ',
    token: '123456',
    key: '1234567890123456789012345678901234567890123',
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    sealed: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    signed: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    opened: { random: 'dICkEDLj0eb6yAbc', message: 'success', owner: 'dingsnotzck6pm5veliw' },
  },
  {
    name: 'document',
    token: '123456',
    key: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
    timestamp: '1445827045067',
    nonce: 'nEXhMP4r',
    sealed:
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==',
    signed: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    opened: {
      message: '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
      owner: 'suite4xxxxxxxxxxxxxxx',
    },
  },
  {
    name: 'Go demo',
    token: 'tokenxxxx',
    key: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
    timestamp: '1605695694141',
    nonce: 'WelUQl6bCqcBa2fM',
    sealed: 'X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ==',
    signed: 'f36f4ba5337d426c7d4bca0dbcb06b3ddc1388fc',
    opened: { random: 'WelUQl6bCqcBa2fM', message: 'success', owner: 'dingxxxxxx' },
  },
  {
    name: 'Python demo',
    token: 'mryue',
    key: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
    timestamp: '1608001896814',
    nonce: 'WL4PK6yA',
    sealed:
      '0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3',
    signed: '03044561471240d4a14bb09372dfcfd4fd0e40cb',
    opened: { message: '{"EventType":"check_url"}', owner: 'ding6ccabc44d2c8d38b' },
  },
];

describe.each(VECTORS)('$name', ({ token, key, timestamp, nonce, sealed, signed, opened }) => {
  test('signature', () => expect(signature(token, timestamp, nonce, sealed)).toBe(signed));
  test('opens', () => expect(decrypt(sealed, key)).toMatchObject(opened));
  test('seals to the same letters', () => {
    const { message, owner, random } = decrypt(sealed, key);
    expect(encrypt(message, key, owner, random)).toBe(sealed);
  });
});

test('a message that fills its blocks gets a whole block of padding', () => {
  const key = VECTORS[0]?.key ?? '';
  const message = 'x'.repeat(64 - 20 - 'owner'.length);
  const sealed = encrypt(message, key, 'owner', '0123456789abcdef');
  expect(Buffer.from(sealed, 'base64')).toHaveLength(96);
  expect(decrypt(sealed, key).message).toBe(message);
});

test('what was tampered with does not open', () => {
  const { sealed = '', key = '' } = VECTORS[0] ?? {};
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => decrypt(bytes.toString('base64'), key)).toThrow();
  expect(() => decrypt('', key)).toThrow();
});

test('HMAC over a timestamp, over timestamp and secret, over timestamp and ticket', () => {
  expect(encodeURIComponent(hmac('testappSecret', '1546084445901'))).toBe(
    'HCbG3xNE3vzhO%2Bu7qCUL1jS5hsu2n5r2cFhnTrtyDAE%3D',
  );
  expect(robotSign('this is secret', '1577262236757')).toBe('hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=');
  const key = 'c9RMIAGoL_K26gxkw4LrLGf2ERSQVqMBd1K_jclUIT3WM249uVCwf0Ug2RpG4dBh';
  const ticket = 'SEx31XX20YLqvcLVpnwObQHIbvv85ZD6UGXCphXEmp0zCNNfj6VMMklvZjVNDCf99rrKc476XMKS56d5p6iCOU';
  expect(encodeURIComponent(hmac(key, `1629879099342\n${ticket}`))).toBe(
    'auGsFduirwTx3fYqswR8SCuaKbHpHjJzUB%2FcIAWHGuw%3D',
  );
});

test('page signatures', () => {
  const ticket = 'gUsHOoPPzLVZKVkClnESg88m7qMV4c0Ys9VGsMigqzZU7gA8PeoNzHODmYPZ85TYuoZryXuqEUFlXLN1OPEixm';
  const url = 'http://test4.weixin.wtoip.com:80/wtoip/dingding/dzmp#top';
  const sign = (hash: 'sha1' | 'sha256') => pageSignature(ticket, 'abcde12345', '1463125744', url, hash);
  expect(sign('sha1')).toBe('d14dfc1d0d98cad2438e664723e8a9d8633b443f');
  expect(sign('sha256')).toBe('06db718d460dde9fba6788934c0f994abf83a79dd019b7d98e66a3e0b7e5a5b9');
});
