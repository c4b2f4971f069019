/** Which callbacks are believed, and whose company's pushes are taken. */
import { describe, expect, it } from 'vitest';
import { createCarriedSessions } from '../../../../adapters/dingtalk/carried-session.ts';
import { decrypt, encrypt, readKey } from '../../../../adapters/dingtalk/decrypt.ts';
import { createIntake } from '../../../../adapters/dingtalk/intake.ts';
import { createPushProblems } from '../../../../adapters/dingtalk/push-problems.ts';
import { eventSignature, robotSign } from '../../../../adapters/dingtalk/signature.ts';
import { createVerifier } from '../../../../adapters/dingtalk/verify.ts';
import type { RawRequest } from '../../../../src/channel/channel.ts';
import { ownMeans } from '../../../support/own-means.ts';
import { createRecordingUsage } from '../../../support/recording-usage.ts';
import { recordingInbound, recordingLog } from './doubles.ts';
import { clientId, clientSecret, corpId, keys } from './sealing.ts';

const now = 1_769_851_697_756;
const hour = 3_600_000;
const key = readKey(keys.aesKey);
const verify = createVerifier({ clientId, clientSecret, corpId, ...keys }, () => now);

function event(
  timestamp: string,
  { owner = clientId, message = '{"EventType":"check_url"}', more = {} } = {},
): RawRequest {
  const sealed = encrypt(message, owner, Buffer.alloc(16, 7), key);
  const msg_signature = eventSignature(keys.token, timestamp, 'nonce', sealed);
  return {
    method: 'POST',
    headers: {},
    query: { msg_signature, timestamp, nonce: 'nonce', ...more },
    body: Buffer.from(JSON.stringify({ encrypt: sealed })),
  };
}

function robot(timestamp: string, body = '{"msgId":"m"}'): RawRequest {
  const headers = { timestamp, sign: robotSign(clientSecret, timestamp) };
  return { method: 'POST', headers, query: {}, body: Buffer.from(body) };
}

describe.each([
  ['an event', event],
  ['a robot message', robot],
] as const)('%s', (_what, make) => {
  it.each([0, hour, -hour])('signed %i ms away is believed', (off) => {
    expect(verify(make(String(now + off))).ok).toBe(true);
  });

  it.each([hour + 1, -hour - 1])('signed %i ms away is not', (off) => {
    expect(verify(make(String(now + off)))).toMatchObject({ status: 401, reason: 'stale_timestamp' });
  });

  it.each(['', 'NaN', '1e12'])('signed at %j is not', (timestamp) => {
    expect(verify(make(timestamp))).toMatchObject({ ok: false, status: 401 });
  });
});

it('an event may count in seconds, and be sealed for the company', () => {
  expect(verify(event(String(Math.floor(now / 1000)))).ok).toBe(true);
  expect(verify(event(String(now), { owner: corpId }))).toMatchObject({ ok: true, data: { EventType: 'check_url' } });
});

it('the reply is `success`, sealed for whom the push was sealed and signed by the token', () => {
  const verified = verify(event(String(now), { owner: corpId }));
  if (!verified.ok || verified.kind !== 'event') throw new Error('refused');
  const reply = verified.reply() as Record<'msg_signature' | 'timeStamp' | 'nonce' | 'encrypt', string>;
  expect(decrypt(reply.encrypt, key)).toEqual({ ok: true, message: 'success', owner: corpId });
  expect(reply.msg_signature).toBe(eventSignature(keys.token, reply.timeStamp, reply.nonce, reply.encrypt));
});

it.each([
  ['words that are no object', event(String(now), { message: '[]' }), 'bad_json'],
  ['a doubled signature', event(String(now), { more: { msg_signature: ['a', 'b'] } }), 'missing_signature'],
  ['a doubled timestamp', event(String(now), { more: { timestamp: ['1', '2'] } }), 'missing_signature'],
  ['a robot body that is no object', robot(String(now), 'null'), 'bad_json'],
  ['bytes that are no text', { ...robot(String(now)), body: Buffer.from([0xff, 0xfe]) }, 'not_utf8'],
  [
    'a robot’s signature in the place of an event’s',
    { ...robot(String(now)), query: { signature: 'x', timestamp: String(now), nonce: 'n' } },
    'not_encrypted',
  ],
])('%s is refused', (_what, request, reason) => {
  expect(verify(request)).toMatchObject({ ok: false, reason });
});

it('a company that is not in the settings never reaches the core, where it would be pinned', async () => {
  const asked: string[] = [];
  const inbound = recordingInbound();
  const intake = createIntake({
    corpId,
    inbound: {
      ...inbound,
      async isOurTenant(external) {
        asked.push(external);
        return true;
      },
    },
    sessions: { note: () => undefined },
    carried: createCarriedSessions(ownMeans(() => now).tokens.box(clientSecret)),
    taps: { answer: async () => ({}), typed: async () => undefined },
    problems: createPushProblems(() => now),
    nameless: { heard: () => undefined },
    usage: createRecordingUsage(),
    now: () => now,
    log: recordingLog(),
  });
  const message = { msgId: 'm', conversationId: 'c', conversationType: '1' };
  const base = { type: 'user_leave_org', eventId: 'e', at: 1, data: { userId: ['u'] } };
  const results = await Promise.all([
    intake.robot({ ...message, chatbotCorpId: 'dingother' }),
    intake.robot(message),
    intake.robot({ errCode: 20001, chatbotCorpId: 'dingother' }),
    intake.card({ corpId: 'dingother' }, 'f'),
    intake.event({ ...base, corpId: 'dingother' }),
    intake.event({ ...base, corpId: null }),
  ]);
  expect(results.map((result) => !result.ok && result.reason)).toEqual(results.map(() => 'wrong_corp'));
  expect([asked, inbound.stored]).toEqual([[], []]);
  expect((await intake.robot({ ...message, chatbotCorpId: corpId })).ok).toBe(true);
  expect(asked).toEqual([corpId]);
});
