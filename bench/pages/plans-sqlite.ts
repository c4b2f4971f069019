/** Reads SQLite's EXPLAIN QUERY PLAN (https://sqlite.org/eqp.html). */

import { isSmall, type Step, tablesOf } from './plans-common.ts';

export interface SqliteRow {
  readonly detail: string;
}

/**
 * SCAN goes through the whole table, and so does a SEARCH that knows no more than the company; unless the rows come in
 * the order in which they are wanted, and the first few are enough.
 */
export function readSqlitePlan(sql: string, rows: readonly SqliteRow[]): Step[] {
  const tables = tablesOf(sql);
  const sorts = rows.some(({ detail }) => detail.includes('TEMP B-TREE FOR ORDER BY'));
  const endsEarly = /\bLIMIT\b/i.test(sql) && !sorts;
  return rows.map(({ detail }) => {
    const [, way, name = ''] = /^(SCAN|SEARCH) (\w+)/.exec(detail) ?? [];
    const table = tables.get(name);
    if (way === undefined || table === undefined || isSmall(table)) return { text: detail, whole: false };
    const narrow = way === 'SEARCH' && !/\(tenant_id=\?\)/.test(detail);
    return { text: detail, whole: !narrow && !(endsEarly && detail.includes('INDEX')) };
  });
}
