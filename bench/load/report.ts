/** The load bench in words: a line per run as it ends, and the table at the end. */
import type { Figures } from './figures.ts';

export type Measured =
  | {
      readonly kind: 'rate';
      readonly database: 'sqlite' | 'mariadb';
      readonly instances: number;
      /** At the rate that is promised. */
      readonly fixed: Figures;
      /** At the highest rate that held; null where none above the promised one did. */
      readonly sustained: Figures | null;
    }
  | {
      readonly kind: 'stored';
      readonly database: 'sqlite' | 'mariadb';
      /** 10,000 customers and all that belongs to them, or ten times that. */
      readonly times: 1 | 10;
      readonly fixed: Figures;
    };

const HEAD = [
  'database',
  'data',
  'instances',
  'messages/s',
  'seconds',
  'ack p99',
  'card p50',
  'card p99',
  'handled p99',
  'CPU ms/message: product',
  'server',
  'load side',
  'CPU s each',
  'peak MiB each',
  'waiting at the end',
  'lost',
  'doubled',
  'statements/message',
  'commits',
  'conflicts',
  '',
];

export function describeRun(what: string, figures: Figures): string {
  const { perSecond, seconds, ackP99Ms, effectP99Ms, cpuPerMessageMs, faults } = figures;
  const verdict = faults.length === 0 ? 'holds' : faults.join('; ');
  const cpu = `${cpuPerMessageMs.product.toFixed(2)} + ${cpuPerMessageMs.server.toFixed(2)} ms of CPU a message`;
  return `${what}: ${perSecond}/s for ${seconds.toFixed(0)} s, ack p99 ${whole(ackP99Ms)} ms, card p99 ${whole(effectP99Ms)} ms, ${cpu}: ${verdict}`;
}

export function describeTable(all: readonly Measured[]): string {
  const rows = all.flatMap((one) =>
    one.kind === 'stored'
      ? [cells(one.database, `×${one.times}`, one.fixed)]
      : [one.fixed, one.sustained].flatMap((figures) => (figures ? [cells(one.database, '×1', figures)] : [])),
  );
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => (row[column] ?? '').length)));
  return [HEAD, ...rows]
    .map((row) =>
      row
        .map((cell, n) => cell.padStart(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(database: string, data: string, figures: Figures): string[] {
  const { cpuPerMessageMs, backlog } = figures;
  return [
    ...[database, data, String(figures.instances), String(figures.perSecond), figures.seconds.toFixed(0)],
    ...[figures.ackP99Ms, figures.effectP50Ms, figures.effectP99Ms, figures.handledP99Ms].map(
      (ms) => `${whole(ms)} ms`,
    ),
    ...[cpuPerMessageMs.product, cpuPerMessageMs.server, cpuPerMessageMs.load].map((ms) => ms.toFixed(2)),
    figures.cpuSeconds.map((seconds) => seconds.toFixed(1)).join(' + '),
    figures.peakMib.map(whole).join(' + '),
    `${backlog.inbox} + ${backlog.outbox}`,
    ...[String(figures.lost), String(figures.doubled)],
    ...[figures.statementsPerMessage.toFixed(1), figures.commitsPerMessage.toFixed(2), String(figures.conflicts)],
    figures.faults.join('; '),
  ];
}

const whole = (value: number): string => value.toFixed(0);
