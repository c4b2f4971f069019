/** The webhook transport: one HTTP callback in, one answer out, within the platform's three seconds. */
import type { ChannelLog, RawRequest, RawResponse } from '../../src/channel/channel.ts';
import type { Intake } from './intake.ts';
import type { Verified } from './verify.ts';

const contentType = 'application/json; charset=utf-8';

/**
 * Success is HTTP 200 with a JSON body and nothing else (204 and redirects count as failures and are pushed again).
 * The 200 is written only after the event is stored.
 */
export function createReceiver(
  verify: (request: RawRequest) => Verified,
  intake: Intake,
  log: ChannelLog,
): (request: RawRequest) => Promise<RawResponse> {
  return async (request) => {
    if (request.method !== 'POST') return refuse(405, 'method_not_allowed');
    if (!isJson(request.headers['content-type'])) return refuse(415, 'not_json');
    const verified = verify(request);
    if (!verified.ok) return refuse(verified.status, verified.reason);
    if (verified.kind === 'challenge') return answer({ challenge: verified.challenge });
    try {
      const result = await intake(verified.envelope, verified.text);
      return result.ok
        ? result.answer === null
          ? empty
          : answer(result.answer)
        : refuse(result.status, result.reason);
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'feishu event could not be stored');
      return refuse(500, 'store_failed');
    }
  };
}

const empty: RawResponse = { status: 200, contentType, body: '{}', refusal: null };

function answer(body: object): RawResponse {
  return { status: 200, contentType, body: JSON.stringify(body), refusal: null };
}

function refuse(status: number, reason: string): RawResponse {
  return { status, contentType, body: JSON.stringify({ error: reason }), refusal: reason };
}

/** A missing header is tolerated, another type is not: the signature decides, this only turns away the mistaken. */
function isJson(header: string | string[] | undefined): boolean {
  return header === undefined || (typeof header === 'string' && /^application\/json\b/i.test(header));
}
