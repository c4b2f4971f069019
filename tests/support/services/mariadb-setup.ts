// Vitest global setup of the project `mariadb`: one server for all its suites.

import type { TestProject } from 'vitest/node';
import { findServer } from './installed.ts';
import { startServer } from './mariadb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a server on which schemas may be created freely; null when this machine has none. */
    mysqlUrl: string | null;
  }
}

export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_MYSQL_URL;
  const program = given ? null : findServer();
  const server = program ? await startServer(program, { inMemory: true }) : null;
  project.provide('mysqlUrl', given || server?.url || null);
  return server?.stop;
}
