/** What holds of anything an adapter hands to the core, whatever it was made of. */
import type { InboundEvent, RawResponse } from '../../../src/channel/channel.ts';
import type { ChannelEvent } from '../../../src/channel/event.ts';
import { must, orRefusal } from '../target.ts';

/** A callback is answered, and never by a fault of ours. */
export function isAnswer({ status, body, refusal }: RawResponse): void {
  must([200, 400, 401, 403, 405, 413, 415, 422].includes(status), `answered ${status} ${body.slice(0, 80)}`);
  must((status === 200) === (refusal === null), `${status} with the refusal ${refusal}`);
}

/** What was stored can be read back, or is refused by a declared error; either way it is forgotten here. */
export function readsBack(stored: InboundEvent[], normalise: (payload: string) => ChannelEvent | null): void {
  for (const { eventKey, orderKey, payload } of stored.splice(0)) {
    must(eventKey.length > 0 && eventKey.length <= 128, `event key of ${eventKey.length} characters`);
    must(orderKey === null || orderKey.length > 0, 'an empty order key');
    const event = orRefusal(() => normalise(payload));
    if (event) isEvent(event);
  }
}

/** Whole milliseconds of a year with four digits: what columns and calendars take. */
const isInstant = (at: number): boolean => Number.isSafeInteger(at) && at > 0 && at < 253_402_300_800_000;

function isEvent(event: ChannelEvent): void {
  const at = event.type === 'message' ? event.sentAt : event.at;
  must(isInstant(at), `${event.type} at ${at}`);
  if (event.type !== 'message') return;
  must(
    typeof event.text === 'string' && event.messageId !== '' && event.chat.id !== '',
    'a message without its fields',
  );
  for (const { text, sentAt } of event.record ?? []) {
    must(typeof text === 'string', 'a line without words');
    must(sentAt === null || isInstant(sentAt), `a line at ${sentAt}`);
  }
}
