/** The figures and plans of the page bench as text. */
import type { AckFigures } from './acks.ts';
import type { Line } from './measure.ts';
import type { Explained } from './plans.ts';

/** What is promised of every operation, 95 of 100, warm. */
const PROMISED_P95_MS = 50;

export function describeLines(database: string, lines: readonly Line[], load: number): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  const head = `${database} (load ${load.toFixed(1)})`.padEnd(width + 2);
  const columns = ['p50', 'p95', 'max', 'bare', '× bare', 'cpu'].map((name) => name.padStart(8)).join('');
  const rows = lines.map(({ name, p50Ms, p95Ms, maxMs, bareMs, cpuMs, slowest, refused }) => {
    const mark = p95Ms < PROMISED_P95_MS ? ' ' : '✗';
    if (refused !== null) return `✗ ${name.padEnd(width)} was refused: ${refused}`;
    const figures = [p50Ms, p95Ms, maxMs, bareMs, p50Ms / bareMs, cpuMs].map((n) => n.toFixed(1).padStart(8)).join('');
    return `${mark} ${name.padEnd(width)}${figures}  ${slowest}`;
  });
  return [`${head}${columns}  p95 of`, ...rows].join('\n');
}

export const describeAcks = ({ aloneP99Ms, besideP99Ms }: AckFigures): string =>
  `99 of 100 acks within ${aloneP99Ms.toFixed(1)} ms beside as many bare requests, ${besideP99Ms.toFixed(1)} ms beside an administrator who reads`;

/** More than this, as a share, is a delay and no noise. */
const DELAYED = 1.5;
/** The platforms wait seconds: what nobody notices is no delay either, ms. */
const UNNOTICED_MS = 20;

/** Whether the database holds what is promised, in one line. */
export function describeVerdict(database: string, lines: readonly Line[], acks: AckFigures): string {
  const slow = lines.filter(({ p95Ms }) => !(p95Ms < PROMISED_P95_MS)).map(({ name }) => name);
  const { aloneP99Ms, besideP99Ms } = acks;
  const delayed = besideP99Ms > UNNOTICED_MS && besideP99Ms > aloneP99Ms * DELAYED;
  const pages =
    slow.length === 0
      ? `all ${lines.length} operations under ${PROMISED_P95_MS} ms, 95 of 100`
      : `${slow.length} of ${lines.length} operations not under ${PROMISED_P95_MS} ms, 95 of 100: ${slow.join(', ')}`;
  const waiting = delayed ? 'acks wait for readers' : 'acks do not wait for readers';
  return `${slow.length === 0 && !delayed ? '✓' : '✗'} ${database}: ${pages}; ${waiting}`;
}

export function describePlans(database: string, statements: readonly Explained[]): string {
  const shown = statements.map(({ sql, steps }) => {
    const lines = steps.map(({ text, whole }) => `    ${whole ? '✗' : '·'} ${text}`);
    return [`  ${sql}`, ...lines].join('\n');
  });
  const whole = statements.filter(({ steps }) => steps.some((step) => step.whole)).length;
  return [`${database}: ${statements.length} statements, ${whole} read a large table whole`, ...shown].join('\n');
}
