// Keeps files short, and every test file in a folder that is really run.

import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import config from '../../vitest.config.ts';

const HARD_STOP = 250;
const MEDIAN = 60;

const SOURCE = '{src,adapters,migrations,sandbox,bench,scripts,sidebar-web}/**/*.{ts,mjs,vue}';
const exclude = ['**/node_modules/**', '**/dist/**'];

const lengthOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length;

it(`has no source file over ${HARD_STOP} lines`, () => {
  const files = globSync(SOURCE, { exclude });
  expect(files).toContain('scripts/check.ts');
  expect(files.filter((file) => lengthOf(file) > HARD_STOP)).toEqual([]);
});

it(`has a median of at most ${MEDIAN} lines in the product`, () => {
  const lengths = globSync('{src,adapters}/**/*.ts', { exclude })
    .map(lengthOf)
    .sort((a, b) => a - b);
  if (lengths.length > 20) expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(MEDIAN);
});

it('runs every test file', () => {
  const run = config.test?.projects?.flatMap((project) =>
    typeof project === 'object' && 'test' in project ? (project.test?.include ?? []) : [],
  );
  const files = globSync('**/*.test.ts', { exclude });
  const reached = new Set(globSync(run ?? []));
  expect(files.filter((file) => !reached.has(file))).toEqual([]);
});
