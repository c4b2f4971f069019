/** The databases of the load bench, on disk and durable: an acknowledged message survives a power cut on both. */
import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { type BenchDatabase, openMariadb, openSqliteFile } from '../pages/databases.ts';

export interface LoadDatabase extends BenchDatabase {
  readonly version: string;
  /** What the server did so far; all zero where the database is a file of the instance's own. */
  work(): Promise<ServerWork>;
}

export interface ServerWork {
  /** Of the server's process; null where it is not on this machine. */
  readonly cpuMs: number | null;
  readonly statements: number;
  readonly commits: number;
  /** Deadlocks and lock time-outs: a transaction that ran again. */
  readonly conflicts: number;
}

/** Linux counts a process's time in hundredths of a second. */
const TICK_MS = 10;
/** `utime` and `stime` among the fields behind the program's name. */
const [USER_AT, SYSTEM_AT] = [11, 12];

export async function openLoadSqlite(): Promise<LoadDatabase> {
  const file = await openSqliteFile(null);
  const none = { cpuMs: 0, statements: 0, commits: 0, conflicts: 0 };
  return { ...file, version: 'SQLite, synchronous = FULL', work: async () => none };
}

/** Null where there is no server: npm run setup:test. */
export async function openLoadMariadb(): Promise<LoadDatabase | null> {
  const server = await openMariadb();
  if (!server) return null;
  const ask = async <Row>(sql: string): Promise<Row[]> => {
    const connection = await createConnection(server.url);
    const [rows] = await connection.query(sql);
    await connection.end();
    return rows as Row[];
  };
  // The server for tests flushes once a second, which is no promise to anybody.
  await ask('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
  const [about] = await ask<{ version: string; pid_file: string }>(
    'SELECT VERSION() AS version, @@pid_file AS pid_file',
  );
  return {
    ...server,
    version: `${about?.version ?? ''}, innodb_flush_log_at_trx_commit = 1`,
    async work() {
      const rows = await ask<{ Variable_name: string; Value: string }>('SHOW GLOBAL STATUS');
      const status = new Map(rows.map(({ Variable_name: name, Value: value }) => [name.toLowerCase(), Number(value)]));
      const of = (name: string) => status.get(name) ?? 0;
      return {
        cpuMs: cpuOf(about?.pid_file ?? ''),
        statements: of('questions'),
        commits: of('com_commit'),
        conflicts: of('innodb_deadlocks') + of('innodb_row_lock_timeouts'),
      };
    },
  };
}

function cpuOf(pidFile: string): number | null {
  try {
    const stat = readFileSync(`/proc/${readFileSync(pidFile, 'utf8').trim()}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[USER_AT]) + Number(fields[SYSTEM_AT])) * TICK_MS;
  } catch {
    return null;
  }
}
