/** The RSA layer: several versions, wrong keys, damaged records. */
import { constants, createPrivateKey, generateKeyPairSync, type KeyObject, publicEncrypt } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKeyRing, decryptPkcs1 } from '../../../adapters/wecom/archive/keys.ts';
import { vectorCiphertext, vectorKey, vectorPlaintext } from './archive-vector.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'archive-keys-'));
const pairs = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
const [one, two] = pairs.map(({ privateKey, publicKey }) => ({
  pem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  privateKey,
  publicKey,
})) as [
  { pem: string; privateKey: KeyObject; publicKey: KeyObject },
  { pem: string; privateKey: KeyObject; publicKey: KeyObject },
];
const seal = (key: KeyObject, text: string): string =>
  publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString('base64');

test('each version opens with its own key, PKCS#1 and PKCS#8 alike', () => {
  const at = folder();
  writeFileSync(join(at, '1.pem'), one.pem);
  writeFileSync(join(at, '2.pem'), two.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const ring = createKeyRing(at);
  expect(ring.open(1, seal(one.publicKey, 'key of one'))).toEqual({ ok: true, key: 'key of one' });
  expect(ring.open(2, seal(two.publicKey, 'key of two'))).toEqual({ ok: true, key: 'key of two' });
  expect(ring.newest()).toBe(2);
});

test('a key that does not fit is said so, never answered with random bytes', () => {
  const at = folder();
  writeFileSync(join(at, '1.pem'), two.pem);
  const ring = createKeyRing(at);
  expect(ring.open(1, seal(one.publicKey, 'key'))).toEqual({ ok: false, reason: 'wrong' });
  writeFileSync(join(at, '1.pem'), one.pem);
  expect(ring.open(1, seal(one.publicKey, 'key'))).toEqual({ ok: true, key: 'key' });
  expect(ring.open(1, seal(two.publicKey, 'key'))).toEqual({ ok: false, reason: 'broken' });
  expect(ring.open(1, 'AAAA')).toEqual({ ok: false, reason: 'broken' });
  expect(ring.open(1, '')).toEqual({ ok: false, reason: 'broken' });
});

test('a missing version and a file that is no key are told apart', () => {
  const at = folder();
  writeFileSync(join(at, '3.pem'), 'not a key');
  writeFileSync(join(at, 'readme.txt'), '');
  const ring = createKeyRing(at);
  expect(ring.open(2, 'AAAA')).toEqual({ ok: false, reason: 'missing' });
  expect(ring.open(3, 'AAAA')).toEqual({ ok: false, reason: 'wrong' });
  expect(ring.newest()).toBe(3);
  expect(createKeyRing('/nowhere').newest()).toBe(0);
});

test('what openssl sealed with PKCS#1 v1.5 opens', () => {
  const opened = decryptPkcs1(createPrivateKey(vectorKey), Buffer.from(vectorCiphertext, 'base64'));
  expect(opened?.toString()).toBe(vectorPlaintext);
});
