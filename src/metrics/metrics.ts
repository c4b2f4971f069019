/** What this process counts while it works, for Prometheus: cheap enough for the way of every message, and of nobody in particular. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AttemptOutcome } from '../outbox/deliver.ts';
import type { TransactionWatch } from '../work/store.ts';

/** Durations are seconds. Nothing here throws, and no label names a person, a chat or a customer. */
export interface Metrics {
  readonly registry: Registry;
  /** A platform's callback was answered. */
  answered(platform: string, status: number, seconds: number): void;
  /** A verified event was committed, and may be acknowledged; null when it could not be. */
  stored(platform: string, seconds: number | null): void;
  /** From a stored event to the commit of what it led to. */
  handled(seconds: number): void;
  delivered(platform: string, kind: string, outcome: AttemptOutcome): void;
  /** A committed verdict on somebody's words. */
  decided(decision: { readonly ruleKey: string; readonly verdict: string; readonly outcome: string }): void;
  jobDone(job: string, seconds: number, ok: boolean): void;
  readonly transactions: TransactionWatch;
}

/** From a millisecond to what a platform waits for at most. */
const MOMENTS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Jobs: from a look that finds nothing to an address book of ten thousand. */
const SPELLS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800];

/** `now`: current instant, ms. */
export function createMetrics(now: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const histogram = (name: string, help: string, labelNames: readonly string[], buckets = MOMENTS) =>
    new Histogram({ name, help, labelNames: [...labelNames], buckets, registers });
  const counter = (name: string, help: string, labelNames: readonly string[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });

  const callback = histogram('liaodan_callback_seconds', 'From a platform callback to its answer.', [
    'platform',
    'status',
  ]);
  const ack = histogram('liaodan_ack_seconds', 'From a verified event to the commit that its ack waits for.', [
    'platform',
  ]);
  const notStored = counter('liaodan_ack_failures_total', 'Events that could not be stored and got no ack.', [
    'platform',
  ]);
  const handled = histogram('liaodan_handled_seconds', 'From a stored event to the commit of what it led to.', []);
  const deliveries = counter('liaodan_deliveries_total', 'Attempts to deliver an order, by what came of them.', [
    'platform',
    'kind',
    'outcome',
  ]);
  const decisions = counter('liaodan_signal_decisions_total', 'What was made of a signal in a message.', [
    'rule',
    'verdict',
    'outcome',
  ]);
  const jobs = histogram('liaodan_job_seconds', 'How long a job of the timetable took.', ['job', 'ok'], SPELLS);
  const succeeded = new Gauge({
    name: 'liaodan_job_last_success_timestamp_seconds',
    help: 'When a job last ended well in this process.',
    labelNames: ['job'],
    registers,
  });
  const waited = histogram(
    'liaodan_database_wait_seconds',
    'How long a transaction waited for the one writer or for a connection of the pool.',
    [],
  );
  const held = histogram('liaodan_database_transaction_seconds', 'How long a transaction took.', ['outcome']);
  const retries = counter(
    'liaodan_database_retries_total',
    'Transactions that ran again: 1213 deadlock, 1205 lock time-out, 1062 a key taken meanwhile.',
    ['code'],
  );
  const committed = held.labels('committed');
  const rolledBack = held.labels('rolled_back');

  return {
    registry,
    answered: (platform, status, seconds) => callback.observe({ platform, status }, seconds),
    stored: (platform, seconds) =>
      seconds === null ? notStored.inc({ platform }) : ack.observe({ platform }, seconds),
    handled: (seconds) => handled.observe(seconds),
    delivered: (platform, kind, outcome) => deliveries.inc({ platform, kind, outcome }),
    decided: ({ ruleKey, verdict, outcome }) => decisions.inc({ rule: ruleKey, verdict, outcome }),
    jobDone(job, seconds, ok) {
      jobs.observe({ job, ok: String(ok) }, seconds);
      if (ok) succeeded.set({ job }, now() / 1_000);
    },
    transactions: {
      began: (seconds) => waited.observe(seconds),
      ended: (seconds, good) => (good ? committed : rolledBack).observe(seconds),
      retried: (code) => retries.inc({ code }),
    },
  };
}
