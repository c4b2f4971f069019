/** Bursts of prepared pushes arrive whole, signed, and are counted. */
import { expect, test } from 'vitest';
import { decrypt, signature } from '../../../sandbox/feishu/sealing.ts';
import { ENCRYPT_KEY, standIn, startEmulator } from './support.ts';

test('every prepared push arrives once and correctly signed; refusals are counted apart', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const events = Array.from({ length: 200 }, (_, i) => emulator.events.write('im.message.receive_v1', { number: i }));
  let count = 0;
  product.answer = () => {
    count += 1;
    return { status: count % 50 === 0 ? 503 : 200, body: '{}' };
  };
  const result = await emulator.pushMany(events, { concurrency: 8 });
  expect(result).toMatchObject({ sent: 200, accepted: 196, refused: { 503: 4 } });
  expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
  const numbers = product.received.map(({ headers, body }) => {
    const stamp = String(headers['x-lark-request-timestamp']);
    const expected = signature(stamp, String(headers['x-lark-request-nonce']), ENCRYPT_KEY, body);
    expect(headers['x-lark-signature']).toBe(expected);
    return JSON.parse(decrypt(JSON.parse(body.toString()).encrypt, ENCRYPT_KEY)).event.number;
  });
  expect(new Set(numbers).size).toBe(200);
});
