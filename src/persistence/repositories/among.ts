/** `IN (…)` of a list: its length is rounded up, so that few statements are prepared for lists of any length. */
import type { SqlPart } from './statements.ts';

/** An empty list holds nothing. */
export function among(values: readonly string[]): SqlPart {
  if (values.length === 0) return { sql: '(NULL)', params: [] };
  const length = 2 ** Math.ceil(Math.log2(values.length));
  const last = values.at(-1) as string;
  const params = [...values, ...Array.from({ length: length - values.length }, () => last)];
  return { sql: `(${params.map(() => '?').join(', ')})`, params };
}
