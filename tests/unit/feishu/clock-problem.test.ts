/** A server whose clock is wrong says so, and only when Feishu itself has told it. */
import { expect, it } from 'vitest';
import { watchClock } from '../../../adapters/feishu/clock-problem.ts';
import { createVerifier } from '../../../adapters/feishu/verify.ts';
import { keys, messageEnvelope, nowMs, sealedRequest } from './sealing.ts';

const good = JSON.stringify(messageEnvelope({ text: '好的' }));
const HOUR_S = 3_600;

it('a genuine push of another hour tells that our clock is wrong, until one of this minute comes', () => {
  const { verify, problem } = watchClock(createVerifier(keys, () => nowMs));
  expect(problem()).toBeNull();
  expect(verify(sealedRequest(good, HOUR_S))).toMatchObject({ reason: 'stale_timestamp' });
  expect(problem()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('时钟') });
  expect(verify(sealedRequest(good))).toMatchObject({ ok: true });
  expect(problem()).toBeNull();
});

it('a time that nobody signed tells nothing', () => {
  const { verify, problem } = watchClock(createVerifier(keys, () => nowMs));
  for (const time of ['1', '1e9', '1609073151']) {
    const request = sealedRequest(good);
    verify({ ...request, headers: { ...request.headers, 'x-lark-request-timestamp': time } });
    expect(problem()).toBeNull();
  }
});
