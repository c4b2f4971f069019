/** What is read when somebody scrapes: queues and rules from the database, a few seconds old at most; channels and quotas as they are. */
import { Gauge, type Registry } from 'prom-client';
import type { Channel, ChannelState } from '../channel/channel.ts';
import type { UsageView } from '../usage.ts';
import { version } from '../version.ts';
import { within } from '../within.ts';
import type { Backlog, WorkQueue } from '../work/queue.ts';

export interface ReadingSources<Session> {
  readonly database: {
    readonly kind: string;
    readonly serverVersion: string;
    readonly inbox: Pick<WorkQueue<Session>, 'backlog'>;
    readonly outbox: Pick<WorkQueue<Session>, 'backlog'>;
  };
  readonly channels: () => readonly { readonly channel: Channel; readonly usage: readonly UsageView[] }[];
  /** Of each rule of the policy: its newest verdicts that people have judged. */
  readonly rules: () => Promise<readonly RuleRecord[]>;
  /** Current instant, ms. */
  readonly now: () => number;
}

export interface RuleRecord {
  readonly key: string;
  readonly judged: number;
  readonly wrong: number;
}

interface Stored {
  readonly queues: Readonly<Record<'inbox' | 'outbox', Backlog>>;
  readonly rules: readonly RuleRecord[];
}

/** Prometheus gives up after 10 s; what this process knows by itself must not be lost to a database that hangs. */
const PATIENCE_MS = 2_000;
/** However many scrape, the database is asked no oftener. */
const FRESH_MS = 5_000;
/** Rules are many, and people judge a few verdicts an hour. */
const RULES_FRESH_MS = 60_000;
const STATES: readonly ChannelState['status'][] = ['ready', 'connecting', 'degraded', 'failed', 'stopped'];

/** Returns what brings the gauges of `registry` up to date. Never rejects. */
export function createReadings<Session>(registry: Registry, sources: ReadingSources<Session>): () => Promise<void> {
  const { database, now } = sources;
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });

  gauge('liaodan_build_info', 'What runs here.', 'version', 'node', 'database', 'database_version').set(
    { version, node: process.version, database: database.kind, database_version: database.serverVersion },
    1,
  );
  const up = gauge('liaodan_database_up', 'Whether the database answered the last look, within two seconds.');
  const ready = gauge('liaodan_queue_ready', 'Rows that wait to be worked off.', 'queue');
  const dead = gauge('liaodan_queue_dead', 'Rows that were set aside after failing: see crm dead list.', 'queue');
  const oldest = gauge('liaodan_queue_oldest_age_seconds', 'How long the oldest waiting row waits; 0: none.', 'queue');
  const judged = gauge(
    'liaodan_signal_rule_judged',
    "A rule's newest verdicts that people judged, at most 200.",
    'rule',
  );
  const wrong = gauge('liaodan_signal_rule_wrong', 'Those of them that people undid or ignored.', 'rule');
  const state = gauge('liaodan_channel_state', '1 for the state it is in.', 'platform', 'account', 'state');
  const used = gauge('liaodan_quota_used_calls', "This month's metered calls.", 'platform', 'account', 'kind');
  const allowed = gauge('liaodan_quota_allowed_calls', 'What the month allows.', 'platform', 'account', 'kind');

  let rules: { readonly at: number; readonly records: readonly RuleRecord[] } | null = null;
  const look = async (): Promise<Stored> => {
    const queues = { inbox: await database.inbox.backlog(now()), outbox: await database.outbox.backlog(now()) };
    if (rules === null || age(rules.at) >= RULES_FRESH_MS) rules = { at: now(), records: await sources.rules() };
    return { queues, rules: rules.records };
  };
  // A clock that was set back has looked in the future.
  const age = (at: number): number => Math.abs(now() - at);
  let looking: Promise<Stored | null> | null = null;
  let last: { readonly at: number; readonly stored: Stored | null } | null = null;

  /** One look at a time: a database that hangs is not asked again until it has answered. */
  function lookOnce(): Promise<Stored | null> {
    looking ??= look()
      .catch(() => null)
      .then((stored) => {
        looking = null;
        last = { at: now(), stored };
        return stored;
      });
    return within(PATIENCE_MS, looking);
  }

  function showStored(stored: Stored | null): void {
    up.set(stored === null ? 0 : 1);
    for (const one of [ready, dead, oldest, judged, wrong]) one.reset();
    for (const queue of stored ? (['inbox', 'outbox'] as const) : []) {
      const { ready: count, dead: aside, oldestQueuedAt } = (stored as Stored).queues[queue];
      ready.set({ queue }, count);
      dead.set({ queue }, aside);
      oldest.set({ queue }, oldestQueuedAt === null ? 0 : Math.max(0, now() - oldestQueuedAt) / 1_000);
    }
    for (const { key: rule, ...record } of stored?.rules ?? []) {
      if (record.judged === 0) continue;
      judged.set({ rule }, record.judged);
      wrong.set({ rule }, record.wrong);
    }
  }

  function showChannels(): void {
    for (const one of [state, used, allowed]) one.reset();
    for (const { channel, usage } of sources.channels()) {
      const labels = { platform: channel.platform, account: channel.appKey };
      const { status } = channel.state();
      for (const known of STATES) state.set({ ...labels, state: known }, known === status ? 1 : 0);
      for (const { kind, used: calls, callsPerMonth } of usage) {
        used.set({ ...labels, kind }, calls);
        allowed.set({ ...labels, kind }, callsPerMonth);
      }
    }
  }

  return async () => {
    showStored(last !== null && age(last.at) < FRESH_MS ? last.stored : await lookOnce());
    showChannels();
  };
}
