/** What counts as reading a large table whole, told of plans as the databases write them. */
import { expect, it } from 'vitest';
import { readMysqlPlan } from '../../../bench/pages/plans-mysql.ts';
import { readSqlitePlan } from '../../../bench/pages/plans-sqlite.ts';

const wholeOf = (steps: readonly { readonly whole: boolean }[]) => steps.some(({ whole }) => whole);
const sqlite = (sql: string, ...details: string[]) =>
  wholeOf(
    readSqlitePlan(
      sql,
      details.map((detail) => ({ detail })),
    ),
  );

it('SQLite: scans and look-ups by the company alone, unless they come in order and end early', () => {
  const of = (rest: string) => `SELECT t.id FROM customer t WHERE ${rest}`;
  expect(sqlite(of('t.name = ?'), 'SCAN t')).toBe(true);
  expect(sqlite(of('t.tenant_id = ?'), 'SEARCH t USING INDEX sqlite_autoindex_customer_1 (tenant_id=?)')).toBe(true);
  expect(sqlite(of('t.tenant_id = ? AND t.id = ?'), 'SEARCH t USING INDEX i (tenant_id=? AND id=?)')).toBe(false);
  const page = of('t.tenant_id = ? ORDER BY t.id DESC LIMIT ?');
  expect(sqlite(page, 'SEARCH t USING INDEX i (tenant_id=?)')).toBe(false);
  expect(sqlite(page, 'SEARCH t USING INDEX i (tenant_id=?)', 'USE TEMP B-TREE FOR ORDER BY')).toBe(true);
  expect(sqlite('SELECT id FROM staff WHERE name = ?', 'SCAN staff')).toBe(false);
});

it('MySQL: the same, of tables that hold more than a few rows', () => {
  const row = { table: 't', type: 'ALL', key: null, key_len: null, rows: 90_000, Extra: 'Using where' };
  const sql = 'SELECT t.id FROM `customer` t WHERE t.tenant_id = ?';
  const mysql = (given: object, count = 100_000, asked = sql) =>
    wholeOf(readMysqlPlan(asked, [{ ...row, ...given }], new Map([['customer', count]])));
  expect(mysql({})).toBe(true);
  expect(mysql({}, 100)).toBe(false);
  expect(mysql({ type: 'ref', key: 'PRIMARY', key_len: '162', rows: 50_000 })).toBe(true);
  expect(mysql({ type: 'ref', key: 'PRIMARY', key_len: '324', rows: 1 })).toBe(false);
  const ordered = { type: 'ref', key: 'PRIMARY', key_len: '162', rows: 50_000 };
  expect(mysql(ordered, 100_000, `${sql} ORDER BY t.id LIMIT ?`)).toBe(false);
  expect(mysql({ ...ordered, Extra: 'Using filesort' }, 100_000, `${sql} ORDER BY t.name LIMIT ?`)).toBe(true);
});
