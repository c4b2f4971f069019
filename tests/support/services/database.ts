// An empty database for a suite, on the engine the running vitest project stands for.

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { describe, inject } from 'vitest';
import type {} from './mariadb-setup.ts';

export type FreshDatabase = { url: string; dispose(): Promise<void> };

/** Which engine this run is about. */
export const databaseKind: 'sqlite' | 'mysql' = process.env.TEST_DATABASE === 'mysql' ? 'mysql' : 'sqlite';

const mysqlUrl = databaseKind === 'mysql' ? inject('mysqlUrl') : null;

/** `describe` for suites that need a database: skipped, with the reason in the name, where MariaDB is missing. */
export function describeDatabase(name: string, suite: () => void): void {
  if (databaseKind === 'mysql' && !mysqlUrl) describe.skip(`${name} (no MariaDB here: npm run setup:test)`, suite);
  else describe(`${name} [${databaseKind}]`, suite);
}

/** A new empty database: a file `sqlite:/…/crm.db`, or a schema `mysql://…/test_…`; `dispose` removes it. */
export async function freshDatabaseUrl(): Promise<FreshDatabase> {
  if (databaseKind === 'sqlite') return freshFile();
  if (!mysqlUrl) throw new Error('no MariaDB here: wrap the suite in describeDatabase');
  return freshSchema(mysqlUrl);
}

async function freshFile(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-sqlite-'));
  return {
    url: `sqlite:${join(folder, 'crm.db')}`,
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

async function freshSchema(server: string): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, dispose: () => execute(server, `DROP DATABASE IF EXISTS ${name}`) };
}

async function execute(server: string, statement: string): Promise<void> {
  const connection = await createConnection(server);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
