/** A MySQL or MariaDB database as one side of a copy. */
import { setTimeout as sleep } from 'node:timers/promises';
import mysql, { type Connection, type RowDataPacket } from 'mysql2';
import { StartError } from '../../errors.ts';
import type { MysqlAddress } from '../mysql-address.ts';
import { SESSION } from '../mysql-pool.ts';
import { createBatch, listed, quoted, type Side, type Value } from './side.ts';

/** Rows wait while the other side writes; the server must not think that we have gone. */
const PATIENT = 'SET SESSION net_write_timeout = 600, net_read_timeout = 600';

/** Those of our own user are always shown, and the product comes with the same address. */
const OTHERS =
  'SELECT user, host FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() LIMIT 1';
/** Whoever has just hung up is shown for a moment yet. */
const LOOKS = 5;
const BETWEEN_LOOKS_MS = 200;

export async function openMysqlSide({ database, host, port, ...login }: MysqlAddress): Promise<Side> {
  const connection = mysql.createConnection({
    ...{ host, port, ...login, database, charset: 'utf8mb4_bin' },
    ...{ supportBigNumbers: true, bigNumberStrings: true },
  });
  const ask = (sql: string, params: readonly unknown[] = []): Promise<RowDataPacket[]> =>
    new Promise((resolve, reject) =>
      connection.query<RowDataPacket[]>(sql, [...params], (error, rows) => (error ? reject(error) : resolve(rows))),
    );
  const names = async (sql: string, params: readonly unknown[] = []) =>
    (await ask(sql, params)).map((row) => String(row['name']));
  for (const statement of [...SESSION.needed, PATIENT]) await ask(statement);
  return {
    name: `${host}:${port}/${database}`,
    howToEmpty: `在数据库里执行 DROP DATABASE ${quoted(database)}; CREATE DATABASE ${quoted(database)} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;`,
    tables: () =>
      names(
        'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name',
      ),
    columns: (table) =>
      names(
        `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`,
        [table],
      ),
    migrations: () => names('SELECT name FROM migrations ORDER BY id'),
    count: async (table) => Number((await ask(`SELECT COUNT(*) AS n FROM ${quoted(table)}`))[0]?.['n']),
    batches: (table, columns) => readBatches(connection, `SELECT ${listed(columns)} FROM ${quoted(table)}`),
    async usedBy() {
      for (let looks = 1; ; looks += 1) {
        const [other] = await ask(OTHERS);
        if (!other) return null;
        if (looks === LOOKS) return `${String(other['user'])}@${String(other['host'])}`;
        await sleep(BETWEEN_LOOKS_MS);
      }
    },
    run: async (sql) => void (await ask(sql)),
    async insert(table, columns, rows) {
      if (rows.length > 0) await ask(`INSERT INTO ${quoted(table)} (${listed(columns)}) VALUES ?`, [rows]);
    },
    whyRefused,
    // Not a polite end: that would wait for rows that nobody reads any more.
    close: async () => connection.destroy(),
  };
}

async function* readBatches(connection: Connection, sql: string): AsyncIterable<readonly (readonly Value[])[]> {
  const batch = createBatch();
  const rows = connection.query({ sql, rowsAsArray: true }).stream({ highWaterMark: 16 });
  for await (const row of rows as AsyncIterable<(null | string | number | Buffer)[]>) {
    if (batch.add(row.map((value) => (typeof value === 'number' ? String(value) : value)))) yield batch.take();
  }
  yield batch.take();
}

/** The server's own words carry values: only the kind of the fault is told. */
function whyRefused(error: unknown, table: string): StartError | null {
  if (!(error instanceof Error && 'errno' in error && 'code' in error)) return null;
  const { errno, code } = error;
  const because =
    errno === 1062
      ? '有两行的编号只差末尾的空格，MySQL 把它们看成同一个'
      : errno === 1406 || errno === 1264
        ? `有一行的${/column '(\w+)'/.exec(error.message)?.[1] ?? '某一列'}放不进目标库的列`
        : errno === 1153
          ? '有一行超过了 max_allowed_packet，请把它调大'
          : `${String(code)}，请检查数据库的磁盘空间和日志`;
  return new StartError('copy_refused', `目标库不收表 ${table} 的一批行：${because}。`, { cause: error });
}
