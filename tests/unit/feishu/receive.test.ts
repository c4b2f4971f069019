/** From a raw HTTP request to the row and the answer. */
import { describe, expect, it } from 'vitest';
import { createIntake } from '../../../adapters/feishu/intake.ts';
import { createReceiver } from '../../../adapters/feishu/receive.ts';
import { createVerifier } from '../../../adapters/feishu/verify.ts';
import { recordingInbound, recordingLog } from './doubles.ts';
import { appId, keys, messageEnvelope, nowMs, ourTenant, sealedRequest } from './sealing.ts';

function setUp() {
  const inbound = recordingInbound();
  const log = recordingLog();
  const records: string[] = [];
  const intake = createIntake({
    appId,
    verificationToken: keys.verificationToken,
    inbound,
    answerTap: async (envelope) => (envelope.event && 'readable' in (envelope.event as object) ? { toast: {} } : null),
    readRecord: async (messageId, payload, tenant) => {
      records.push(`${messageId} ${tenant}`);
      return `with lines: ${payload}`;
    },
  });
  return {
    inbound,
    log,
    records,
    receive: createReceiver(
      createVerifier(keys, () => nowMs),
      intake,
      log,
    ),
  };
}

const botAdded = { event_type: 'im.chat.member.bot.added_v1', event_id: 'ev1' };

describe('a message', () => {
  it('is stored under its message id, in the order of its chat, and then answered with 200 {}', async () => {
    const { inbound, receive } = setUp();
    let stored = false;
    inbound.onStore = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      stored = true;
    };
    const answer = receive(sealedRequest(messageEnvelope({ text: '首款打过去了' }))).then((response) => ({
      response,
      stored,
    }));
    expect(await answer).toEqual({
      response: { status: 200, contentType: 'application/json; charset=utf-8', body: '{}', refusal: null },
      stored: true,
    });
    expect(inbound.stored).toMatchObject([
      { eventKey: 'msg:om_5ce6d572455d361153b7cb51da133945', orderKey: 'oc_5ce6d572455d361153b7xx51da133945' },
    ]);
  });

  it('keeps everything but the verification token', async () => {
    const { inbound, receive } = setUp();
    const envelope = messageEnvelope({ text: '样品寄出了' });
    await receive(sealedRequest(envelope));
    expect(inbound.stored[0]?.payload).not.toContain(keys.verificationToken);
    expect(JSON.parse(inbound.stored[0]?.payload ?? '')).toEqual({
      ...envelope,
      header: { ...envelope.header, token: '' },
    });
  });

  it('gets no 200 when it could not be stored, and the log does not say why in words of the message', async () => {
    const { inbound, log, receive } = setUp();
    inbound.onStore = () => Promise.reject(new Error('disk full while writing 首款打过去了'));
    expect(await receive(sealedRequest(messageEnvelope({ text: '首款打过去了' })))).toMatchObject({
      status: 500,
      refusal: 'store_failed',
    });
    expect(log.lines.join()).not.toContain('首款');
  });

  it('without an id or a chat is refused', async () => {
    const { inbound, receive } = setUp();
    for (const message of [
      { message_id: '' },
      { message_id: 7 },
      { message_id: 'x'.repeat(200) },
      { chat_id: undefined },
    ]) {
      expect(await receive(sealedRequest(messageEnvelope({ message })))).toMatchObject({
        status: 422,
        refusal: 'bad_envelope',
      });
    }
    expect(inbound.stored).toEqual([]);
  });

  it('that is a record handed to the bot gets its lines before it is stored; one in a group does not', async () => {
    const { inbound, records, receive } = setUp();
    await receive(sealedRequest(messageEnvelope({ type: 'merge_forward', chatType: 'p2p', messageId: 'om_1' })));
    await receive(sealedRequest(messageEnvelope({ type: 'merge_forward', chatType: 'group', messageId: 'om_2' })));
    expect(records).toEqual([`om_1 ${ourTenant}`]);
    expect(inbound.stored.map(({ payload }) => payload.startsWith('with lines: '))).toEqual([true, false]);
  });
});

describe('who is speaking', () => {
  it.each([
    ['another app', { app_id: 'cli_ffffffffffffffff' }, 'wrong_app'],
    ['no app', { app_id: undefined }, 'wrong_app'],
    ['another company', { tenant_key: '736588c9260f175e' }, 'wrong_tenant'],
    ['no company', { tenant_key: undefined }, 'wrong_tenant'],
  ])('%s is refused with 403 and nothing is stored', async (_who, header, refusal) => {
    const { inbound, receive } = setUp();
    expect(await receive(sealedRequest(messageEnvelope({ header })))).toMatchObject({ status: 403, refusal });
    expect(inbound.stored).toEqual([]);
  });

  it('a sender of another company in our own chat is welcome', async () => {
    const { inbound, receive } = setUp();
    expect(await receive(sealedRequest(messageEnvelope({ senderTenant: '736588c9260f175e' })))).toMatchObject({
      status: 200,
    });
    expect(inbound.stored).toHaveLength(1);
  });
});

describe('other events', () => {
  it('the bot joining or leaving a chat is stored under the event id', async () => {
    const { inbound, receive } = setUp();
    const envelope = { ...messageEnvelope({ header: botAdded }), event: { chat_id: 'oc_1' } };
    expect(await receive(sealedRequest(envelope))).toMatchObject({ status: 200, body: '{}' });
    expect(inbound.stored).toMatchObject([{ eventKey: 'evt:ev1', orderKey: 'oc_1' }]);
  });

  it('a kind we do not know is acknowledged, so that it is not pushed again, and not stored', async () => {
    const { inbound, receive } = setUp();
    const old = { uuid: 'u', token: keys.verificationToken, type: 'event_callback' };
    const approval = { ...old, event: { type: 'approval_instance', app_id: appId, tenant_key: ourTenant } };
    for (const envelope of [messageEnvelope({ header: { event_type: 'im.message.recalled_v1' } }), approval]) {
      expect(await receive(sealedRequest(envelope))).toMatchObject({ status: 200, body: '{}', refusal: null });
    }
    expect(inbound.stored).toEqual([]);
  });

  it('a tap is answered in the response, one that cannot be read is refused', async () => {
    const { receive } = setUp();
    const tap = messageEnvelope({ header: { event_type: 'card.action.trigger' } });
    expect(await receive(sealedRequest({ ...tap, event: { readable: true } }))).toMatchObject({
      status: 200,
      body: '{"toast":{}}',
    });
    expect(await receive(sealedRequest({ ...tap, event: {} }))).toMatchObject({ status: 422 });
    expect(await receive(sealedRequest({ ...tap, event: null }))).toMatchObject({
      status: 422,
      refusal: 'bad_envelope',
    });
  });
});

describe('the request itself', () => {
  it('must be a POST of JSON', async () => {
    const { receive } = setUp();
    const request = sealedRequest(messageEnvelope());
    expect(await receive({ ...request, method: 'GET' })).toMatchObject({ status: 405 });
    const typed = (type: string) => ({ ...request, headers: { ...request.headers, 'content-type': type } });
    expect(await receive(typed('application/x-www-form-urlencoded'))).toMatchObject({
      status: 415,
      refusal: 'not_json',
    });
    expect(await receive(typed('application/json;charset=utf-8'))).toMatchObject({ status: 200 });
  });

  it('repeats a challenge and nothing else', async () => {
    const { receive } = setUp();
    const challenge = { challenge: 'c-1', token: keys.verificationToken, type: 'url_verification' };
    expect(await receive(sealedRequest(challenge))).toMatchObject({ status: 200, body: '{"challenge":"c-1"}' });
  });

  it('is refused without saying more than a word', async () => {
    const { receive, log } = setUp();
    const request = sealedRequest(messageEnvelope({ text: '机密' }));
    const forged = { ...request, headers: { ...request.headers, 'x-lark-signature': 'ab'.repeat(32) } };
    expect(await receive(forged)).toMatchObject({ status: 401, body: '{"error":"bad_signature"}' });
    expect(log.lines).toEqual([]);
  });
});
