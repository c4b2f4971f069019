// A sandbox on the database this run is about, closed and removed after each test.

import { afterEach } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import { readyDatabaseUrl } from './services/database.ts';

/** Call at the top of a suite; returns a function that opens a sandbox for one test. */
export function useSandbox(): (options?: SandboxOptions) => Promise<Sandbox> {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  return async (options = {}) => {
    const database = await readyDatabaseUrl();
    open.push(() => database.dispose());
    const sandbox = await startSandbox({ databaseUrl: database.url, logLevel: 'silent', ...options });
    open.push(() => sandbox.close());
    return sandbox;
  };
}
