/** The rules of sending: limits per member, lengths in bytes, tokens, codes and what they become. */
import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../../../adapters/wecom/api-failure.ts';
import { ruleFor, rules } from '../../../adapters/wecom/error-rules.ts';
import { explainFailure, toDeliveryError } from '../../../adapters/wecom/errors.ts';
import { createLimiter } from '../../../adapters/wecom/limiter.ts';
import { clip, clipBytes } from '../../../adapters/wecom/text.ts';
import { restAfter, tokenMarginMs } from '../../../adapters/wecom/token.ts';
import { nowMs } from './sealing.ts';

const refused = (errcode: number, errmsg = ''): ApiFailure => {
  const failure = ApiFailure.of({ errcode, errmsg });
  if (!failure) throw new Error('no failure');
  return failure;
};

describe('one member', () => {
  it('gets thirty a minute and a thousand an hour, and others are not held up', () => {
    let now = nowMs;
    const limiter = createLimiter(() => now);
    for (let n = 0; n < 30; n += 1) expect(limiter.book('a')).toBe(0);
    expect(limiter.book('a')).toBe(61_000);
    expect(limiter.book('b')).toBe(0);
    now += 61_000;
    expect(limiter.book('a')).toBe(0);
    for (let sent = 31; sent < 1_000; sent += 1) {
      now += 2_100;
      expect(limiter.book('a')).toBe(0);
    }
    now += 2_100;
    expect(limiter.book('a')).toBeGreaterThan(61_000);
  });
});

describe('lengths', () => {
  it('are counted in bytes, and characters stay whole', () => {
    expect(clipBytes('报价', 6)).toBe('报价');
    expect(clipBytes('报价单', 8)).toBe('报…');
    expect(clipBytes('😀😀😀', 11)).toBe('😀😀…');
    for (let max = 3; max < 30; max += 1)
      expect(Buffer.byteLength(clipBytes('报a😀'.repeat(9), max))).toBeLessThanOrEqual(max);
  });

  it('in characters too', () => {
    expect(clip('报价单', 2)).toBe('报…');
    expect(clip('a😀b', 3)).toBe('a…');
  });
});

describe('tokens', () => {
  it('are renewed early; a wrong secret is not tried again for ten minutes, a broken line at once', () => {
    expect([tokenMarginMs(7_200_000), tokenMarginMs(600_000)]).toEqual([300_000, 60_000]);
    expect([restAfter(refused(40001)), restAfter(refused(40013))]).toEqual([600_000, 600_000]);
    expect([restAfter(ApiFailure.unreached('network', null)), restAfter(refused(45009))]).toEqual([0, 0]);
  });
});

describe('codes', () => {
  it.each([40001, 40013, 60020, 48002, 301002, 81013, 12345])('%i is never tried again', (code) => {
    expect(toDeliveryError(refused(code))).toMatchObject({ outcome: 'permanent' });
  });

  it.each([
    [-1, 'retryable', null],
    [6000, 'retryable', null],
    [40014, 'retryable', null],
    [45009, 'throttled', 60_000],
    [45033, 'throttled', 2_000],
  ])('%i is %s', (code, outcome, retryAfterMs) => {
    expect(toDeliveryError(refused(code))).toMatchObject({ outcome, retryAfterMs, code: String(code) });
  });

  it('301002 names the two settings that do not belong together', () => {
    expect(toDeliveryError(refused(301002)).message).toMatch(/WECOM_AGENT_ID.*WECOM_SECRET/);
  });

  it('60020 says which address to add, and nothing else of the words of the platform', () => {
    const error = toDeliveryError(
      refused(60020, 'not allow to access from your ip, hint: [17], from ip: 203.0.113.9, more info'),
    );
    expect(error.message).toContain('203.0.113.9');
    expect(error.message).toContain('企业可信IP');
    expect(error.message).not.toContain('hint');
    expect(explainFailure(refused(60020, ''))).toContain('企业可信IP');
  });

  it('60140 is the word by which the core says in words how it ended', () => {
    expect(toDeliveryError(refused(60140))).toMatchObject({ outcome: 'permanent', code: 'update_window_closed' });
  });

  it('every sentence is Chinese and whole', () => {
    for (const code of Object.keys(rules)) expect(ruleFor(Number(code)).say).toMatch(/[一-龥].*。$/);
  });

  it('no answer is tried again', () => {
    expect(toDeliveryError(ApiFailure.unreached('timeout', null))).toMatchObject({
      outcome: 'retryable',
      code: 'timeout',
    });
    expect(toDeliveryError(new Error('bug'))).toMatchObject({ outcome: 'retryable' });
  });
});
