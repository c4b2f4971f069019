/** What the platform tells the product, as it words it: robot messages, card callbacks, organisation events. */
import type { JsonObject } from '../platform/json.ts';
import type { Random } from '../platform/random.ts';
import type { ResolvedOptions } from './options.ts';

export const TOPICS = {
  robot: '/v1.0/im/bot/messages/get',
  card: '/v1.0/card/instances/callback',
  event: '*',
} as const;

export type EventKind = keyof typeof TOPICS;

export interface OutgoingEvent {
  readonly kind: EventKind;
  /** What stays the same when it comes again: `msgId` of a message, `eventId` of an event. */
  readonly eventId: string;
  readonly eventType: string;
  /** Card callbacks are answered on the spot and never sent again. */
  readonly callback: boolean;
  readonly transport: 'stream' | 'webhook';
  /** camelCase, as the stream carries it. */
  readonly data: JsonObject;
  readonly bornAt: number;
  /** The company it happened in: ours, unless it is to be a lie. */
  readonly corpId: string;
  /** Where a card's HTTP callback was registered. */
  readonly registered?: CardCallbackAddress;
}

export interface CardCallbackAddress {
  readonly url: string;
  readonly apiSecret: string | null;
}

export interface EventWriter {
  robotMessage(messageId: string, data: JsonObject): OutgoingEvent;
  organisation(eventType: string, data: JsonObject): OutgoingEvent;
  /** `registered`: null for the stream. */
  cardCallback(data: JsonObject, registered: CardCallbackAddress | null): OutgoingEvent;
}

export function createEventWriter(setup: { options: ResolvedOptions; random: Random; now: () => number }): EventWriter {
  const { options, random, now } = setup;
  const { corpId } = options;
  const base = { callback: false, transport: options.mode, corpId } as const;
  return {
    robotMessage: (messageId, data) => ({
      ...base,
      kind: 'robot',
      eventId: messageId,
      eventType: 'robot_message',
      data,
      bornAt: now(),
    }),
    organisation(eventType, data) {
      const [eventId, bornAt] = [random.hex(32), now()];
      const more = { eventId, timeStamp: bornAt, ...data };
      return { ...base, kind: 'event', eventId, eventType, data: more, bornAt };
    },
    cardCallback: (data, registered) => ({
      kind: 'card',
      eventId: random.hex(32),
      eventType: 'card_callback',
      callback: true,
      transport: registered ? 'webhook' : 'stream',
      data,
      bornAt: now(),
      corpId,
      ...(registered && { registered }),
    }),
  };
}

const STRANGER = 'dingffffffffffffffff';

/** The same, as if it came from another company. */
export function ofAnotherCompany(event: OutgoingEvent): OutgoingEvent {
  const name = event.kind === 'robot' ? 'chatbotCorpId' : 'corpId';
  const data = event.kind === 'event' ? event.data : { ...event.data, [name]: STRANGER };
  return { ...event, data, corpId: STRANGER };
}
