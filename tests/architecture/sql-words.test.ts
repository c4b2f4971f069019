/** MySQL 8 reserves words that MariaDB and SQLite do not; our tables are called by some of them, so there they are always quoted. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { schemas } from '../../src/persistence/schemas.ts';

/** https://dev.mysql.com/doc/refman/8.4/en/keywords.html, as far as a table could be called so. */
const RESERVED = new Set([
  ...['condition', 'cube', 'cursor', 'empty', 'except', 'function', 'grouping', 'groups', 'interval', 'lag', 'lateral'],
  ...['lead', 'library', 'limit', 'manual', 'match', 'of', 'option', 'order', 'over', 'parallel', 'range', 'rank'],
  ...['recursive', 'release', 'row', 'rows', 'schema', 'signal', 'system', 'table', 'trigger', 'usage', 'window'],
]);
const FOLDER = join(import.meta.dirname, '../../src/persistence');
/** They name their tables themselves, or what they are given is one of a few. */
const KNOWN_TABLES = ['sql-work-queue.ts', 'queue-sweep.ts', 'personal-rows.ts', 'customer-queries.ts'];

const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));
const tables = Object.values(schemas).map(({ options }) => options.tableName ?? options.name);
const reserved = tables.filter((table) => RESERVED.has(table));

it('there are such tables, or this test is about nothing', () => {
  expect(reserved).toContain('lead');
});

it.each(reserved)('%s is quoted wherever it is named', (table) => {
  const bare = new RegExp(String.raw`\b(FROM|JOIN|UPDATE|INTO)\s+${table}\b`);
  expect(sources.filter(({ text }) => bare.test(text)).map(({ name }) => name)).toEqual([]);
});

it('a table that comes from elsewhere is quoted as well', () => {
  const bare = /\b(FROM|JOIN|UPDATE|INTO) \$\{(\w+\.)?table\}/;
  const found = sources.filter(({ text }) => bare.test(text)).map(({ name }) => name.split('/').at(-1));
  expect(found.filter((name) => !KNOWN_TABLES.includes(name ?? ''))).toEqual([]);
});
