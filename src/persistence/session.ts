/** One open transaction or read-only look, with the few statements that hot paths write themselves. */
import type Database from 'better-sqlite3';
import type { PoolConnection, ResultSetHeader } from 'mysql2';
import type { EntityManager, QueryRunner } from 'typeorm';

export type SqlValue = string | number | null | Uint8Array;

export interface Session {
  readonly manager: EntityManager;
  /** Ends a SELECT that keeps its rows until the transaction ends; empty where there is one writer at a time anyway. */
  readonly forUpdate: '' | ' FOR UPDATE';
  /** Behind a table and its alias: by which index it is read, where guesses of the database cost a hundred times as much. */
  byIndex(name: string): string;
  query<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** Returns how many rows the statement met, also those that had the new values already. */
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
    forUpdate: '',
    byIndex: (name) => ` INDEXED BY ${name}`,
    query: async <Row>(sql: string, params: readonly SqlValue[] = []) => (await prepare(sql)).all(...params) as Row[],
    execute: async (sql, params = []) => (await prepare(sql)).run(...params).changes,
    async insertNew(table, columns, rows) {
      const statement = await prepare(
        `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
      );
      let added = 0;
      for (const row of rows) added += statement.run(...row).changes;
      return added;
    },
  };
}

export interface MysqlSession extends Session {
  /** BEGIN, COMMIT and the like. */
  command(sql: string): Promise<void>;
}

/** Past TypeORM's own layer, whose events and copies nobody wants here: a tenth of what a message costs. */
export function mysqlSession(manager: EntityManager, connection: PoolConnection): MysqlSession {
  const ask = <Answer>(sql: string, params: readonly SqlValue[]): Promise<Answer> =>
    new Promise((resolve, reject) => {
      connection.query(sql, [...params], (error, answer) => (error ? reject(error) : resolve(answer as Answer)));
    });
  const change = (sql: string, params: readonly SqlValue[]) => ask<ResultSetHeader>(sql, params);
  return {
    manager,
    forUpdate: ' FOR UPDATE',
    byIndex: (name) => ` FORCE INDEX (${name})`,
    command: async (sql) => void (await change(sql, [])),
    query: <Row>(sql: string, params: readonly SqlValue[] = []) => ask<Row[]>(sql, params),
    execute: async (sql, params = []) => (await change(sql, params)).affectedRows,
    async insertNew(table, columns, rows) {
      if (rows.length === 0) return 0;
      const values = rows.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
      // Not ON DUPLICATE KEY UPDATE: mysql2 asks for matched rows, and a row left as it was then counts as one.
      const { affectedRows, warningStatus } = await change(
        `INSERT IGNORE INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES ${values}`,
        rows.flat(),
      );
      // One warning per known key is what we asked for; any other is a value that IGNORE cut or bent to fit.
      if (warningStatus > rows.length - affectedRows) throw new RowAlteredError(table);
      return affectedRows;
    },
  };
}

/** `lead` and `signal` are words of MySQL; SQLite understands its quotes. */
export const quoted = (name: string): string => `\`${name}\``;

/** The server would have stored something else than it was given: the transaction must not be committed. */
class RowAlteredError extends Error {
  override readonly name = 'RowAlteredError';
  readonly code = 'row_altered';

  constructor(table: string) {
    super(`a value does not fit a column of ${table}`);
  }
}
