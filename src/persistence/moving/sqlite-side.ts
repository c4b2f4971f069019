/** A SQLite file as one side of a copy, held alone: while it is open here, nobody else opens it. */
import Database from 'better-sqlite3';
import { StartError } from '../../errors.ts';
import { holdAlone } from './hold-alone.ts';
import { createBatch, listed, quoted, type Side, type Value } from './side.ts';

/** Throws StartError when the file is not there, is no database, or is in use. */
export function openSqliteSide(file: string): Side {
  const database = holdAlone(file);
  const names = (sql: string): string[] => database.prepare(sql).pluck().all() as string[];
  return {
    name: file,
    howToEmpty: `删除 ${file}（连同 -wal、-shm 结尾的同名文件）`,
    tables: async () =>
      names("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"),
    columns: async (table) => names(`SELECT name FROM pragma_table_info('${table}') ORDER BY cid`),
    migrations: async () => names('SELECT name FROM migrations ORDER BY id'),
    count: async (table) =>
      database
        .prepare(`SELECT COUNT(*) FROM ${quoted(table)}`)
        .pluck()
        .get() as number,
    async *batches(table, columns) {
      const statement = database.prepare(`SELECT ${listed(columns)} FROM ${quoted(table)}`);
      const batch = createBatch();
      for (const row of statement.raw().safeIntegers().iterate() as IterableIterator<Stored[]>) {
        if (batch.add(row.map(plain))) yield batch.take();
      }
      yield batch.take();
    },
    // Or it would not be held alone.
    usedBy: async () => null,
    run: async (sql) => void database.exec(sql),
    async insert(table, columns, rows) {
      const values = columns.map(() => '?').join(', ');
      const statement = database.prepare(`INSERT INTO ${quoted(table)} (${listed(columns)}) VALUES (${values})`);
      for (const row of rows) statement.run(...row);
    },
    whyRefused: (error, table) =>
      error instanceof Database.SqliteError
        ? new StartError('copy_refused', `目标库不收表 ${table} 的一批行（${error.code}）：请检查磁盘空间。`, {
            cause: error,
          })
        : null,
    close: async () => void database.close(),
  };
}

type Stored = null | string | bigint | number | Buffer;

function plain(value: Stored): Value {
  return value === null || typeof value === 'string' || Buffer.isBuffer(value) ? value : String(value);
}
