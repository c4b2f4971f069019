/** Opens the database that DATABASE_URL names, after checking that this server can carry us. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import mysql2 from 'mysql2';
import { DataSource, type EntitySchema, type Logger } from 'typeorm';
import { migrations } from '../../migrations/index.ts';
import { StartError } from '../errors.ts';

export type DatabaseKind = 'sqlite' | 'mysql';

export interface Connections {
  readonly kind: DatabaseKind;
  /** All writes. On SQLite this is one connection, so only the unit of work may touch it. */
  readonly writer: DataSource;
  /** Reads outside a unit of work: on SQLite a second, read-only connection; on MySQL the same pool. */
  readonly reader: DataSource;
  readonly serverVersion: string;
  /** The server has FOR UPDATE SKIP LOCKED. */
  readonly skipLocked: boolean;
}

/** `sqlite:./data/crm.db` or `mysql://user:password@host:3306/database`. Throws StartError with a Chinese sentence. */
export async function openConnections(url: string, entities: readonly EntitySchema[]): Promise<Connections> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length), entities);
  if (/^(mysql|mariadb):\/\//.test(url)) return openMysql(url, entities);
  throw badUrl();
}

function badUrl(options?: ErrorOptions): StartError {
  return new StartError(
    'bad_database_url',
    'DATABASE_URL 看不懂：应以 sqlite: 或 mysql:// 开头，例如 sqlite:./data/crm.db 或 mysql://crm:密码@127.0.0.1:3306/crm（密码里的特殊字符要写成 %40 这样的编码）',
    options,
  );
}

async function openSqlite(path: string, entities: readonly EntitySchema[]): Promise<Connections> {
  const database = resolve(path.replace(/^\/\/(?=\/)/, ''));
  // WAL lets readers and the writer coexist; FULL makes an acknowledged message survive a power cut.
  const common = {
    type: 'better-sqlite3' as const,
    driver: Database,
    database,
    entities: [...entities],
    timeout: 10_000,
    logger: silent,
  };
  const writer = new DataSource({
    ...common,
    enableWAL: true,
    migrations: [...migrations],
    prepareDatabase: (db: Database.Database) => {
      db.pragma('synchronous = FULL');
      db.pragma('wal_autocheckpoint = 2000');
    },
  });
  try {
    mkdirSync(dirname(database), { recursive: true });
    await writer.initialize();
  } catch (cause) {
    throw new StartError('database_unavailable', `打不开数据库文件 ${database}：请检查目录是否存在、是否可写`, {
      cause,
    });
  }
  const reader = await new DataSource({ ...common, readonly: true, fileMustExist: true }).initialize();
  const [row] = await reader.query<{ v: string }[]>('SELECT sqlite_version() AS v');
  return { kind: 'sqlite', writer, reader, serverVersion: `SQLite ${row?.v ?? ''}`, skipLocked: false };
}

async function openMysql(url: string, entities: readonly EntitySchema[]): Promise<Connections> {
  const writer = mysqlSource(url, entities);
  try {
    await writer.initialize();
  } catch (cause) {
    throw new StartError(
      'database_unavailable',
      '连不上 MySQL：请检查 DATABASE_URL 的地址、账号、密码和库名，以及数据库是否已启动',
      { cause },
    );
  }
  const [row] = await writer.query<{ v: string }[]>('SELECT VERSION() AS v');
  const version = row?.v ?? '';
  const support = judgeVersion(version);
  if (!support.ok) {
    await writer.destroy();
    throw new StartError('database_too_old', `数据库版本 ${version} 太旧：需要 MySQL 8.0.1 或 MariaDB 10.6 以上`);
  }
  return { kind: 'mysql', writer, reader: writer, serverVersion: version, skipLocked: support.skipLocked };
}

function mysqlSource(url: string, entities: readonly EntitySchema[]): DataSource {
  if (!/^\w+:\/\/[^/]+\/[^/?]+/.test(url)) throw badUrl();
  try {
    return new DataSource({
      type: 'mysql',
      driver: mysqlDriver,
      url: url.replace(/^mariadb:/, 'mysql:'),
      entities: [...entities],
      migrations: [...migrations],
      charset: 'utf8mb4_bin',
      timezone: 'Z',
      logger: silent,
      extra: { connectionLimit: 16 },
    });
  } catch (cause) {
    throw badUrl({ cause });
  }
}

/**
 * Every key begins with the company, and so does the primary one: MariaDB takes "all rows of the company" for something
 * worth cutting a good index with, and reads a whole table for five rows (measured: 12 ms instead of 0.2 on 60,000).
 * https://mariadb.com/kb/en/optimizer-switch/ · https://dev.mysql.com/doc/refman/8.4/en/switchable-optimizations.html
 */
const mysqlDriver = {
  ...mysql2,
  createPool(options: mysql2.PoolOptions): mysql2.Pool {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) =>
      connection.query("SET SESSION optimizer_switch = 'index_merge_intersection=off'", () => undefined),
    );
    return pool;
  },
};

/** TypeORM would print statements with their values on standard output; faults reach us as errors. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** Exported for its test: what a `VERSION()` string means for us. TiDB speaks MySQL 8 without SKIP LOCKED. */
export function judgeVersion(version: string): { ok: boolean; skipLocked: boolean } {
  const [major = 0, minor = 0, patch = 0] = (/(\d+)\.(\d+)\.(\d+)/.exec(version.replace(/^5\.5\.5-/, '')) ?? [])
    .slice(1)
    .map(Number);
  const atLeast = (a: number, b: number, c: number) =>
    major > a || (major === a && (minor > b || (minor === b && patch >= c)));
  if (/tidb/i.test(version)) return { ok: true, skipLocked: false };
  const ok = /mariadb/i.test(version) ? atLeast(10, 6, 0) : atLeast(8, 0, 1);
  return { ok, skipLocked: ok };
}
