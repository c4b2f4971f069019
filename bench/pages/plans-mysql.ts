/** Reads EXPLAIN of MySQL and MariaDB (https://mariadb.com/kb/en/explain/). */

import { isSmall, type Step, tablesOf } from './plans-common.ts';

export interface MysqlRow {
  readonly table: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly key_len: string | number | null;
  readonly rows: string | number | null;
  readonly Extra: string | null;
}

/** Bytes of an index that the company's id alone takes: 40 characters of 4 bytes and their length. */
const COMPANY_BYTES = 162;

/** InnoDB never reckons with more than half of a table, whatever is asked of it. */
const MOST = 0.4;
/** Fewer rows than this are read sooner whole than by an index. */
const FEW = 500;

/**
 * ALL and index go through the whole table, and so does a look-up by the company alone that reckons with most rows;
 * unless the rows come in the order in which they are wanted, and the first few are enough. `rowsOf`: what the server
 * reckons a table holds.
 */
export function readMysqlPlan(sql: string, plan: readonly MysqlRow[], rowsOf: ReadonlyMap<string, number>): Step[] {
  const tables = tablesOf(sql);
  return plan.map(({ table: name, type, key, key_len: bytes, rows, Extra: extra }) => {
    const text = `${name ?? '-'}: ${type ?? '-'} by ${key ?? 'no key'} (${bytes ?? 0}), ${rows ?? '?'} rows${extra ? `, ${extra}` : ''}`;
    const table = tables.get(name ?? '');
    if (table === undefined || isSmall(table)) return { text, whole: false };
    const all = rowsOf.get(table) ?? 0;
    const endsEarly = /\bLIMIT\b/i.test(sql) && key !== null && !/filesort|temporary/.test(extra ?? '');
    // Hundreds of ids are looked up one by one in a large table only.
    const byIds = new RegExp(`\\b${name}\\.id IN \\(\\?`).test(sql);
    const byCompany = type === 'ref' && Number(bytes) === COMPANY_BYTES && Number(rows) > all * MOST && !byIds;
    // The company's share of the primary key is all of it, whatever other index it is cut with.
    const cut = type === 'index_merge' && String(bytes).split(',').includes(String(COMPANY_BYTES));
    return { text, whole: (type === 'ALL' || type === 'index' || byCompany || cut) && all > FEW && !endsEarly };
  });
}
