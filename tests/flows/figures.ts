/** Reads the text that Prometheus reads. */

export interface Figures {
  /** Of all series of this name whose labels include these. NaN when there is none. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number;
}

export function readFigures(body: string): Figures {
  const series = body
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return { name, value: Number(value), labels: new Map(parts(labels)) };
    });
  return {
    sum(name, labels = {}) {
      const found = series.filter(
        (one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels.get(key) === value),
      );
      return found.length === 0 ? Number.NaN : found.reduce((total, { value }) => total + value, 0);
    },
  };
}

const parts = (labels: string): [string, string][] =>
  [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', value = '']) => [key, value]);
