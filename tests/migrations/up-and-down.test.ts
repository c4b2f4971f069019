/** The upgrade from nothing, back and up again; and that the tables are what the code believes they are. */
import { expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { snakeCase } from '../../src/persistence/columns.ts';
import { type Connections, openConnections } from '../../src/persistence/data-source.ts';
import { migrate } from '../../src/persistence/migrate.ts';
import { schemas } from '../../src/persistence/schemas.ts';
import { describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';
import { columnsOf, tableNames, uniqueKeysOf } from './tables.ts';

/** Rows of these belong to the installation, not to a company. */
const OF_THE_INSTALLATION = ['schedule_tick', 'tenant'];

async function openEmpty(): Promise<Connections & AsyncDisposable> {
  const { url, dispose } = await freshDatabaseUrl();
  const connections = await openConnections(url, Object.values(schemas));
  return {
    ...connections,
    async [Symbol.asyncDispose]() {
      if (connections.reader !== connections.writer) await connections.reader.destroy();
      await connections.writer.destroy();
      await dispose();
    },
  };
}

const fitting: Readonly<Record<string, RegExp>> = {
  bigint: /^bigint/,
  varchar: /^varchar\(\d+\)$/,
  text: /^(text|mediumtext)$/,
  blob: /^(blob|longblob)$/,
  boolean: /^(boolean|tinyint\(1\))$/,
  'simple-json': /^(text|mediumtext)$/,
};

describeDatabase('migrations', () => {
  it('go up, down and up again', async () => {
    await using connections = await openEmpty();
    const { writer } = connections;
    const names = migrations.map((Migration) => new Migration().name);
    expect(await migrate(connections)).toEqual(names);
    const tables = await tableNames(writer);
    expect(tables.length).toBeGreaterThan(15);
    expect(await migrate(connections)).toEqual([]);
    for (const _ of names) await writer.undoLastMigration({ transaction: 'none' });
    expect(await tableNames(writer)).toEqual([]);
    expect(await migrate(connections)).toEqual(names);
    expect(await tableNames(writer)).toEqual(tables);
  });

  it('make the tables that the code maps, column by column', async () => {
    await using connections = await openEmpty();
    await migrate(connections);
    for (const { options } of Object.values(schemas)) {
      const facts = new Map((await columnsOf(connections.writer, options.name)).map((fact) => [fact.name, fact]));
      const mapped = Object.entries(options.columns).map(([property, column]) => {
        const name = snakeCase(property);
        const type = facts.get(name)?.type ?? 'missing';
        expect(`${options.name}.${name}: ${type}`).toMatch(
          new RegExp(`: ${fitting[String(column?.type)]?.source.slice(1)}`),
        );
        return name;
      });
      expect(mapped.sort()).toEqual([...facts.keys()].sort());
    }
  });

  it('let every key begin with the company', async () => {
    await using connections = await openEmpty();
    await migrate(connections);
    const { writer } = connections;
    const exceptions: string[] = [];
    for (const table of await tableNames(writer)) {
      const keys = await uniqueKeysOf(writer, table);
      expect(keys.length, table).toBeGreaterThan(0);
      if (keys.some(([first]) => first !== 'tenant_id')) exceptions.push(table);
    }
    expect(exceptions).toEqual(OF_THE_INSTALLATION);
  });

  it('finish an upgrade that was cut off between two tables', async () => {
    await using connections = await openEmpty();
    const { writer } = connections;
    await migrate(connections);
    const tables = await tableNames(writer);
    for (const name of ['schedule_tick', 'policy_pointer', 'card_action']) await writer.query(`DROP TABLE ${name}`);
    if (connections.kind === 'sqlite') {
      // SQLite takes back a half-made upgrade by itself: what is left behind can only be somebody else's table.
      await writer.query("DELETE FROM migrations WHERE name LIKE 'Machinery%'");
      await expect(migrate(connections)).rejects.toMatchObject({ code: 'migration_failed' });
      return;
    }
    await writer.query("DELETE FROM migrations WHERE name LIKE 'Machinery%' OR name LIKE 'Chats%'");
    await migrate(connections);
    expect(await tableNames(writer)).toEqual(tables);
  });
});
