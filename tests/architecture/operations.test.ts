// What the page about running it and the alert rules speak of exists: figures, jobs, commands, settings.

import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(path, 'utf8');
const all = (pattern: string): string => globSync(pattern).map(read).join('\n');
const found = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? '')),
];
const page = read('docs/operations.md');
const rules = read('deploy/prometheus-alerts.yml');

it('alerts are rules that say what to do', () => {
  const { groups } = parse(rules) as { groups: { rules: { alert: string; annotations: Record<string, string> }[] }[] };
  const alerts = groups.flatMap((group) => group.rules);
  expect(alerts.length).toBeGreaterThan(10);
  expect(alerts.filter(({ annotations }) => !annotations['summary'] || !annotations['todo'])).toEqual([]);
});

it('every figure and every job that is spoken of is there', () => {
  const figures = found(all('src/metrics/*.ts'), /'(liaodan_[a-z_]+)'/g);
  const named = [...found(page, /(liaodan_[a-z_]+)/g), ...found(rules, /(liaodan_[a-z_]+)/g)];
  const plain = named.map((name) => name.replace(/_(bucket|count|sum)$/, ''));
  expect(plain.filter((name) => !figures.includes(name))).toEqual([]);
  const jobs = found(all('src/scheduler/*.ts'), /name: '([a-z-]+)'/g);
  expect(found(rules, /job="([a-z-]+)"/g).filter((job) => job !== 'liaodan' && !jobs.includes(job))).toEqual([]);
});

it('every command and setting that is spoken of is there', () => {
  const commands = found(read('src/cli.ts'), /case '([a-z]+)':/g);
  const said = found(`${page}\n${rules}`, /npm run (?:-s )?crm -- ([a-z]+)/g);
  expect(said.length).toBeGreaterThan(5);
  expect(said.filter((command) => !commands.includes(command))).toEqual([]);
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
  expect(found(page, /npm run ([a-z][a-z:]*)/g).filter((script) => !scripts.includes(script))).toEqual([]);
  const settings = found(read('.env.example'), /^#? ?([A-Z][A-Z_]+)=/gm);
  const spoken = found(page, /`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`/g).filter((name) => !name.startsWith('SQLITE_'));
  expect(spoken.filter((name) => !settings.includes(name))).toEqual([]);
});
