// What `npm test` promises to whoever reads its last line and its exit code.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

it('ends with the totals, and fails with the first failure', () => {
  const file = "it('holds', () => {}); it('breaks', () => expect(1).toBe(2)); it.skip('waits', () => {});";
  expect(npmTest(file)).toEqual({ lastLine: '1 passed, 1 failed, 1 skipped', code: 1 });
});

it('is content when everything passed', () => {
  expect(npmTest("it('holds', () => {});")).toEqual({ lastLine: '1 passed, 0 failed, 0 skipped', code: 0 });
});

it('counts a file that cannot be read, and a set-up that fails, as failures', () => {
  expect(npmTest('it(')).toEqual({ lastLine: '0 passed, 1 failed, 0 skipped', code: 1 });
  const setUp = "describe('x', () => { beforeAll(() => { throw new Error('no'); }); it('waits', () => {}); });";
  expect(npmTest(setUp)).toMatchObject({ lastLine: expect.stringContaining('1 failed'), code: 1 });
});

it('counts an error that no test caught', () => {
  const late = "it('holds', async () => { Promise.reject(new Error('late')); await new Promise(setImmediate); });";
  expect(npmTest(late)).toEqual({ lastLine: '1 passed, 1 failed, 0 skipped', code: 1 });
});

it('does not call an empty run a success', () => {
  expect(npmTest(null)).toMatchObject({ code: 1 });
});

/** Runs the test command on a folder with this one test file, or with none. */
function npmTest(file: string | null): { lastLine: string | undefined; code: number | null } {
  const root = mkdtempSync(join(tmpdir(), 'liaodan-runner-'));
  try {
    if (file) writeFileSync(join(root, 'one.test.js'), file);
    const { CI: _, VITEST: __, ...env } = process.env;
    const args = [resolve('scripts/test.ts'), '--root', root, '--globals'];
    const run = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
    return { lastLine: run.stdout.trimEnd().split('\n').at(-1), code: run.status };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
