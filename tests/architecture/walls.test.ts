// Proves that every wall catches the violation it stands for, on a small house built for the purpose.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Every rule with a file that breaks it: `[file, what it imports]`. */
const BREACHES: Record<string, [file: string, imported: string][]> = {
  'crm-knows-no-machinery': [
    ['src/crm/a.ts', '../clock.ts'],
    ['src/crm/b.ts', '../work/queue.ts'],
  ],
  'crm-knows-no-builtins': [['src/crm/c.ts', 'node:fs']],
  'crm-npm-is-pure': [['src/crm/d.ts', 'koa']],
  'policy-stands-alone': [['src/policy/a.ts', '../errors.ts']],
  'policy-npm-is-pure': [['src/policy/b.ts', 'koa']],
  'policy-knows-no-builtins': [['src/policy/c.ts', 'node:path']],
  'channel-is-only-types': [
    ['src/channel/a.ts', 'zod'],
    ['src/channel/b.ts', '../errors.ts'],
    ['src/channel/c.ts', 'node:buffer'],
  ],
  'only-persistence-knows-the-database': [
    ['src/inbox/a.ts', 'typeorm'],
    ['adapters/wecom/a.ts', 'mysql2'],
  ],
  'only-the-composition-root-joins-persistence': [
    ['src/http/a.ts', '../persistence/unit-of-work.ts'],
    ['src/http/b.ts', '../../migrations/index.ts'],
  ],
  'only-the-composition-root-joins-adapters': [['src/outbox/a.ts', '../../adapters/index.ts']],
  'adapters-are-reached-by-their-list': [['src/app.ts', '../adapters/feishu/index.ts']],
  'adapters-know-only-the-port': [
    ['adapters/feishu/a.ts', '../../src/errors.ts'],
    ['adapters/feishu/b.ts', '../../src/persistence/unit-of-work.ts'],
  ],
  'adapters-do-not-know-each-other': [['adapters/wecom/b.ts', '../feishu/index.ts']],
  'nothing-imports-the-composition-root': [['src/scheduler/a.ts', '../app.ts']],
  'product-does-not-know-its-surroundings': [
    ['src/scheduler/b.ts', '../../sandbox/demo.ts'],
    ['src/scheduler/c.ts', '../../tests/support/x.ts'],
  ],
  'product-runs-without-dev-dependencies': [['src/http/c.ts', 'vite']],
  'no-unknown-import': [['src/http/d.ts', './gone.ts']],
  'no-cycle': [['src/work/a.ts', './b.ts']],
  'no-orphan': [['src/lonely.ts', '']],
};

/** The other half of the cycle; the tool names a cycle once. */
const BACK: [file: string, imported: string] = ['src/work/b.ts', './a.ts'];

/** What a well-behaved house looks like: none of these may be complained about. */
const SOUND: [file: string, imported: string][] = [
  ['src/cli.ts', './app.ts'],
  ['src/app.ts', '../adapters/index.ts'],
  ['src/app.ts', './persistence/unit-of-work.ts'],
  ['src/app.ts', './inbox/ingest.ts'],
  ['src/app.ts', './clock.ts'],
  ['src/app.ts', './work/queue.ts'],
  ['src/inbox/ingest.ts', '../crm/advance-stage.ts'],
  ['src/crm/advance-stage.ts', '../policy/schema.ts'],
  ['src/crm/advance-stage.ts', '../channel/channel.ts'],
  ['src/crm/advance-stage.ts', '../errors.ts'],
  ['src/crm/advance-stage.ts', 'chinese-days'],
  ['src/policy/schema.ts', 'zod'],
  ['src/persistence/unit-of-work.ts', 'typeorm'],
  ['src/persistence/unit-of-work.ts', '../../migrations/index.ts'],
  ['adapters/index.ts', './feishu/index.ts'],
  ['adapters/feishu/index.ts', '../../src/channel/channel.ts'],
  ['adapters/feishu/index.ts', 'node:crypto'],
  ['sandbox/demo.ts', '../src/app.ts'],
  ['tests/support/x.ts', 'vite'],
];

/** Files that exist only to be imported. */
const LEAVES = ['src/clock.ts', 'src/work/queue.ts', 'migrations/index.ts', 'src/channel/channel.ts', 'src/errors.ts'];

let house: string;

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'liaodan-walls-'));
});

afterAll(() => rm(house, { recursive: true, force: true }));

it('lets a sound house stand', async () => {
  expect(await violations('sound', SOUND)).toEqual([]);
});

it('has a breach for every wall', async () => {
  const { summary } = await cruise(await build('listed', SOUND, 'import'));
  expect(Object.keys(BREACHES)).toEqual(summary.ruleSetUsed.forbidden.map((rule) => rule.name));
});

it('catches every breach by the wall meant for it', async () => {
  const found = await violations('broken', [...SOUND, ...Object.values(BREACHES).flat(), BACK]);
  const missed = Object.entries(BREACHES).flatMap(([rule, files]) =>
    files.filter(([file]) => !found.includes(`${rule}: ${file}`)).map(([file]) => `${rule}: ${file}`),
  );
  expect(missed).toEqual([]);
});

it('sees through `import type`', async () => {
  const found = await violations('typed', [...SOUND, ['src/crm/a.ts', '../work/queue.ts']], 'import type { x } from');
  expect(found).toContain('crm-knows-no-machinery: src/crm/a.ts');
});

/** What the tool says about a house of these imports, as `rule: file`. */
async function violations(name: string, imports: [string, string][], word = 'import'): Promise<string[]> {
  const { summary } = await cruise(await build(name, imports, word));
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

async function build(name: string, imports: [string, string][], word: string): Promise<string> {
  const root = join(house, name);
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text, { flag: 'a' });
  };
  const runtime = ['zod', 'yaml', 'koa', 'typeorm', 'mysql2', 'chinese-days'];
  const versions = Object.fromEntries(runtime.map((dependency) => [dependency, '1.0.0']));
  await write('package.json', JSON.stringify({ dependencies: versions, devDependencies: { vite: '1.0.0' } }));
  for (const dependency of [...runtime, 'vite']) {
    await write(`node_modules/${dependency}/package.json`, JSON.stringify({ name: dependency, version: '1.0.0' }));
    await write(`node_modules/${dependency}/index.js`, 'export const x = 1;\n');
  }
  for (const leaf of LEAVES) await write(leaf, 'export const x = 1;\n');
  for (const [file, imported] of imports) await write(file, imported ? `${word} '${imported}';\n` : '\n');
  return root;
}

/** The report of the tool; it ends with a failure code when it has something to say, so only an empty report is a fault. */
function cruise(root: string): Promise<Report> {
  const tool = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const rules = resolve('.dependency-cruiser.mjs');
  const args = [tool, '--config', rules, '--output-type', 'json', 'src', 'adapters', 'migrations', 'sandbox', 'tests'];
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 2 ** 26 }, (_, stdout, stderr) => {
      if (stdout) done(JSON.parse(stdout));
      else fail(new Error(stderr));
    });
  });
}

type Report = {
  summary: { violations: { rule: { name: string }; from: string }[]; ruleSetUsed: { forbidden: { name: string }[] } };
};
