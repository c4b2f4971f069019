// Runs every test this machine can run (`npm test`); the last line is `N passed, N failed, N skipped`.

import { join } from 'node:path';
import { parseCLI, startVitest, type Vitest } from 'vitest/node';
import { findChromium, findServer } from '../tests/support/services/installed.ts';
import { installMissing } from './setup-test.ts';

type Totals = { passed: number; failed: number; skipped: number };

const inCi = process.env.CI === 'true';
if (inCi) installMissing();
// Hundreds of processes load the same modules: those after the first take half the time.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/compile');

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await startVitest(filter, options);
const totals = count(vitest);
const faulted = Boolean(process.exitCode);
await vitest.close();

const { passed, skipped } = totals;
// A fault outside any test (a server that does not start, no tests at all) still counts as one.
const failed = faulted ? Math.max(totals.failed, 1) : totals.failed;
const missing = missingServices();
if (skipped > 0 && missing.length > 0) {
  const names = missing.join(', ');
  console.log(`没有 ${names},相关测试已跳过;运行 npm run setup:test 安装。`);
  console.log(`Tests that need ${names} were skipped; npm run setup:test installs what is missing.`);
}
const good = failed === 0 && passed > 0 && !(inCi && skipped > 0);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`, () => process.exit(good ? 0 : 1));

/** Tests by result; a file or suite that fails outside its tests, and an unhandled error, count as one failure each. */
function count({ state }: Vitest): Totals {
  const sum = { passed: 0, failed: state.getUnhandledErrors().length, skipped: 0 };
  for (const module of state.getTestModules()) {
    for (const suite of [module, ...module.children.allSuites()]) if (suite.errors().length > 0) sum.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      sum[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return sum;
}

function missingServices(): string[] {
  const missing: string[] = [];
  if (!process.env.TEST_MYSQL_URL && !findServer()) missing.push('MariaDB');
  if (!findChromium()) missing.push('Chromium');
  return missing;
}
