/** Encryption and signature against vectors that were computed elsewhere (feishu.md §11). */
import { expect, test } from 'vitest';
import { decrypt, encrypt, signature } from '../../../sandbox/feishu/sealing.ts';

test("the platform's published vector decrypts", () => {
  expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
});

test("the official client's challenge vector decrypts", () => {
  const sealed =
    'tT1xP+ovuc0T3b/rnZX3ax76exqAn0ANQ6/U45GcciC0mgNBc8JtvqOJGNAPMKpgRs2dVU1NYk9VDeqS8T4SYtU0hzNU54aS84WnxvZ3VFfDcy/RyABlNqlUiGyLDzFI0yxdCMT4KR/YEQXlt6nZi50KwRlZ+A75r645KesZuLMljezYyY8VeeXEVjPw35+e';
  const plain = JSON.parse(decrypt(sealed, 'mazhe.nerd')) as { challenge: string };
  expect(plain.challenge).toBe('5634b122-c042-4634-bc7f-b07a3c3e77ad');
});

test('a fixed IV gives the bytes that OpenSSL gives', () => {
  const iv = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  const plain = '{"challenge":"ajls384kdjx98XX","token":"xxxxxx","type":"url_verification"}';
  expect(encrypt(plain, 'test key', iv)).toBe(
    'AAECAwQFBgcICQoLDA0ODw9mLTIAZS9jAmGTQ1wAhHpnBHVL2wRjH9rPunQdQC1vLjsckayA10kZ8cPwtb62F8rC7JprUPR/4S2aZihfR+p8npX7UzWPithZmfKIPZgE',
  );
});

test('the signature is the one that Python computes', () => {
  const body = '{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}';
  expect(signature('1609073151', 'nonce-1', 'test key', body)).toBe(
    '97f87d15d56b8fd0fd9c723f7c7a9373324661b516abef41bf874ab6dbdeebae',
  );
});
