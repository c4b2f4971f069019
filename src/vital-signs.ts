/** How an instance says that it is well: the health page for people and balancers, figures for Prometheus. */
import type { Channel } from './channel/channel.ts';
import { rulePrecision } from './crm/signal/rule-precision.ts';
import type { Tx } from './crm/tx.ts';
import { type HealthSources, readHealth } from './health.ts';
import type { Health } from './http/routes/health.ts';
import type { MetricsPage } from './http/routes/metrics.ts';
import { createExposition } from './metrics/exposition.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { RuleRecord } from './metrics/readings.ts';
import type { Usage } from './usage.ts';
import type { AccountRecord } from './work/store.ts';

export interface VitalSignsOptions<Session> {
  readonly database: HealthSources<Session>['database'];
  readonly connected: readonly { readonly account: AccountRecord; readonly channel: Channel }[];
  readonly usage: Pick<Usage, 'of'>;
  readonly advice: () => Promise<readonly string[]>;
  readonly leaving: () => boolean;
  readonly look: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly metrics: Metrics;
  /** See MetricsPage. */
  readonly metricsToken: string | null;
  readonly now: () => number;
}

export interface VitalSigns {
  readonly health: () => Promise<Health>;
  readonly metrics: MetricsPage & Pick<Metrics, 'answered'>;
}

export function createVitalSigns<Session>(options: VitalSignsOptions<Session>): VitalSigns {
  const { database, connected, usage, advice, leaving, look, metrics, now } = options;
  const channels = () => connected.map(({ account, channel }) => ({ channel, usage: usage.of(account.id) }));
  const rules = () => look(ruleRecords);
  return {
    health: () => readHealth({ database, channels: channels(), advice, leaving, now }),
    metrics: {
      token: options.metricsToken,
      read: createExposition(metrics, { database, channels, rules, now }),
      answered: metrics.answered,
    },
  };
}

async function ruleRecords(tx: Tx): Promise<RuleRecord[]> {
  const records: RuleRecord[] = [];
  for (const { key } of tx.active.policy.signals.rules) records.push({ key, ...(await rulePrecision(tx, key)) });
  return records;
}
