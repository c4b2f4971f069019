// Which tests run where: each project is one way of looking at the product.

import { defineConfig } from 'vitest/config';

/** Suites about stored data; they run once on each database. */
const STORED = ['tests/{store,flows,migrations}/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    // The next file finds the modules loaded, which takes longer than most files: none replaces a module or leaves anything behind.
    isolate: false,
    // Most suites wait for servers, sockets and browsers more than they compute.
    maxWorkers: 4,
    watch: false,
    reporters: ['default'],
    // A test that hangs is told from one that waits for its turn on a busy machine.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/*.test.ts', 'tests/{unit,contract,architecture,fuzz}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'flows', include: STORED, env: { TEST_DATABASE: 'sqlite' } },
      },
      {
        extends: true,
        test: {
          name: 'mariadb',
          include: STORED,
          env: { TEST_DATABASE: 'mysql' },
          globalSetup: ['tests/support/services/mariadb-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          include: ['tests/web/**/*.test.ts'],
          // Pages are built before the first is shown, and a busy machine takes its time.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
