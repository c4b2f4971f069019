/**
 * What we promise about speed, measured on this machine: `npm run bench`, or `npm run bench -- ingest pipeline` for
 * some of it, or `npm run -s bench -- --json` for one line of JSON and nothing else on standard output.
 * `pages --plans` shows the plan of every statement of the pages; `pages --keep FOLDER` uses its databases again.
 * `load --only sqlite1,mariadb1,mariadb2,stored` makes some of its runs, `--seconds 10` shorter ones.
 *
 * Absolute numbers belong to the machine they were taken on. The ratio does not: product and bare server take turns
 * within the same minutes, each in a process of its own, under the same load from a third process.
 */
import { parseArgs } from 'node:util';
import { benchAlerts } from './alerts.ts';
import { dealCalls } from './deal-calls.ts';
import { benchDecisions } from './decisions.ts';
import { benchDetect } from './detect.ts';
import type { PlatformName } from './dialects/dialect.ts';
import { type FreshDatabases, freshMariadb, freshSqlite } from './fresh-databases.ts';
import { benchIngest } from './ingest.ts';
import { loadFigures } from './load/bars.ts';
import { benchLoad } from './load.ts';
import { benchPages } from './pages.ts';
import { benchPipeline } from './pipeline.ts';
import { benchRetention } from './retention.ts';
import { type Spread, spread } from './spread.ts';
import { benchSweep } from './sweep.ts';
import { tapP99Ms } from './taps.ts';

interface Measured {
  readonly kind: 'ratio' | 'figure';
  readonly name: string;
  readonly value: Spread;
  readonly meaning: string;
}

const figure = (name: string, value: Spread, meaning: string): Measured => ({ kind: 'figure', name, value, meaning });
const ratio = (name: string, value: Spread, meaning: string): Measured => ({ kind: 'ratio', name, value, meaning });

const benches: Readonly<Record<string, () => Promise<Measured[]>>> = {
  async detect() {
    const { perSecond, phrases, lines } = benchDetect();
    const meaning = `chat lines judged per second of one core's time, ${phrases} phrases, ${lines} different lines`;
    return [figure('detect_per_s', perSecond, meaning)];
  },
  async pipeline() {
    const meaning = 'messages per second from claim to moved deal and written card, on SQLite';
    return [figure('pipeline_per_s', await benchPipeline(), meaning)];
  },
  async deal_calls() {
    const { calls, pushes } = await dealCalls();
    return [
      figure(
        'deal_calls',
        spread([calls]),
        'metered DingTalk calls of one deal, a step and a question a day (under 25 is wanted; 5,000 a month are free)',
      ),
      figure('deal_pushes', spread([pushes]), 'metered DingTalk pushes of the same deal (3,000 a month are free)'),
    ];
  },
  async taps() {
    const meaning = '99 of 100 tapped DingTalk cards answered within, at 20 taps a second (under 2,000 is wanted)';
    return [figure('tap_p99_ms', spread([await tapP99Ms()]), meaning)];
  },
  async decisions() {
    const results = await benchDecisions();
    const meaning =
      '99 of 100 decisions are on every card within, tap to last change, 20 a second (under 1,000 is wanted)';
    return [
      figure('decision_p99_ms', spread([Math.max(...results.map(({ p99Ms }) => p99Ms))]), meaning),
      ...results.flatMap(({ database, ms, p99Ms, bareP99Ms, timesBare }) => [
        figure(`decision_ms_${database}`, ms, `one decision on three platforms, tap to last change, on ${database}`),
        figure(`decision_p99_ms_${database}`, spread([p99Ms]), '99 of 100 of them'),
        figure(`decision_bare_p99_ms_${database}`, spread([bareP99Ms]), 'a row, an answer and a call, 99 of 100'),
        ratio(
          `decision_times_bare_${database}`,
          spread([timesBare]),
          'a decision ÷ that (a window of 250 ms included)',
        ),
      ]),
    ];
  },
  async pages() {
    const keep = values.keep ?? null;
    const measured = await benchPages({ plans: values.plans ?? false, keep });
    return measured.flatMap(({ database, worstP95Ms, timesBare, aloneP99Ms, besideP99Ms }) => [
      figure(
        `pages_p95_ms_${database}`,
        spread([worstP95Ms]),
        'the slowest page operation of a company with 100,000 customers, 95 of 100 (under 50 is wanted)',
      ),
      figure(`pages_times_bare_${database}`, spread([timesBare]), 'bare requests that fit into one of its operations'),
      figure(
        `ack_p99_ms_beside_pages_${database}`,
        spread([besideP99Ms]),
        '99 of 100 callbacks acknowledged within, while an administrator reads page after page',
      ),
      ratio(
        `ack_delay_${database}`,
        spread([besideP99Ms / aloneP99Ms]),
        'that ÷ the same beside as many bare requests (near 1 is wanted)',
      ),
    ]);
  },
  async sweep() {
    const results = await benchSweep();
    return results.flatMap(({ database, wholeMs, sweepMs, peakMib, idleMs, idleSmallMs, alerts, cards }) => [
      figure(
        `sweep_ms_${database}`,
        spread([wholeMs]),
        `300,000 open deals, 1 % due: ${alerts} alerts on ${cards} cards enqueued within (under 10,000 is wanted)`,
      ),
      figure(`sweep_alerts_ms_${database}`, spread([sweepMs]), 'of that until every alert is written'),
      figure(`sweep_peak_mib_${database}`, spread([peakMib]), 'the process at its largest, MiB (under 300 is wanted)'),
      figure(`sweep_idle_ms_${database}`, idleMs, 'one turn of the clock with nothing due (under 50 is wanted)'),
      figure(`sweep_idle_30k_ms_${database}`, idleSmallMs, 'the same with 30,000 open deals'),
    ]);
  },
  async retention() {
    const results = await benchRetention();
    return results.flatMap(({ database, tookMs, p99Ms, slowestMs }) => [
      figure(`retention_ms_${database}`, spread([tookMs]), 'to forget 200,000 messages that are past their time'),
      figure(`retention_wait_p99_ms_${database}`, spread([p99Ms]), 'a write of somebody else meanwhile, 99 of 100'),
      figure(`retention_wait_ms_${database}`, spread([slowestMs]), 'the slowest of them (under 1,000 is wanted)'),
    ]);
  },
  async alerts() {
    const results = await benchAlerts();
    return results.flatMap(({ database, ms, messagesPerSecond }) => [
      figure(
        `alert_ms_${database}`,
        ms,
        'from the instant a deal has stood too long to the card on the platform (60,000 at most is wanted)',
      ),
      figure(`alert_messages_per_s_${database}`, spread([messagesPerSecond]), 'messages taken and handled meanwhile'),
    ]);
  },
  async load() {
    const measured = await benchLoad({
      only: values.only ?? null,
      seconds: values.seconds ? Number(values.seconds) : null,
    });
    return loadFigures(measured).map(({ isRatio, name, value, meaning }) =>
      (isRatio ? ratio : figure)(name, spread([value]), meaning),
    );
  },
  ingest: async () => ingest('feishu', '', freshSqlite(), 0.7),
  ingest_wecom: async () => ingest('wecom', '_wecom', freshSqlite(), 0.7),
  async ingest_mariadb() {
    const databases = await freshMariadb();
    if (databases) return ingest('feishu', '_mariadb', databases, 0.45);
    console.error('no MariaDB here: npm run setup:test');
    return [];
  },
};

const { values, positionals } = parseArgs({
  options: {
    ...{ json: { type: 'boolean' }, plans: { type: 'boolean' }, keep: { type: 'string' } },
    ...{ only: { type: 'string' }, seconds: { type: 'string' } },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')} (there are ${Object.keys(benches).join(', ')})`);
  process.exit(2);
}

const measured: Measured[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(`measuring ${name} …`);
  measured.push(...(await bench()));
}
console.log(values.json ? asJson(measured) : asTable(measured));

async function ingest(
  platform: PlatformName,
  mark: string,
  databases: FreshDatabases,
  wanted: number,
): Promise<Measured[]> {
  const { ratio: share, ...figures } = await benchIngest(platform, databases);
  const durable = `${platform} callbacks stored durably and acknowledged per second`;
  return [
    ratio(`ingest${mark}`, share, `acknowledged per second ÷ the bare server (${wanted} or more is wanted)`),
    figure(`ingest_per_s${mark}`, figures.productPerSecond, `${durable}, workers at rest`),
    figure(`ingest_bare_per_s${mark}`, figures.barePerSecond, 'the same by the bare node:http server'),
    figure(`ack_p99_ms${mark}`, figures.ackP99Ms, '99 of 100 acks of the product came within, under that full load'),
    figure(`ingest_with_workers_per_s${mark}`, figures.withWorkersPerSecond, `${durable} while workers handle them`),
  ];
}

function asJson(results: readonly Measured[]): string {
  const of = (kind: Measured['kind']) =>
    Object.fromEntries(results.filter((m) => m.kind === kind).map(({ name, value }) => [name, rounded(value.median)]));
  return JSON.stringify({ ratios: of('ratio'), figures: of('figure') });
}

function asTable(results: readonly Measured[]): string {
  const head = ['', 'median', 'min', 'max', 'rounds', 'what it means'];
  const rows = results.map(({ name, value, meaning }) => [
    name,
    ...[value.median, value.min, value.max].map((n) => rounded(n).toLocaleString('en')),
    String(value.rounds),
    meaning,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => (i === 0 || i === 5 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Three digits say all that a noisy machine can tell. */
function rounded(value: number): number {
  return value >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}
