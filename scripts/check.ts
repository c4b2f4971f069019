// The checks that need no running program (`npm run check`): types, format and lint, walls, dead code.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const walled = ['src', 'adapters', 'migrations', 'sandbox', 'bench', 'tests', 'scripts'];
const pages = ['sandbox/console', 'sidebar-web'];
const present = (path: string) => existsSync(join(root, path));

const checks: [name: string, command: string, ...args: string[]][] = [
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ...pages
    .filter((folder) => present(`${folder}/tsconfig.json`))
    .map((folder): [string, string, ...string[]] => [`types ${folder}`, 'vue-tsc', '--noEmit', '-p', folder]),
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['walls', 'depcruise', '--config', '.dependency-cruiser.mjs', ...walled.filter(present)],
  ['dead code', 'knip', '--no-progress', '--no-config-hints'],
  ['page size', 'node', 'scripts/page-size.ts'],
];

const failed = checks.filter(([name, command, ...args]) => !passes(name, command, args));
process.exitCode = failed.length > 0 ? 1 : 0;

function passes(name: string, command: string, args: string[]): boolean {
  const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH },
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  const ok = result.status === 0;
  console.log(`${ok ? '✓' : '✗'} ${name}`);
  if (!ok) console.log(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`.trim());
  return ok;
}
