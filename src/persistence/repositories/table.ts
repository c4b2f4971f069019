/** The repository of one table, bound to one company: no statement leaves here without its tenant. */
import type { EntitySchema } from 'typeorm';
import type { ListOptions, Table } from '../../crm/tx.ts';
import type { Session, SqlValue } from '../session.ts';
import { statementsOf, type Where } from './statements.ts';

export interface StoredTable<Row extends object> extends Table<Row> {
  /** Whole rows by a condition of the caller's own, in the company's rows only: `rest` follows `… WHERE t.tenant_id = ?`. */
  select(rest: string, params: readonly SqlValue[]): Promise<Row[]>;
  /** Many at once; those whose unique key is there are dropped. Returns how many were new. */
  insertNew(rows: readonly Omit<Row, 'tenantId'>[]): Promise<number>;
}

export function createTable<Row extends { tenantId: string; id: string }>(
  session: Session,
  schema: EntitySchema<Row>,
  tenantId: string,
): StoredTable<Row> {
  const sql = statementsOf(session.manager.dataSource, schema);
  const scoped = (where: Where): Where => ({ ...where, tenantId });

  async function read(rest: string, params: readonly SqlValue[]): Promise<Row[]> {
    const rows = await session.query<Record<string, unknown>>(sql.select + rest, params);
    return rows.map(sql.rowOf);
  }
  async function first(where: Where, lock = ''): Promise<Row | null> {
    const { sql: condition, params } = sql.condition(scoped(where));
    const rows = await read(`${condition} LIMIT 1${lock}`, params);
    return rows[0] ?? null;
  }

  return {
    get: (id) => first({ id }),
    hold: (id) => first({ id }, session.forUpdate),
    find: (where) => first(where),
    async list(where, options: ListOptions<Row> = {}) {
      const { sql: condition, params } = sql.condition(scoped(where));
      const direction = options.descending ? 'DESC' : 'ASC';
      // Rows of one millisecond stand in the order in which they were made, on every database. The sign keeps SQLite from
      // going through all rows of the company in the order of their ids instead of looking up those that are asked for.
      const sign = Object.keys(where).length > 0 ? '+' : '';
      const order = [...new Set([options.orderBy ?? 'id', 'id'])].map(
        (key) => `${key === 'id' ? sign : ''}${sql.column(key)} ${direction}`,
      );
      const ordered = `${condition} ORDER BY ${order.join(', ')}`;
      return options.limit === undefined
        ? read(ordered, params)
        : read(`${ordered} LIMIT ?`, [...params, options.limit]);
    },
    select: (rest, params) => read(` WHERE t.tenant_id = ? ${rest}`, [tenantId, ...params]),
    async insert(row) {
      const full = { ...row, tenantId } as Row;
      await session.execute(sql.insert, sql.valuesOf(full));
      return full;
    },
    async insertIfNew(row) {
      const added = await session.insertNew(sql.table, sql.columns, [sql.valuesOf({ ...row, tenantId })]);
      return added === 1;
    },
    insertNew: (rows) =>
      session.insertNew(
        sql.table,
        sql.columns,
        rows.map((row) => sql.valuesOf({ ...row, tenantId })),
      ),
    async update(where, patch) {
      const change = sql.update(patch);
      const condition = sql.condition(scoped(where));
      return session.execute(change.sql + condition.sql, [...change.params, ...condition.params]);
    },
    async remove(where) {
      const condition = sql.condition(scoped(where));
      return session.execute(sql.remove + condition.sql, condition.params);
    },
  };
}
