/** One open transaction or read-only look, with the few statements that hot paths write themselves. */
import type Database from 'better-sqlite3';
import type { EntityManager, QueryRunner } from 'typeorm';

export type SqlValue = string | number | null;

export interface Session {
  readonly manager: EntityManager;
  query<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** Returns how many rows changed. */
  execute(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** Inserts rows, dropping those whose unique key is there; returns how many were new. */
  insertNew(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<number>;
}

/** SQLite answers at once; prepared statements are kept per connection, which TypeORM's own layer costs 20 times as much. */
export function sqliteSession(runner: QueryRunner): Session {
  const statements = new Map<string, Database.Statement>();
  const prepare = async (sql: string): Promise<Database.Statement> => {
    const known = statements.get(sql);
    if (known) return known;
    const connection: Database.Database = await runner.connect();
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    manager: runner.manager,
    query: async <Row>(sql: string, params: readonly SqlValue[] = []) => (await prepare(sql)).all(...params) as Row[],
    execute: async (sql, params = []) => (await prepare(sql)).run(...params).changes,
    async insertNew(table, columns, rows) {
      const statement = await prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
      );
      let added = 0;
      for (const row of rows) added += statement.run(...row).changes;
      return added;
    },
  };
}

export function mysqlSession(runner: QueryRunner): Session {
  const execute = async (sql: string, params: readonly SqlValue[] = []): Promise<number> => {
    const result = await runner.query(sql, [...params], true);
    return result.affected ?? 0;
  };
  return {
    manager: runner.manager,
    query: async <Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> => runner.query(sql, [...params]),
    execute,
    async insertNew(table, columns, rows) {
      if (rows.length === 0) return 0;
      const first = columns[0] ?? 'id';
      const values = rows.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
      // Not INSERT IGNORE, which would also swallow truncation; a row left as it was counts as 0 changed rows.
      return execute(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values} ON DUPLICATE KEY UPDATE ${first} = ${table}.${first}`,
        rows.flat(),
      );
    },
  };
}
