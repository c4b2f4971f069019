/** Callbacks on their way to the product: sealed anew for every try, sent again by the documented rules, replies read. */
import { type CallbackAddress, createCallbackAddress } from '../platform/callback-address.ts';
import type { SandboxClock } from '../platform/clock.ts';
import * as platform from '../platform/deliveries.ts';
import { type PushOutcome, splitPoint } from '../platform/http-push.ts';
import type { Random } from '../platform/random.ts';
import type { Journal } from './complaints.ts';
import type { OutgoingEvent } from './events.ts';
import { type Flaws, type MisbehaviourState, mustBeRefused } from './misbehaviour.ts';
import { type CallbackKeys, RETRY_DELAY_MS, type ResolvedOptions } from './options.ts';
import { type PassiveReply, readReply } from './passive-reply.ts';
import { type SealContext, sealPush } from './push-body.ts';

export interface Deliveries extends platform.Deliveries<OutgoingEvent, Flaws>, CallbackAddress {
  /** Seal context of the app's or the archive's callbacks. */
  contextOf(receiver: OutgoingEvent['receiver']): SealContext;
}

const DROPPED: PushOutcome = { accepted: false, status: null, answer: '', reason: 'dropped', tookMs: 0 };

export function createDeliveries(setup: {
  options: ResolvedOptions;
  callbackUrl: string | null;
  clock: SandboxClock;
  random: Random;
  journal: Journal;
  misbehaviour: MisbehaviourState;
  /** Told of every passive reply that could be read. */
  replied: (event: OutgoingEvent, reply: PassiveReply) => void;
}): Deliveries {
  const { options, clock, random, journal, misbehaviour } = setup;
  const app = createCallbackAddress(setup.callbackUrl, options.deadlineMs);
  const own = options.archive?.callbackUrl ?? null;
  const archive = own === null ? app : createCallbackAddress(own, options.deadlineMs);

  const contextOf = (receiver: OutgoingEvent['receiver']): SealContext => {
    const keys: CallbackKeys = (receiver === 'archive' && options.archive) || options;
    return { corpId: options.corpId, keys, random, now: clock.now };
  };

  function noteReply(event: OutgoingEvent, outcome: PushOutcome): PushOutcome {
    if (!outcome.accepted || outcome.answer === '' || outcome.answer === 'success') return outcome;
    const reply = readReply(outcome.answer, contextOf(event.receiver));
    if ('fault' in reply) journal.complain('bad_reply', `${event.eventType} ${event.eventId}: ${reply.fault}`);
    else setup.replied(event, reply);
    return outcome;
  }

  const deliveries = platform.createDeliveries<OutgoingEvent, Flaws>({
    clock,
    journal,
    transport: 'webhook',
    deadlineMs: options.deadlineMs,
    retryDelaysMs: Array.from({ length: options.retries }, () => RETRY_DELAY_MS / options.retryTimeScale),
    prepare(event, flaws) {
      if (flaws.dropped) return { first: async () => DROPPED, again: async () => DROPPED };
      const sealed = sealPush(event, contextOf(event.receiver), flaws);
      const address = event.receiver === 'archive' ? archive : app;
      const splitAt = flaws.splitBody ? splitPoint(sealed.body) : null;
      return {
        first: async () => noteReply(event, await address.post(sealed, { splitAt })),
        again: () => address.post(sealed),
      };
    },
    takeFlaws: () => misbehaviour.takeFlaws() ?? {},
    mustBeRefused,
    triesAgain: ({ reason }) =>
      reason !== DROPPED.reason && (options.retryOn === 'any' || reason?.startsWith('status_') !== true),
  });

  return {
    ...deliveries,
    ...app,
    contextOf,
    close() {
      deliveries.close();
      app.close();
      archive.close();
    },
  };
}
