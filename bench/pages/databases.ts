/** The two databases of the page bench: temporary ones, or ones that are kept for the next run. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { findServer } from '../../tests/support/services/installed.ts';
import { startServer } from '../../tests/support/services/mariadb.ts';

export interface BenchDatabase {
  readonly name: 'sqlite' | 'mariadb';
  readonly url: string;
  /** After rows were put there. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const SCHEMA = 'liaodan_bench';
/** Room for the whole company, as an operator would give it. */
const BUFFER_BYTES = 1024 ** 3;

/** `kept`: a folder whose file is used again; null for a temporary one. */
export async function openSqliteFile(kept: string | null): Promise<BenchDatabase> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'liaodan-bench-'));
  mkdirSync(folder, { recursive: true });
  return {
    name: 'sqlite',
    url: `sqlite:${join(folder, 'pages.db')}`,
    settle: async () => {},
    close: async () => {
      if (kept === null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server of TEST_MYSQL_URL, whose schema is kept, or one for this run alone; null where there is none. */
export async function openMariadb(): Promise<BenchDatabase | null> {
  const given = process.env['TEST_MYSQL_URL'];
  const program = given ? null : findServer();
  const server = program ? await startServer(program) : null;
  const url = given ?? server?.url;
  if (url === undefined) return null;
  const run = async (statements: readonly string[]) => {
    const connection = await createConnection(url);
    for (const statement of statements) await connection.query(statement);
    await connection.end();
  };
  await run([
    `SET GLOBAL innodb_buffer_pool_size = ${BUFFER_BYTES}`,
    `CREATE DATABASE IF NOT EXISTS ${SCHEMA} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
  ]);
  const tables = ['customer', 'customer_profile', 'contact', 'chat', 'opportunity', 'stage_change', 'message'];
  return {
    name: 'mariadb',
    url: Object.assign(new URL(url), { pathname: `/${SCHEMA}` }).href,
    // The server does the same by itself a while after so many rows have come.
    settle: () =>
      run(
        [
          ...tables,
          'activity',
          'task',
          'card',
          'card_action',
          'lead',
          'deal_field',
          'signal_decision',
          'customer_mark',
        ].map((table) => `ANALYZE TABLE ${SCHEMA}.${table}`),
      ),
    close: async () => server?.stop(),
  };
}
