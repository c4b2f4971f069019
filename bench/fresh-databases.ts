/** Empty databases for the benches that need one after the other: files in a folder, or schemas of one server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { openMariadb } from './pages/databases.ts';

export interface FreshDatabases {
  readonly name: 'sqlite' | 'mariadb';
  /** As DATABASE_URL. */
  make(): Promise<string>;
  close(): Promise<void>;
}

export function freshSqlite(): FreshDatabases {
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-bench-'));
  let made = 0;
  return {
    name: 'sqlite',
    async make() {
      made += 1;
      return `sqlite:${join(folder, `${made}.db`)}`;
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** As durable as the files: what is committed is on the disk. Null where there is no server. */
export async function freshMariadb(): Promise<FreshDatabases | null> {
  const server = await openMariadb();
  if (!server) return null;
  const { url } = server;
  const run = async (statement: string) => {
    const connection = await createConnection(url);
    await connection.query(statement);
    await connection.end();
  };
  await run('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
  const made: string[] = [];
  return {
    name: 'mariadb',
    async make() {
      const name = `liaodan_bench_${made.length + 1}`;
      made.push(name);
      await run(`DROP DATABASE IF EXISTS ${name}`);
      await run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    async close() {
      for (const name of made) await run(`DROP DATABASE IF EXISTS ${name}`);
      await server.close();
    },
  };
}
