// An empty database for a suite, on the engine the running vitest project stands for.

import { describe, inject } from 'vitest';
import { emptyFile, migratedFile } from './files.ts';
import type { FreshDatabase } from './fresh.ts';
import type {} from './mariadb-setup.ts';
import { emptySchema, migratedSchema } from './schemas.ts';

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
  return databaseKind === 'sqlite' ? emptyFile() : emptySchema(server());
}

/** The same for what is not about first starts: migrated already, so that opening it finds nothing to do. */
export async function readyDatabaseUrl(): Promise<FreshDatabase> {
  return databaseKind === 'sqlite' ? migratedFile() : migratedSchema(server());
}

function server(): string {
  if (!mysqlUrl) throw new Error('no MariaDB here: wrap the suite in describeDatabase');
  return mysqlUrl;
}
