/** Events and robot messages over HTTP: sealed, signed, judged by their answer, forged on demand. */
import { expect, test } from 'vitest';
import { decrypt, robotSign, signature } from '../../../sandbox/dingtalk/sealing.ts';
import {
  AES_KEY,
  CLIENT,
  kinds,
  office,
  type Received,
  SECRET,
  standIn,
  startEmulator,
  success,
  TOKEN,
} from './support.ts';

const NOTHING: Received = { headers: {}, query: {}, body: {} };

function isSound({ msg_signature, timestamp = '', nonce = '' }: Received['query'], sealed: string): boolean {
  try {
    return msg_signature === signature(TOKEN, timestamp, nonce, sealed) && decrypt(sealed, AES_KEY).owner === CLIENT;
  } catch {
    return false;
  }
}

async function webhook(options = {}) {
  const emulator = await startEmulator({ mode: 'webhook', retryTimeScale: 1000, ...options });
  return { emulator, product: await standIn(emulator), ...office(emulator) };
}

test('an event is sealed, signed and written with capitals', async () => {
  const { emulator, product } = await webhook();
  const { person, delivery } = emulator.hire({ name: '小周' });
  expect((await delivery.done).accepted).toBe(true);
  const { query, body } = product.received[0] ?? NOTHING;
  const sealed = String(body.encrypt);
  expect(isSound(query, sealed)).toBe(true);
  const { message } = decrypt(sealed, AES_KEY);
  expect(JSON.parse(message)).toMatchObject({
    EventType: 'user_add_org',
    CorpId: 'dingcorp0001',
    UserId: [person.userId],
  });
});

test('any answer but a sealed success is a failure, and the event comes again', async () => {
  const { emulator, product } = await webhook();
  const answers = ['{}', success('dingother'), success()];
  product.answer = () => ({ status: 200, body: answers[product.received.length - 1] ?? '' });
  const { delivery } = emulator.hire({ name: '小周' });
  await delivery.done;
  expect(delivery.outcomes.map(({ reason }) => reason)).toEqual(['ack_wrong_signature', 'ack_wrong_owner', null]);
});

test('saving the address asks for the same answer', async () => {
  const { emulator, product } = await webhook();
  expect(await emulator.checkCallback()).toEqual({ ok: true });
  product.answer = () => ({ status: 200, body: 'success' });
  expect(await emulator.checkCallback()).toEqual({ ok: false, reason: 'ack_unreadable' });
});

test('a robot message carries timestamp and sign', async () => {
  const { emulator, product, lina } = await webhook();
  expect((await emulator.sayToBot(lina, '在吗').delivery?.done)?.accepted).toBe(true);
  const { headers, body } = product.received[0] ?? NOTHING;
  expect(headers.sign).toBe(robotSign(SECRET, String(headers.timestamp)));
  expect(body).toMatchObject({ text: { content: '在吗' }, robotCode: CLIENT });
});

test.each([
  { forgedSignature: true },
  { missingSignature: true },
  { wrongToken: true },
  { wrongOwner: true },
  { tampered: true },
  { padByte: 33 as const },
  { wrongLength: true },
  { emptyEncrypt: true },
])('who takes %o in is told', async (flaws) => {
  const { emulator, product } = await webhook();
  await emulator.hire({ name: '小周' }, flaws).delivery.done;
  expect(kinds(emulator)).toEqual(['accepted_forgery']);
  const { query, body } = product.received[0] ?? NOTHING;
  expect(isSound(query, String(body.encrypt))).toBe(false);
});

test('a robot message of yesterday, and one for another company', async () => {
  const { emulator, product, lina } = await webhook();
  await emulator.sayToBot(lina, '在吗', { flaws: { signedAgoMs: 86_400_000 } }).delivery?.done;
  await emulator.sayToBot(lina, '在吗', { flaws: { wrongCorp: true } }).delivery?.done;
  expect(kinds(emulator)).toEqual(['accepted_forgery', 'accepted_forgery']);
  const [old, strange] = product.received;
  expect(Number(old?.headers.timestamp)).toBeLessThan(Date.now() - 3600_000);
  expect(strange?.body.chatbotCorpId).not.toBe('dingcorp0001');
});

test('copies and old names are legitimate', async () => {
  const { emulator, product } = await webhook();
  const { delivery } = emulator.hire({ name: '小周' }, { copies: 3, oldNames: true });
  await emulator.journal.until(() => delivery.outcomes.length === 3);
  expect(new Set(product.received.map(({ body }) => decrypt(String(body.encrypt), AES_KEY).message)).size).toBe(1);
  expect(product.received[0]?.query).toHaveProperty('timeStamp');
  expect(emulator.journal.complaints).toEqual([]);
});
