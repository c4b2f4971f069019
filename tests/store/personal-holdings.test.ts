/** The list of what holds people's data is the database's own: no table and no text column is missing from it. */
import { expect, it } from 'vitest';
import { holdings } from '../../src/crm/privacy/holdings.ts';
import { PASSING } from '../../src/crm/privacy/other-holdings.ts';
import { openDatabase } from '../../src/persistence/database.ts';
import { lookInto } from '../flows/kill/remains.ts';
import { databaseKind, describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';

/** Ids of ours and keys of the policy are at most 40 characters; only these hold something else. */
const ID_CHARACTERS = 40;

const COLUMNS =
  databaseKind === 'sqlite'
    ? `SELECT m.name AS t, c.name AS c, c.type AS k FROM sqlite_master m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'`
    : `SELECT table_name AS t, column_name AS c, column_type AS k FROM information_schema.columns
       WHERE table_schema = DATABASE()`;

describeDatabase('holdings', () => {
  it('name every table and every column of text', async () => {
    const { url, dispose } = await freshDatabaseUrl();
    await (await openDatabase({ url, now: Date.now, newId: () => 'id' })).close();
    const columns = await lookInto(url, (query) => query(COLUMNS));
    await dispose();

    const stored = Map.groupBy(columns, ({ t }) => String(t));
    expect(Object.keys(holdings).toSorted()).toEqual([...stored.keys()].toSorted());
    for (const [table, all] of stored) {
      const { words = [], plain = [] } = holdings[table] ?? {};
      const named = [...words, ...plain];
      const texts = all.filter(({ k }) => holdsText(String(k))).map(({ c }) => String(c));
      expect(
        texts.filter((column) => !named.includes(column)),
        `${table}: of text, and not named`,
      ).toEqual([]);
      const there = all.map(({ c }) => String(c));
      expect(
        named.filter((column) => !there.includes(column)),
        `${table}: named, and not there`,
      ).toEqual([]);
    }
  });

  it('find rows by columns that are there', async () => {
    const { url, dispose } = await freshDatabaseUrl();
    await (await openDatabase({ url, now: Date.now, newId: () => 'id' })).close();
    const columns = await lookInto(url, (query) => query(COLUMNS));
    await dispose();
    const there = new Set(columns.map(({ t, c }) => `${t}.${c}`));
    const asked = Object.entries(holdings).flatMap(([table, { contact, customer, staff }]) =>
      [contact, customer, staff]
        .flatMap((part) =>
          part ? [part.column, ...(typeof part.change === 'string' ? [] : Object.keys(part.change))] : [],
        )
        .map((column) => `${table}.${column}`),
    );
    const passing = Object.entries(PASSING).flatMap(([table, { key, columns: named }]) =>
      [key, ...named].map((column) => `${table}.${column}`),
    );
    expect([...asked, ...passing].filter((column) => !there.has(column))).toEqual([]);
  });
});

function holdsText(kind: string): boolean {
  const [, length] = /^varchar\((\d+)\)$/i.exec(kind) ?? [];
  return length === undefined ? /text|^varchar$/i.test(kind) : Number(length) > ID_CHARACTERS;
}
