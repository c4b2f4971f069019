/** The rules of sending: what each refusal becomes, how long tokens, months and writers last. */
import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../../../../adapters/dingtalk/api-failure.ts';
import { isUncounted, rules } from '../../../../adapters/dingtalk/error-rules.ts';
import { explainFailure, toDeliveryError } from '../../../../adapters/dingtalk/errors.ts';
import type { JsonRecord } from '../../../../adapters/dingtalk/json.ts';
import { monthOf, untilMonthProbe } from '../../../../adapters/dingtalk/month.ts';
import { restAfter, tokenMarginMs } from '../../../../adapters/dingtalk/token.ts';
import { createWriters } from '../../../../adapters/dingtalk/writers.ts';

const start = Date.UTC(2026, 10, 22, 8);

function failure(status: number, body: JsonRecord | null): ApiFailure {
  const found = ApiFailure.of(status, body);
  if (!found) throw new Error('no failure');
  return found;
}
const delivered = (status: number, body: JsonRecord | null) => toDeliveryError(failure(status, body), 'app', start);
const denied = (what: string) => ({ code: `Forbidden.AccessDenied.${what}`, message: 'm', requestid: 'r' });
const old = (sub_code: string, sub_msg = '') => ({ errcode: 88, sub_code, sub_msg, errmsg: 'ding talk error' });

describe('a reply', () => {
  it('is a success only when nothing in it says otherwise', () => {
    expect(ApiFailure.of(200, { success: true, result: true })).toBeNull();
    expect(ApiFailure.of(200, { errcode: 0, errmsg: 'ok' })).toBeNull();
    expect(ApiFailure.of(200, { processQueryKey: 'k' })).toBeNull();
    expect(failure(200, { errcode: 404, errmsg: '请求的URI地址不存在' }).code).toBe('404');
    expect(failure(200, { errcode: 300001, errmsg: 'session 不存在' }).code).toBe('300001');
    expect(failure(200, { success: false })).toMatchObject({ kind: 'refused', code: null });
    expect(failure(200, old('40014')).code).toBe('40014');
    expect(failure(200, { errcode: 40014, errmsg: 'x' }).code).toBe('40014');
    const wrapped = 'ding talk error[subcode=90018,submsg=频率过高]';
    expect(failure(200, { errcode: 88, errmsg: wrapped }).code).toBe('90018');
  });

  it('of the firewall is told apart from one of the API and from a broken gateway', () => {
    const json = { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'u' };
    expect(failure(200, json).kind).toBe('banned');
    expect(failure(405, null).kind).toBe('banned');
    expect(failure(502, null)).toMatchObject({ kind: 'refused', status: 502, code: null });
  });
});

describe('what a refusal becomes', () => {
  it.each([
    [403, denied('QpsLimitForAppkeyAndApi'), 'throttled', 1_000],
    [403, denied('QpsLimitForApi'), 'throttled', 1_000],
    [403, denied('QpmLimitForAppkeyAndApi'), 'throttled', 60_000],
    [200, old('90018'), 'throttled', 1_000],
    [200, old('90002'), 'throttled', 1_000],
    [403, denied('ApiCountLimitForOrg'), 'throttled', 3_600_000],
    [200, old('90020'), 'throttled', 3_600_000],
    [405, null, 'throttled', 300_000],
    [429, { message: 'slow down' }, 'throttled', 1_000],
    [400, { code: 'InvalidAuthentication' }, 'retryable', null],
    [200, old('40014'), 'retryable', null],
    [403, denied('IpNotInWhiteList'), 'retryable', null],
    [500, { code: 'system.busy' }, 'retryable', null],
    [500, { code: 'never.heard.of' }, 'retryable', null],
    [200, { errcode: 404, errmsg: '' }, 'retryable', null],
    [400, { code: 'invalidParameter.robotCode.notExsit' }, 'permanent', null],
    [400, { code: 'never.heard.of' }, 'permanent', null],
    [400, { code: 'param.cardNotExist' }, 'permanent', null],
    [200, old('60011', 'requiredScopes=[qyapi_get_member]'), 'retryable', null],
  ] as const)('%i %j is %s', (status, body, outcome, waitMs) => {
    const error = delivered(status, body);
    expect(error.outcome).toBe(outcome);
    if (waitMs === null) return expect(error.retryAfterMs).toBeNull();
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(Math.floor(waitMs));
    expect(error.retryAfterMs).toBeLessThan(waitMs + 1_000);
  });

  it('network and time-outs are for another try', () => {
    for (const error of [ApiFailure.unreached('timeout', null), new Error('socket hang up')])
      expect(toDeliveryError(error, 'app', start).outcome).toBe('retryable');
  });

  it('names the scope, the page that grants it, and the address', () => {
    const scoped = {
      ...denied('AccessTokenPermissionDenied'),
      accessdenieddetail: { requiredScopes: ['Card.Instance.Write'] },
    };
    expect(explainFailure(failure(403, scoped), 'app')).toBe(
      '应用缺少权限 Card.Instance.Write：请打开 https://open-dev.dingtalk.com/appscope/apply?content=app%23Card.Instance.Write 开通，然后发布新版本。',
    );
    expect(explainFailure(failure(200, old('60011', 'requiredScopes=[qyapi_get_member]，申请')), 'app')).toContain(
      'qyapi_get_member',
    );
    expect(explainFailure(failure(200, old('60020', 'request ip=10.20.30.40 not in whitelist')), 'app')).toContain(
      '10.20.30.40',
    );
  });

  it('keeps nothing of what the platform quotes', () => {
    const error = delivered(400, { code: '王总 的手机 138', message: '王总 的手机 138', requestid: 'r' });
    expect(`${error.message}${error.code}`).not.toContain('王总');
    expect(error.code).toBe('400');
  });

  it('every sentence is one, and says no placeholder to a person', () => {
    for (const [code, { say }] of Object.entries(rules)) {
      expect(say, code).toMatch(/。$/);
      expect(explainFailure(failure(400, { code, message: '' }), 'app'), code).not.toMatch(/[{}]/);
    }
  });

  it('counts in the month what the platform carried out', () => {
    const uncounted = ['InvalidAuthentication', '90018', '60011', 'Forbidden.AccessDenied.ApiCountLimitForOrg'];
    expect(uncounted.every(isUncounted)).toBe(true);
    expect(['param.cardNotExist', 'group.disbanded', 'never.heard.of', null].some(isUncounted)).toBe(false);
  });
});

describe('the token', () => {
  it('is renewed five minutes before its end, and with a wrong secret asked for once a minute', () => {
    expect([tokenMarginMs(7_200_000), tokenMarginMs(1_000_000)]).toEqual([360_000, 300_000]);
    expect(restAfter(failure(400, { code: 'invalidClientIdOrSecret' }))).toBe(60_000);
    expect([restAfter(failure(503, null)), restAfter(new Error('bug'))]).toEqual([0, 0]);
  });
});

describe('the month', () => {
  it('ends at midnight in China; used up, it is tried once an hour until then', () => {
    for (const last of [Date.UTC(2026, 10, 30, 15, 59, 59), Date.UTC(2026, 11, 31, 15, 59, 59)]) {
      expect([untilMonthProbe(last - 7_200_000), untilMonthProbe(last)]).toEqual([3_600_000, 1_000]);
      expect(monthOf(last)).not.toBe(monthOf(last + 1_000));
    }
    expect(monthOf(Date.UTC(2026, 10, 30, 16))).toBe('2026-12');
  });
});

describe('writers of one card', () => {
  it('an update stays away while taps are open and a second more', () => {
    let now = start;
    const writers = createWriters(() => now);
    const [one, two] = [writers.tap('c'), writers.tap('c')];
    one.done();
    expect([writers.quietFor('c'), writers.quietFor('other')]).toEqual([1_000, 0]);
    two.done();
    now += 400;
    expect(writers.quietFor('c')).toBe(600);
    now += 600;
    expect(writers.quietFor('c')).toBe(0);
    writers.tap('d').done();
    now -= 3_600_000;
    expect(writers.quietFor('d'), 'when the clock was put back').toBe(0);
  });

  it('a tap learns whether a running update ended in time, also when it failed', async () => {
    const writers = createWriters(() => start);
    const gate = Promise.withResolvers<void>();
    const put = writers.put('c', () => gate.promise);
    expect(await writers.settled('c', 10)).toBe(false);
    const waiting = writers.settled('c', 1_000);
    gate.reject(new Error('refused'));
    await expect(put).rejects.toThrow('refused');
    expect(await waiting).toBe(true);
    expect(await writers.settled('c', 0)).toBe(true);
  });
});
