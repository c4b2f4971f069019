/** Opens the database that DATABASE_URL names, after checking that this server can carry us. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { DataSource, type EntitySchema, type Logger } from 'typeorm';
import { migrations } from '../../migrations/index.ts';
import { StartError } from '../errors.ts';
import { examineServer } from './boot-check.ts';
import { badDatabaseUrl, isMysqlUrl, readMysqlUrl } from './mysql-address.ts';
import { createMysqlDriver, poolOptions } from './mysql-pool.ts';
import { isSqliteUrl, sqliteFile } from './sqlite-file.ts';

export type DatabaseKind = 'sqlite' | 'mysql';

export interface Connections {
  readonly kind: DatabaseKind;
  /** All writes. On SQLite this is one connection, so only the unit of work may touch it. */
  readonly writer: DataSource;
  /** Reads outside a unit of work: on SQLite a second, read-only connection; on MySQL the same pool. */
  readonly reader: DataSource;
  readonly serverVersion: string;
  /** By its version the server has FOR UPDATE SKIP LOCKED. */
  readonly skipLocked: boolean;
  /**
   * From now on a statement whose answer stays away for so long (ms; 0 for ever) has failed, and its connection with it:
   * the server's machine is gone. Not before the upgrade, which may work on a large table for minutes.
   */
  limitWaiting(ms: number): void;
}

/** `sqlite:./data/crm.db` or `mysql://user:password@host:3306/database`. Throws StartError with a Chinese sentence. */
export async function openConnections(url: string, entities: readonly EntitySchema[]): Promise<Connections> {
  if (isSqliteUrl(url)) return openSqlite(sqliteFile(url), entities);
  if (isMysqlUrl(url)) return openMysql(url, entities);
  throw badDatabaseUrl();
}

export async function closeConnections({ reader, writer }: Connections): Promise<void> {
  if (reader !== writer) await reader.destroy();
  await writer.destroy();
}

async function openSqlite(database: string, entities: readonly EntitySchema[]): Promise<Connections> {
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
  const serverVersion = `SQLite ${row?.v ?? ''}`;
  // It answers in this process: nobody waits for a network.
  return { kind: 'sqlite', writer, reader, serverVersion, skipLocked: false, limitWaiting: () => undefined };
}

async function openMysql(url: string, entities: readonly EntitySchema[]): Promise<Connections> {
  const { user: username, ...address } = readMysqlUrl(url);
  const server = await examineServer({ ...address, user: username });
  const { driver, patience } = createMysqlDriver();
  const writer = new DataSource({
    type: 'mysql',
    driver,
    ...address,
    username,
    entities: [...entities],
    migrations: [...migrations],
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    logger: silent,
    extra: poolOptions(server.poolSize),
  });
  await writer.initialize();
  const { version: serverVersion, skipLocked } = server;
  return { kind: 'mysql', writer, reader: writer, serverVersion, skipLocked, limitWaiting: patience.limit };
}

/** TypeORM would print statements with their values on standard output; faults reach us as errors. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};
