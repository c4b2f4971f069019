/** Decides what a frame is answered with: everything durable first, then the ack. */
import type { ChannelLog } from '../../../src/channel/channel.ts';
import { digest } from '../ids.ts';
import type { Intake, IntakeResult } from '../intake.ts';
import { textField } from '../json.ts';
import { readNumber } from '../message-head.ts';
import type { Ack, Frame } from './frames.ts';

export const robotTopic = '/v1.0/im/bot/messages/get';
export const cardTopic = '/v1.0/card/instances/callback';

/**
 * The ack of a frame, null for one that takes none. Never rejects: what could not be stored is told to the platform
 * (500, or LATER for events), which brings it again.
 */
export function createDispatch(
  intake: Intake,
  now: () => number,
  log: ChannelLog,
): (frame: Frame) => Promise<Ack | null> {
  const kinds: Readonly<Record<string, (frame: Frame) => Promise<Ack>>> = { CALLBACK: callback, EVENT: event };

  async function callback(frame: Frame): Promise<Ack> {
    const { topic, data, messageId } = frame;
    if (topic !== robotTopic && topic !== cardTopic) return { code: 404, data: { response: null } };
    if (data === null) return refused('bad_json', { response: null });
    const result = await (topic === robotTopic ? intake.robot(data) : intake.card(data, messageId));
    return result.ok ? { code: 200, data: { response: result.answer } } : refused(result.reason, { response: null });
  }

  async function event(frame: Frame): Promise<Ack> {
    const { headers, data } = frame;
    const type = textField(headers, 'eventType');
    if (data === null || type === null) return refused('bad_json', { status: 'LATER' });
    const result: IntakeResult = await intake.event({
      type,
      // Without one a repeated event can only be told by what it says.
      eventId: textField(headers, 'eventId') ?? digest(JSON.stringify([type, data])),
      corpId: textField(headers, 'eventCorpId'),
      at: readNumber(headers['eventBornTime']) ?? now(),
      data,
    });
    return result.ok ? { code: 200, data: { status: 'SUCCESS' } } : refused(result.reason, { status: 'LATER' });
  }

  function refused(reason: string, data: object): Ack {
    log.warn({ refusal: reason }, 'dingtalk frame refused');
    return { code: 400, data };
  }

  return async (frame) => {
    const handle = Object.hasOwn(kinds, frame.type) ? kinds[frame.type] : undefined;
    if (!handle) return frame.type === 'SYSTEM' ? null : { code: 404, data: {} };
    try {
      return await handle(frame);
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'dingtalk frame could not be handled');
      return frame.type === 'EVENT'
        ? { code: 200, data: { status: 'LATER' } }
        : { code: 500, data: { response: null } };
    }
  };
}
