/** Brings events to the product, tries again on the platform's schedule, and judges the acks. */
import type { SandboxClock } from './clock.ts';
import type { PushOutcome } from './http-push.ts';
import type { Journal } from './journal.ts';

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

export interface Deliveries<E, F> {
  send(event: E, flaws?: F): Delivery;
  /** The very same bytes and headers (or frame payload) once more; null when that event is not remembered. */
  replay(eventId: string): Promise<PushOutcome> | null;
  /** Keeps events back until `release`, which lets them go in the order of `arrange`. */
  hold(): void;
  release(order?: 'kept' | 'reversed'): void;
  /** Pushes that have no outcome yet. */
  inFlight(): number;
  close(): void;
}

/** One push made ready: `first` sends it, `again` sends the same bytes once more. */
export interface PreparedPush {
  first(): Promise<PushOutcome>;
  again(): Promise<PushOutcome>;
}

interface DeliverySetup<E, F> {
  readonly clock: SandboxClock;
  readonly journal: Pick<
    Journal<'accepted_forgery' | 'late_ack' | 'refused_ack' | 'unreachable'>,
    'record' | 'complain'
  >;
  readonly transport: 'webhook' | 'websocket';
  readonly deadlineMs: number;
  /** Waits between tries, ms on the clock. */
  readonly retryDelaysMs: readonly number[];
  /** Makes the bytes of one push; called for every try and every copy. */
  prepare(event: E, flaws: F): PreparedPush;
  /** Flaws for an event that brings none of its own. */
  takeFlaws(): F;
  mustBeRefused(flaws: F): boolean;
  /** Whether a failure of this kind makes the platform try again; any does unless told. */
  readonly triesAgain?: (outcome: PushOutcome) => boolean;
}

const REMEMBERED = 2000;

export function createDeliveries<
  E extends { readonly eventId: string; readonly eventType: string; readonly callback?: boolean },
  F extends { readonly copies?: number },
>(setup: DeliverySetup<E, F>): Deliveries<E, F> {
  const { clock, journal, transport, deadlineMs, retryDelaysMs, mustBeRefused, triesAgain = () => true } = setup;
  const remembered = new Map<string, () => Promise<PushOutcome>>();
  let held: (() => void)[] | null = null;
  let inFlight = 0;
  let closed = false;

  function remember(eventId: string, again: () => Promise<PushOutcome>): void {
    remembered.set(eventId, again);
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
  }

  async function push(event: E, flaws: F): Promise<PushOutcome> {
    const prepared = setup.prepare(event, flaws);
    remember(event.eventId, prepared.again);
    inFlight += 1;
    const outcome = await prepared.first();
    inFlight -= 1;
    return outcome;
  }

  function judge({ eventId, eventType }: E, flaws: F, attempt: number, outcome: PushOutcome): void {
    const { accepted, status, reason, tookMs } = outcome;
    const name = `${eventType} ${eventId}`;
    const forged = mustBeRefused(flaws);
    if (forged && accepted && transport === 'webhook') {
      journal.complain('accepted_forgery', `${name} with ${Object.keys(flaws).join(', ')}`);
    } else if (!forged && reason === 'timeout') journal.complain('late_ack', `${name}: nothing in ${deadlineMs} ms`);
    else if (!forged && (reason?.startsWith('status_') || reason?.startsWith('ack_'))) {
      journal.complain('refused_ack', `${name}: ${reason}`);
    } else if (!forged && reason !== null && reason !== 'dropped')
      journal.complain('unreachable', `${name}: ${reason}`);
    const at = clock.now();
    journal.record({ kind: 'delivery', at, transport, eventId, eventType, attempt, accepted, status, reason, tookMs });
  }

  function send(event: E, given?: F): Delivery {
    const flaws = given ?? setup.takeFlaws();
    const outcomes: PushOutcome[] = [];
    const first = Promise.withResolvers<PushOutcome>();
    const done = Promise.withResolvers<PushOutcome>();
    const tries = event.callback || mustBeRefused(flaws) ? 1 : 1 + retryDelaysMs.length;

    function conclude(outcome: PushOutcome, number: number): void {
      outcomes.push(outcome);
      if (!closed) judge(event, flaws, number, outcome);
    }
    async function attempt(number: number): Promise<void> {
      if (closed) return;
      const outcome = await push(event, flaws);
      conclude(outcome, number);
      first.resolve(outcome);
      if (outcome.accepted || number >= tries || !triesAgain(outcome)) done.resolve(outcome);
      else clock.after(retryDelaysMs[number - 1] ?? 0, () => void attempt(number + 1));
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
    replay: (eventId) => remembered.get(eventId)?.() ?? null,
    hold() {
      held ??= [];
    },
    release(order = 'kept') {
      const starts = held ?? [];
      held = null;
      for (const start of order === 'reversed' ? starts.reverse() : starts) start();
    },
    inFlight: () => inFlight,
    close() {
      closed = true;
    },
  };
}
