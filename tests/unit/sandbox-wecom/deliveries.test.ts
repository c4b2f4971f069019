/** How callbacks reach the product: deadline, retries, replies, flaws, order, the address check. */
import { describe, expect, test } from 'vitest';
import type { Flaws } from '../../../sandbox/wecom/index.ts';
import { decrypt, encrypt, signature } from '../../../sandbox/wecom/sealing.ts';
import { writeXml } from '../../../sandbox/wecom/xml.ts';
import { AES_KEY, apiOf, CORP, field, open, type Received, standIn, startEmulator, TOKEN } from './support.ts';

const lina = { userid: 'lina', name: '李娜' };

describe('retries', () => {
  test('an unanswered callback is cut after the deadline and sent three times more, sealed anew', async () => {
    const emulator = await startEmulator({ deadlineMs: 40, retryTimeScale: 100 });
    const product = await standIn(emulator);
    product.answer = () => null;
    const member = emulator.world.addMember(lina);
    const outcome = await emulator.sayToApp(member, '在吗').delivery?.done;
    expect(outcome).toMatchObject({ accepted: false, reason: 'timeout' });
    expect(product.received).toHaveLength(4);
    expect(new Set(product.inner()).size).toBe(1);
    expect(new Set(product.received.map(({ query }) => query.msg_signature)).size).toBe(4);
    expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(Array(4).fill('late_ack'));
  });

  test('an error is tried again, or not, by the page one believes', async () => {
    for (const [retryOn, tries] of [
      ['any', 4],
      ['network', 1],
    ] as const) {
      const emulator = await startEmulator({ retryOn, retryTimeScale: 1000 });
      const product = await standIn(emulator);
      product.answer = () => ({ status: 500, body: '' });
      await emulator.sayToApp(emulator.world.addMember(lina), '在吗').delivery?.done;
      expect(product.received).toHaveLength(tries);
    }
  });

  test('with a clock of its own the world waits for `advance`', async () => {
    const emulator = await startEmulator({ now: () => 1_700_000_000_000 });
    const product = await standIn(emulator);
    product.answer = () => ({ status: product.received.length === 1 ? 500 : 200, body: 'success' });
    const delivery = emulator.sayToApp(emulator.world.addMember(lina), '在吗').delivery;
    await delivery?.first;
    expect(delivery?.outcomes).toHaveLength(1);
    emulator.clock.advance(1000);
    expect((await delivery?.done)?.accepted).toBe(true);
  });
});

describe('order and copies', () => {
  test('copies carry one MsgId; replay sends the very same bytes', async () => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    const said = emulator.sayToApp(emulator.world.addMember(lina), '在吗', { flaws: { copies: 2 } });
    await emulator.quiet();
    await emulator.deliveries.replay(said.delivery?.eventId ?? '');
    expect(product.inner().map((xml) => field(xml, 'MsgId'))).toEqual(Array(3).fill(said.delivery?.eventId));
    const bodies = product.received.map(({ body }) => body);
    expect(new Set(bodies).size).toBe(2);
  });

  test('a dropped event never comes, and nobody is to blame', async () => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    emulator.misbehave.nextPushes({ dropped: true });
    const outcome = await emulator.sayToApp(emulator.world.addMember(lina), '在吗').delivery?.done;
    expect(outcome).toMatchObject({ accepted: false, reason: 'dropped' });
    expect([product.received, emulator.journal.complaints]).toEqual([[], []]);
  });

  test('held events can leave in reverse', async () => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    const member = emulator.world.addMember(lina);
    emulator.deliveries.hold();
    const said = ['一', '二', '三'].map((words) => emulator.sayToApp(member, words).delivery);
    emulator.deliveries.release('reversed');
    await Promise.all(said.map((delivery) => delivery?.done));
    expect(product.inner().map((xml) => field(xml, 'Content'))[0]).toBe('三');
  });

  test('different events of one second share FromUserName and CreateTime', async () => {
    const emulator = await startEmulator({ now: () => 1_700_000_000_000 });
    const product = await standIn(emulator);
    const member = emulator.world.addMember(lina);
    const [a, b] = ['王总', '周工'].map((name) => emulator.world.addCustomer({ name }));
    await emulator.addContact(a ?? '', member).done;
    await emulator.addContact(b ?? '', member).done;
    const heads = product.inner().map((xml) => [field(xml, 'FromUserName'), field(xml, 'CreateTime')]);
    expect(heads[0]).toEqual(['sys', '1700000000']);
    expect(heads[1]).toEqual(heads[0]);
  });
});

describe('flaws', () => {
  const sound: Flaws[] = [{ spacedXml: true }, { bareEnvelope: true }, { splitBody: true }];
  test.each(sound)('sound, though unusual: %j', async (flaws) => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    await emulator.sayToApp(emulator.world.addMember(lina), '报个价', { flaws }).delivery?.done;
    expect(field(product.inner()[0], 'Content')).toBe('报个价');
  });

  const forged: Flaws[] = [
    { forgedSignature: true },
    { missingSignature: true },
    { wrongToken: true },
    { wrongReceiveId: true },
    { wrongCorp: true },
    { unencrypted: true },
    { tampered: true },
    { padByte: 0 },
    { padByte: 33 },
    { wrongLength: true },
    { emptyEncrypt: true },
    { entityBomb: true },
    { truncated: true },
    { notUtf8: true },
    { oversize: true },
  ];
  test.each(forged)('must be refused: %j', async (flaws) => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    const member = emulator.world.addMember(lina);
    const accepted = emulator.sayToApp(member, '报个价', { flaws }).delivery;
    expect((await accepted?.done)?.accepted).toBe(true);
    expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['accepted_forgery']);
    expect(() => open(product.received[0] as Received)).toThrow();
    product.answer = () => ({ status: 403, body: '' });
    emulator.misbehave.nextPushes(flaws);
    await emulator.sayToApp(member, '报个价').delivery?.done;
    expect(emulator.journal.complaints).toHaveLength(1);
  });
});

describe('passive replies', () => {
  const reply = (xml: string, token = TOKEN, corp = CORP) => {
    const Encrypt = encrypt(xml, AES_KEY, corp, Buffer.from('0123456789abcdef'));
    const MsgSignature = signature(token, '1700000000', 'n', Encrypt);
    return { status: 200, body: writeXml({ Encrypt, MsgSignature, TimeStamp: 1_700_000_000, Nonce: 'n' }) };
  };
  const text = writeXml({ ToUserName: 'lina', FromUserName: CORP, CreateTime: 1, MsgType: 'text', Content: '收到' });

  test('a sealed text is shown to the person', async () => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    product.answer = () => reply(text);
    const member = emulator.world.addMember(lina);
    await emulator.sayToApp(member, '在吗').delivery?.done;
    expect(emulator.textsOf(member)).toEqual(['收到']);
    expect(emulator.journal.complaints).toEqual([]);
  });

  test.each([
    ['plain words', { status: 200, body: 'ok' }],
    ['a wrong token', reply(text, 'other')],
    ['another company', reply(text, TOKEN, 'wwother')],
    ['a card update, which nobody sees', reply(writeXml({ ToUserName: 'lina', MsgType: 'update_template_card' }))],
  ])('%s is held against the product', async (_, answer) => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    product.answer = () => answer;
    await emulator.sayToApp(emulator.world.addMember(lina), '在吗').delivery?.done;
    expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['bad_reply']);
  });
});

describe('the address check', () => {
  const echo = ({ query }: Received) => {
    const { msg_signature, timestamp = '', nonce = '', echostr = '' } = query;
    const known = signature(TOKEN, timestamp, nonce, echostr) === msg_signature;
    const opened = known ? decrypt(echostr, AES_KEY) : null;
    return opened?.receiveId === CORP ? { status: 200, body: opened.message } : { status: 403, body: '' };
  };

  test('the decrypted echo, byte by byte', async () => {
    const emulator = await startEmulator();
    const product = await standIn(emulator);
    product.answer = echo;
    expect(await emulator.checkCallback()).toEqual({ ok: true });
    product.answer = (received) => ({ status: 200, body: `${echo(received).body}\n` });
    expect(await emulator.checkCallback()).toEqual({ ok: false, reason: 'wrong_echo' });
  });

  test.each([{ forgedSignature: true }, { wrongToken: true }, { wrongReceiveId: true }, { blankPlus: true }])(
    'refused: %j',
    async (flaws) => {
      const emulator = await startEmulator();
      const product = await standIn(emulator);
      product.answer = echo;
      expect(await emulator.checkCallback(flaws)).toEqual({ ok: false, reason: 'status_403' });
    },
  );
});

test('a burst leaves no trace but the callbacks', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  const events = Array.from({ length: 50 }, (_, i) => emulator.events.message('lina', 'text', { Content: `第${i}条` }));
  const result = await emulator.pushMany(events, { concurrency: 4 });
  expect(result).toMatchObject({ sent: 50, accepted: 50, refused: {} });
  expect(new Set(product.inner().map((xml) => field(xml, 'MsgId'))).size).toBe(50);
  expect(emulator.journal.entries).toEqual([]);
});

test('tokens: one while it lives, refused in its many ways', async () => {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000, trustedIps: [] });
  const api = await apiOf(emulator);
  expect((await api.get('agent/get', { agentid: '1000002' })).errcode).toBe(0);
  emulator.misbehave.revokeTokens();
  expect((await api.get('agent/get')).errcode).toBe(40014);
  const second = await apiOf(emulator);
  emulator.clock.advance(7200_001);
  expect((await second.get('agent/get')).errcode).toBe(42001);
  expect((await second.get('agent/get', { access_token: '' })).errcode).toBe(41001);
  const archive = await apiOf(emulator, 'archive secret');
  expect((await archive.get('agent/get')).errcode).toBe(48002);
  const none = await apiOf(emulator, 'wrong secret');
  expect((await none.get('agent/get', { access_token: 'x' })).errcode).toBe(40014);
  const kinds = emulator.journal.complaints.map(({ kind }) => kind);
  expect(kinds).toEqual(['expired_token', 'missing_token', 'wrong_token_kind', 'wrong_secret', 'unknown_token']);
  emulator.grants.trustedIps = ['10.0.0.1'];
  const third = await apiOf(emulator);
  expect(await third.get('agent/get')).toMatchObject({
    errcode: 60020,
    errmsg: expect.stringContaining('from ip: 127.0.0.1'),
  });
});
