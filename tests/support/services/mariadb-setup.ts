// Vitest global setup of the project `mariadb`: one server for all its suites.

import { randomBytes } from 'node:crypto';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { TestProject } from 'vitest/node';
import { findServer } from './installed.ts';
import { startServer } from './mariadb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a server on which schemas may be created freely; null when this machine has none. */
    mysqlUrl: string | null;
    /** What the names of this run's schemas begin with. */
    schemaPrefix: string;
  }
}

export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_MYSQL_URL;
  const program = given ? null : findServer();
  const server = program ? await startServer(program, { inMemory: true }) : null;
  const prefix = `test_${randomBytes(3).toString('hex')}_`;
  project.provide('mysqlUrl', given || server?.url || null);
  project.provide('schemaPrefix', prefix);
  return given ? () => dropSchemas(given, prefix) : server?.stop;
}

/** Those that stood ready for another test, on a server that outlives the run. */
async function dropSchemas(url: string, prefix: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT schema_name AS name FROM information_schema.schemata WHERE LEFT(schema_name, ?) = ?',
      [prefix.length, prefix],
    );
    for (const { name } of rows) await connection.query(`DROP DATABASE ${name}`);
  } finally {
    await connection.end();
  }
}
