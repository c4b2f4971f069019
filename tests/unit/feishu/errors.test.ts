/** What the platform's codes become for the outbox, and what a person reads. */
import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../../../adapters/feishu/api-failure.ts';
import { missingScopes, toDeliveryError } from '../../../adapters/feishu/errors.ts';
import { DeliveryError } from '../../../src/channel/delivery.ts';

const refused = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  ApiFailure.of(status, headers, body) ?? new Error('no failure');

describe('a reply', () => {
  it('is a success only with a 2xx status and code 0, or no code in an object', () => {
    expect(ApiFailure.of(200, {}, { code: 0, data: {} })).toBeNull();
    expect(ApiFailure.of(200, {}, { access_token: 'x' })).toBeNull();
    expect(ApiFailure.of(200, {}, { code: 10014, msg: 'app secret invalid' })).toMatchObject({
      code: 10014,
      status: 200,
    });
    expect(ApiFailure.of(404, {}, { code: 0 })).toMatchObject({ status: 404 });
    expect(ApiFailure.of(302, {}, null)).toMatchObject({ status: 302, code: null });
    expect(ApiFailure.of(200, {}, null)).toMatchObject({ status: 200, code: null });
  });

  it('tells the log id, from the body or the header, and how long to wait', () => {
    expect(refused(400, { code: 230001, error: { log_id: 'L1' } }, { 'x-tt-logid': 'L2' })).toMatchObject({
      logId: 'L1',
    });
    expect(refused(429, { code: 99991400 }, { 'x-tt-logid': 'L2', 'x-ogw-ratelimit-reset': '7' })).toMatchObject({
      logId: 'L2',
      resetMs: 7_000,
    });
  });
});

describe('for an order', () => {
  it.each([
    [429, 99991400, 'throttled'],
    [400, 230020, 'throttled'],
    [400, 230049, 'throttled'],
    [400, 11232, 'throttled'],
    [400, 11233, 'throttled'],
    [400, 99991403, 'throttled'],
    [500, 2200, 'retryable'],
    [400, 99991663, 'retryable'],
    [400, 99991672, 'retryable'],
    [200, 10014, 'retryable'],
    [200, 10015, 'retryable'],
    [400, 230002, 'permanent'],
    [400, 230013, 'permanent'],
    [400, 230029, 'permanent'],
    [400, 230099, 'permanent'],
    [400, 99992361, 'permanent'],
    [400, 777777, 'permanent'],
    [503, 777777, 'retryable'],
    [429, 777777, 'throttled'],
  ])('status %i with code %i is %s', (status, code, outcome) => {
    const error = toDeliveryError(refused(status, { code, msg: 'words about 机密' }));
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ outcome, code: String(code) });
    expect(error.retryAfterMs === null).toBe(outcome !== 'throttled');
    expect(error.message).toMatch(/[\u4e00-\u9fff]/);
    expect(error.message).not.toContain('机密');
  });

  it('a closed update window has a word of its own', () => {
    expect(toDeliveryError(refused(400, { code: 230031 }))).toMatchObject({
      outcome: 'permanent',
      code: 'update_window_closed',
    });
  });

  it('a locked card passes by itself, another fault of the card does not', () => {
    const card = (msg: string) =>
      toDeliveryError(
        refused(400, { code: 230099, msg: `Failed to create card content, ext=ErrCode: 11310; ErrMsg: ${msg}` }),
      );
    expect(card('card action is lock')).toMatchObject({ outcome: 'throttled', retryAfterMs: 1_000 });
    expect(card('element exceeds the limit')).toMatchObject({ outcome: 'permanent' });
  });

  it('no answer at all is worth another try, and so is an answer without a code', () => {
    expect(toDeliveryError(ApiFailure.unreached('timeout', null))).toMatchObject({
      outcome: 'retryable',
      code: 'timeout',
    });
    expect(toDeliveryError(new TypeError('x'))).toMatchObject({ outcome: 'retryable', code: 'network' });
    expect(toDeliveryError(refused(502, null))).toMatchObject({ outcome: 'retryable', code: '502' });
  });

  it('an error that is one already stays as it is', () => {
    const own = new DeliveryError('throttled', 'local_limit', '稍后', 5);
    expect(toDeliveryError(own)).toBe(own);
  });
});

it('a missing scope is named', () => {
  const said =
    'Access denied. One of the following scopes is required: [im:message:send_as_bot, im:message].应用尚未开通所需的应用身份权限：[im:message:send_as_bot, im:message]';
  const failure = ApiFailure.of(400, {}, { code: 99991672, msg: said });
  expect(failure && missingScopes(failure)).toEqual(['im:message:send_as_bot', 'im:message']);
});
