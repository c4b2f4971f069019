/** Messages, events and card callbacks on their way to the product, by stream or HTTP, and again when no ack came. */
import { type CallbackAddress, createCallbackAddress } from '../platform/callback-address.ts';
import type { SandboxClock } from '../platform/clock.ts';
import * as platform from '../platform/deliveries.ts';
import { type PushOutcome, splitPoint } from '../platform/http-push.ts';
import type { Random } from '../platform/random.ts';
import type { Journal } from './complaints.ts';
import { type OutgoingEvent, ofAnotherCompany } from './events.ts';
import { writePush } from './http/push-body.ts';
import { judgeReply } from './http/success-reply.ts';
import { type Flaws, type MisbehaviourState, mustBeRefused } from './misbehaviour.ts';
import { RETRY_DELAYS_MS, type ResolvedOptions } from './options.ts';
import type { Gateway } from './stream/gateway.ts';

export type Deliveries = platform.Deliveries<OutgoingEvent, Flaws> & CallbackAddress;

const DROPPED: PushOutcome = { accepted: false, status: null, answer: '', reason: 'dropped', tookMs: 0 };

export function createDeliveries(setup: {
  options: ResolvedOptions;
  callbackUrl: string | null;
  clock: SandboxClock;
  random: Random;
  journal: Journal;
  misbehaviour: MisbehaviourState;
  gateway: Gateway;
}): Deliveries {
  const { options, clock, random, journal, misbehaviour, gateway } = setup;
  const context = { options, random, now: clock.now };
  const main = createCallbackAddress(setup.callbackUrl, options.deadlineMs);
  const cards = createCallbackAddress(null, options.cardDeadlineMs);
  const frameIds = new Map<string, string>();
  const newId = (): string => `${random.hex(8)}_${random.hex(4)}_${random.hex(11)}`;

  function frameId({ eventId }: OutgoingEvent): string {
    const known = frameIds.get(eventId);
    if (known !== undefined && !options.freshMessageIds) return known;
    const made = newId();
    if (!options.freshMessageIds) frameIds.set(eventId, made);
    return made;
  }

  async function overHttp(
    event: OutgoingEvent,
    body: ReturnType<typeof writePush>,
    split: boolean,
  ): Promise<PushOutcome> {
    const splitAt = split ? splitPoint(body.body) : null;
    if (!event.registered) {
      const outcome = await main.post(body, { splitAt });
      return event.kind === 'event' ? judgeReply(outcome, options) : outcome;
    }
    cards.setCallbackUrl(event.registered.url);
    return cards.post(body, { splitAt });
  }

  function prepare(sound: OutgoingEvent, flaws: Flaws): platform.PreparedPush {
    const event = flaws.wrongCorp ? ofAnotherCompany(sound) : sound;
    if (flaws.dropped) return { first: async () => DROPPED, again: async () => DROPPED };
    if (event.transport === 'stream') {
      return {
        first: () => gateway.push(event, flaws, frameId(event)),
        again: () => gateway.push(event, {}, frameId(event)),
      };
    }
    const body = writePush(event, context, flaws);
    return { first: () => overHttp(event, body, flaws.splitBody === true), again: () => overHttp(event, body, false) };
  }

  const lane = (transport: 'webhook' | 'websocket') =>
    platform.createDeliveries<OutgoingEvent, Flaws>({
      clock,
      journal,
      transport,
      deadlineMs: options.deadlineMs,
      retryDelaysMs: RETRY_DELAYS_MS.map((delay) => delay / options.retryTimeScale),
      prepare,
      takeFlaws: () => misbehaviour.takeFlaws() ?? {},
      mustBeRefused,
      triesAgain: ({ reason }) => reason !== DROPPED.reason,
    });
  const lanes = { stream: lane('websocket'), webhook: lane('webhook') };
  const both = [lanes.stream, lanes.webhook];

  return {
    ...main,
    send: (event, flaws) => lanes[event.transport].send(event, flaws),
    replay: (eventId) => lanes.stream.replay(eventId) ?? lanes.webhook.replay(eventId),
    hold() {
      for (const one of both) one.hold();
    },
    release(order) {
      for (const one of both) one.release(order);
    },
    inFlight: () => lanes.stream.inFlight() + lanes.webhook.inFlight(),
    close() {
      for (const one of both) one.close();
      main.close();
      cards.close();
    },
  };
}
