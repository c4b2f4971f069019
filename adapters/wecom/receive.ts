/** The callback address: one HTTP request in, one answer out, within the platform's five seconds (one for the check of the address). */
import type { ChannelLog, RawRequest, RawResponse } from '../../src/channel/channel.ts';
import type { Intake } from './intake.ts';
import type { Verifier } from './verify.ts';

const contentType = 'text/plain; charset=utf-8';

/**
 * A push is answered 200 with an empty body, and only after what it brought is stored; anything else is sent again.
 * The check of the address is answered with the decrypted echo and not a byte more.
 */
export function createReceiver(
  verify: Verifier,
  intake: Intake,
  log: ChannelLog,
): (request: RawRequest) => Promise<RawResponse> {
  return async (request) => {
    if (request.method === 'GET') {
      const echo = verify.echo(request);
      return echo.ok ? answer(echo.text) : refuse(echo.status, echo.reason);
    }
    if (request.method !== 'POST') return refuse(405, 'method_not_allowed');
    const verified = verify.push(request);
    if (!verified.ok) return refuse(verified.status, verified.reason);
    try {
      const result = await intake(verified.text);
      return result.ok ? answer('') : refuse(result.status, result.reason);
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'wecom event could not be stored');
      return refuse(500, 'store_failed');
    }
  };
}

function answer(body: string): RawResponse {
  return { status: 200, contentType, body, refusal: null };
}

function refuse(status: number, reason: string): RawResponse {
  return { status, contentType, body: reason, refusal: reason };
}
