/** Brings events to the product by webhook or long connection, tries again on the platform's schedule, and judges the acks. */
import { Agent } from 'node:http';
import type { SandboxClock } from './clock.ts';
import type { Envelope, OutgoingEvent } from './events.ts';
import type { Journal } from './journal.ts';
import type { LongConnection } from './long-connection.ts';
import { type Flaws, type MisbehaviourState, mustBeRefused } from './misbehaviour.ts';
import { RETRY_DELAYS_MS, type ResolvedOptions } from './options.ts';
import { type PushBody, sealPush, splitPoint } from './push-body.ts';
import type { Random } from './random.ts';
import { type PushOutcome, postPush } from './webhook-pusher.ts';

/** One event on its way. The promises never reject. */
export interface Delivery {
  readonly eventId: string;
  readonly eventType: string;
  /** Outcome of every push so far, copies included, in the order they ended. */
  readonly outcomes: readonly PushOutcome[];
  readonly first: Promise<PushOutcome>;
  /** Settles with the first acceptance, or with the last failure when nothing more will be tried. */
  readonly done: Promise<PushOutcome>;
}

export interface Deliveries {
  send(event: OutgoingEvent, flaws?: Flaws): Delivery;
  /** The very same bytes and headers (or frame payload) once more; null when that event is not remembered. */
  replay(eventId: string): Promise<PushOutcome> | null;
  /** Keeps events back until `release`, which lets them go in the order of `arrange`. */
  hold(): void;
  release(order?: 'kept' | 'reversed'): void;
  post(push: PushBody): Promise<PushOutcome>;
  setCallbackUrl(url: string): void;
  callbackUrl(): string | null;
  /** Pushes that have no outcome yet. */
  inFlight(): number;
  close(): void;
}

const REMEMBERED = 2000;

export function createDeliveries(setup: {
  options: ResolvedOptions;
  callbackUrl: string | null;
  clock: SandboxClock;
  random: Random;
  journal: Journal;
  misbehaviour: MisbehaviourState;
  longConnection: LongConnection;
}): Deliveries {
  const { options, clock, random, journal, misbehaviour, longConnection } = setup;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const remembered = new Map<string, () => Promise<PushOutcome>>();
  const seal = { encryptKey: options.encryptKey, random, now: clock.now };
  let url = setup.callbackUrl;
  let held: (() => void)[] | null = null;
  let inFlight = 0;
  let closed = false;

  function remember(eventId: string, again: () => Promise<PushOutcome>): void {
    remembered.set(eventId, again);
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
  }

  function post(push: PushBody, splitAt: number | null = null): Promise<PushOutcome> {
    const { deadlineMs } = options;
    if (url === null)
      return Promise.resolve({ accepted: false, status: null, answer: '', reason: 'unreachable', tookMs: 0 });
    return postPush(url, push, { agent, deadlineMs, splitAt });
  }

  async function push(event: OutgoingEvent, flaws: Flaws): Promise<PushOutcome> {
    const envelope = bent(event.envelope, flaws, random);
    let outcome: Promise<PushOutcome>;
    inFlight += 1;
    if (options.mode === 'websocket') {
      const payload = Buffer.from(JSON.stringify(envelope));
      const again = (): Promise<PushOutcome> => longConnection.push(random.hex(32), payload, flaws);
      remember(event.eventId, again);
      outcome = again();
    } else {
      const sealed = sealPush(envelope, seal, flaws);
      remember(event.eventId, () => post(sealed));
      outcome = post(sealed, flaws.splitBody ? splitPoint(sealed.body) : null);
    }
    const result = await outcome;
    inFlight -= 1;
    return result;
  }

  function judge(event: OutgoingEvent, flaws: Flaws, attempt: number, outcome: PushOutcome): void {
    const { eventId, eventType } = event;
    const { accepted, status, reason, tookMs } = outcome;
    const name = `${eventType} ${eventId}`;
    const forged = mustBeRefused(flaws);
    if (forged && accepted && options.mode === 'webhook') {
      journal.complain('accepted_forgery', `${name} with ${Object.keys(flaws).join(', ')}`);
    } else if (!forged && reason === 'timeout')
      journal.complain('late_ack', `${name}: nothing in ${options.deadlineMs} ms`);
    else if (!forged && (reason?.startsWith('status_') || reason?.startsWith('ack_'))) {
      journal.complain('refused_ack', `${name}: ${reason}`);
    } else if (!forged && reason !== null) journal.complain('unreachable', `${name}: ${reason}`);
    const transport = options.mode;
    journal.record({
      kind: 'delivery',
      at: clock.now(),
      transport,
      eventId,
      eventType,
      attempt,
      accepted,
      status,
      reason,
      tookMs,
    });
  }

  function send(event: OutgoingEvent, given?: Flaws): Delivery {
    const flaws = given ?? misbehaviour.takeFlaws();
    const outcomes: PushOutcome[] = [];
    const first = Promise.withResolvers<PushOutcome>();
    const done = Promise.withResolvers<PushOutcome>();
    const tries = event.callback || mustBeRefused(flaws) ? 1 : 1 + RETRY_DELAYS_MS.length;

    function conclude(outcome: PushOutcome, number: number): void {
      outcomes.push(outcome);
      if (!closed) judge(event, flaws, number, outcome);
    }
    async function attempt(number: number): Promise<void> {
      if (closed) return;
      const outcome = await push(event, flaws);
      conclude(outcome, number);
      first.resolve(outcome);
      if (outcome.accepted || number >= tries) done.resolve(outcome);
      else clock.after((RETRY_DELAYS_MS[number - 1] ?? 0) / options.retryTimeScale, () => void attempt(number + 1));
    }
    const start = (): void => {
      void attempt(1);
      for (let copy = 1; copy < (flaws.copies ?? 1); copy += 1) {
        void push(event, flaws).then((outcome) => conclude(outcome, 1));
      }
    };
    if (held && !event.callback) held.push(start);
    else start();
    return { eventId: event.eventId, eventType: event.eventType, outcomes, first: first.promise, done: done.promise };
  }

  return {
    send,
    post,
    replay: (eventId) => remembered.get(eventId)?.() ?? null,
    hold() {
      held ??= [];
    },
    release(order = 'kept') {
      const starts = held ?? [];
      held = null;
      for (const start of order === 'reversed' ? starts.reverse() : starts) start();
    },
    setCallbackUrl(next) {
      url = next;
    },
    callbackUrl: () => url,
    inFlight: () => inFlight,
    close() {
      closed = true;
      agent.destroy();
    },
  };
}

/** The envelope with the lies that the flaws ask for. */
function bent(envelope: Envelope, flaws: Flaws, random: Random): Envelope {
  const header = {
    ...envelope.header,
    ...(flaws.wrongToken && { token: random.hex(32) }),
    ...(flaws.wrongTenant && { tenant_key: random.hex(16) }),
    ...(flaws.wrongApp && { app_id: `cli_${random.hex(16)}` }),
  };
  return { ...envelope, header };
}
