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
  `99 of 100 acks within ${aloneP99Ms.toFixed(1)} ms alone, ${besideP99Ms.toFixed(1)} ms beside an administrator who reads`;

export function describePlans(database: string, statements: readonly Explained[]): string {
  const shown = statements.map(({ sql, steps }) => {
    const lines = steps.map(({ text, whole }) => `    ${whole ? '✗' : '·'} ${text}`);
    return [`  ${sql}`, ...lines].join('\n');
  });
  const whole = statements.filter(({ steps }) => steps.some((step) => step.whole)).length;
  return [`${database}: ${statements.length} statements, ${whole} read a large table whole`, ...shown].join('\n');
}
