/** The webhook transport: one HTTP callback in, one answer out, within the platform's two and a half seconds. */
import type { ChannelLog, RawRequest, RawResponse } from '../../src/channel/channel.ts';
import { digest } from './ids.ts';
import type { Intake, IntakeResult } from './intake.ts';
import { type JsonRecord, textField } from './json.ts';
import { readNumber } from './message-head.ts';
import { either } from './organisation.ts';
import type { Verified } from './verify.ts';

const contentType = 'application/json; charset=utf-8';
/** What keeps the platform from saying anything in the chat. */
const silence = { msgtype: 'empty' };

/** The 200 is written only after the event is stored; an event wants the word `success`, sealed, or it comes again. */
export function createReceiver(
  verify: (request: RawRequest) => Verified,
  intake: Intake,
  now: () => number,
  log: ChannelLog,
): (request: RawRequest) => Promise<RawResponse> {
  async function takeEvent(data: JsonRecord): Promise<IntakeResult> {
    const type = textField(data, 'EventType') ?? textField(data, 'eventType');
    if (type === null) return { ok: false, status: 422, reason: 'bad_payload' };
    // Saving the address in the console sends this, of no company and with no meaning beyond it.
    if (type === 'check_url') return { ok: true, answer: null };
    const [eventId, corpId] = [either(data, 'eventId'), either(data, 'corpId')];
    return intake.event({
      type,
      eventId: typeof eventId === 'string' && eventId !== '' ? eventId : digest(JSON.stringify(data)),
      corpId: typeof corpId === 'string' ? corpId : null,
      at: readNumber(either(data, 'timeStamp')) ?? readNumber(either(data, 'eventTime')) ?? now(),
      data,
    });
  }

  return async (request) => {
    if (request.method !== 'POST') return refuse(405, 'method_not_allowed');
    const verified = verify(request);
    if (!verified.ok) return refuse(verified.status, verified.reason);
    try {
      const result = await (verified.kind === 'robot' ? intake.robot(verified.data) : takeEvent(verified.data));
      if (!result.ok) return refuse(result.status, result.reason);
      const body = JSON.stringify(verified.kind === 'robot' ? silence : verified.reply());
      return { status: 200, contentType, body, refusal: null };
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'dingtalk push could not be stored');
      return refuse(500, 'store_failed');
    }
  };
}

function refuse(status: number, reason: string): RawResponse {
  return { status, contentType, body: JSON.stringify({ error: reason }), refusal: reason };
}
