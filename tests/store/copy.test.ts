/** Moving a company to another database: everything arrives, and what does not is said and cannot be used. */
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/persistence/database.ts';
import { moving } from '../../src/persistence/moving/index.ts';
import { schemas } from '../../src/persistence/schemas.ts';
import type { CopyProgress } from '../../src/work/moving.ts';
import { tableNames } from '../migrations/tables.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { at, fillEveryTable, openEnds } from './copy-company.ts';

const quiet: CopyProgress = { begin: () => undefined, rows: () => undefined };
const copy = (from: string, to: string) => moving.copy(from, to, quiet);
const open = (url: string) => openDatabase({ url, now: () => 0, newId: () => 'id' });
const customer = (id: string, name: string) => ['t', id, name, 'o', 1, null];
const CUSTOMER = 'INSERT INTO customer (tenant_id, id, name, owner_id, created_at, withdrawn_at) VALUES (?,?,?,?,?,?)';

describeDatabase('a copy of a company', () => {
  it('has every table and every value, there and back again', async () => {
    await using ends = await openEnds();
    const tables = await fillEveryTable(ends.file);
    const to = await ends.fresh();
    const there = await copy(ends.file, to);
    expect(there.same).toBe(true);
    // Those of the migrations, and with them those that the code maps: none is forgotten.
    expect(there.tables.map(({ table }) => table).sort()).toEqual(tables);
    expect(tables).toEqual(expect.arrayContaining(Object.values(schemas).map(({ options }) => options.name)));
    expect(there.tables.filter(({ from, to: copied }) => from.rows < 3 || copied.rows !== from.rows)).toEqual([]);
    const back = await copy(to, ends.otherFile);
    expect(back.tables.map(({ table, to: sum }) => [table, sum])).toEqual(
      there.tables.map(({ table, from }) => [table, from]),
    );
    const rowsOf = (url: string) => at(url, (writer) => writer.query('SELECT * FROM channel_cursor ORDER BY name'));
    expect(await rowsOf(ends.otherFile)).toEqual(await rowsOf(ends.file));
    await (await open(to)).close();
  });

  it('goes from one database to another of the same kind', async () => {
    await using ends = await openEnds();
    const [from, to] = [await ends.fresh(), await ends.fresh()];
    await fillEveryTable(from);
    expect(await copy(from, to)).toMatchObject({ same: true });
  });

  it('carries a hundred thousand rows and files of 4 MB, a batch at a time', async () => {
    await using ends = await openEnds();
    const [rows, to] = [100_500, await ends.fresh()];
    await at(ends.file, async (writer) => {
      await writer.query(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
         INSERT INTO activity (tenant_id, id, customer_id, staff_id, kind, text, at, created_at)
         SELECT 't', printf('%026d', i), 'c', 's', 'note', '第' || i || '次跟进 😀', i, i FROM n`,
      );
      for (let position = 0; position < 3; position += 1)
        await writer.query(
          "INSERT INTO attachment_part (tenant_id, id, attachment_id, position, body) VALUES ('t', ?, 'a', ?, randomblob(4194304))",
          [`p${position}`, position],
        );
    });
    const told: [string, number, number][] = [];
    const report = await moving.copy(ends.file, to, {
      begin: () => undefined,
      rows: (...line) => void told.push(line),
    });
    expect(report).toMatchObject({ same: true, rows: rows + 3 });
    expect(told.filter(([table]) => table === 'activity').at(-1)).toEqual(['activity', rows, rows]);
  });

  it('is refused where the source is used, of another version or not ours, and where there is nothing to do', async () => {
    await using ends = await openEnds();
    const from = await ends.fresh();
    const running = await open(from);
    await expect(copy(from, ends.file)).rejects.toMatchObject({ code: 'database_in_use' });
    await running.close();
    await expect(copy(from, from)).rejects.toMatchObject({ code: 'copy_same' });
    await at(from, (writer) => writer.query("INSERT INTO migrations (timestamp, name) VALUES (1, 'Later9')"));
    await expect(copy(from, ends.file)).rejects.toMatchObject({ code: 'copy_newer' });
    const older = await ends.fresh();
    await at(older, (writer) => writer.query("DELETE FROM migrations WHERE name LIKE 'Pace%'"));
    await expect(copy(older, ends.file)).rejects.toMatchObject({ code: 'copy_older' });
    if (databaseKind === 'mysql')
      await expect(copy(await ends.fresh(), ends.file)).rejects.toMatchObject({ code: 'copy_source' });
    await expect(copy(ends.otherFile, from)).rejects.toMatchObject({ code: 'database_missing' });
  });

  it('is not made over rows, nor into the tables of another program, and those stay as they are', async () => {
    await using ends = await openEnds();
    await fillEveryTable(ends.file);
    const to = await ends.fresh();
    await at(to, (writer) => writer.query(CUSTOMER, customer('mine', '恒瑞')));
    await expect(copy(ends.file, to)).rejects.toMatchObject({
      code: 'copy_target',
      message: expect.stringContaining('表 customer 里有数据'),
    });
    expect(await at(to, (writer) => writer.query('SELECT id FROM customer'))).toEqual([{ id: 'mine' }]);
    const foreign = await ends.fresh();
    await at(foreign, async (writer) => {
      for (const table of [...(await tableNames(writer)), 'migrations']) await writer.query(`DROP TABLE \`${table}\``);
      await writer.query('CREATE TABLE wp_posts (id INTEGER)');
    });
    await expect(copy(ends.file, foreign)).rejects.toMatchObject({
      code: 'copy_target',
      message: expect.stringContaining('wp_posts'),
    });
  });

  it('that was cut off cannot be started on, and the next run says how to go on', async () => {
    await using ends = await openEnds();
    await fillEveryTable(ends.file);
    const to = await ends.fresh();
    const rows = (table: string) => {
      if (table === 'contact') throw new Error('the power went');
    };
    await expect(moving.copy(ends.file, to, { begin: () => undefined, rows })).rejects.toThrow('the power went');
    await expect(open(to)).rejects.toMatchObject({ code: 'copy_unfinished' });
    await expect(copy(ends.file, to)).rejects.toMatchObject({
      code: 'copy_unfinished',
      message: expect.stringMatching(
        databaseKind === 'mysql' ? /DROP DATABASE `test_\w+`; CREATE DATABASE/ : /删除 \//,
      ),
    });
    expect(await copy(ends.file, ends.otherFile)).toMatchObject({ same: true });
  });

  it('that differs in one value is found out, and cannot be started on', async () => {
    await using ends = await openEnds();
    await fillEveryTable(ends.file);
    const to = await ends.fresh();
    const change = "SET NEW.name = CONCAT(NEW.name, ' ')";
    await at(to, (writer) =>
      writer.query(
        databaseKind === 'mysql'
          ? `CREATE TRIGGER t BEFORE INSERT ON customer FOR EACH ROW ${change}`
          : "CREATE TRIGGER t AFTER INSERT ON customer BEGIN UPDATE customer SET name = name || ' ' WHERE id = NEW.id; END",
      ),
    );
    const { same, tables } = await copy(ends.file, to);
    expect(same).toBe(false);
    expect(tables.filter((table) => !table.same).map(({ table }) => table)).toEqual(['customer']);
    await expect(open(to)).rejects.toMatchObject({ code: 'copy_unfinished' });
  });

  if (databaseKind === 'mysql') {
    it('names what MySQL cannot hold, without saying whose it is', async () => {
      await using ends = await openEnds();
      await at(ends.file, (writer) => writer.query(CUSTOMER, customer('long', '恒瑞'.repeat(200))));
      const long = await copy(ends.file, await ends.fresh()).catch((error: unknown) => error);
      expect(long).toMatchObject({ code: 'copy_refused', message: expect.stringMatching(/表 customer .*name放不进/) });
      await at(ends.otherFile, async (writer) => {
        for (const id of ['same', 'same ']) await writer.query(CUSTOMER, customer(id, '恒瑞'));
      });
      const twin = await copy(ends.otherFile, await ends.fresh()).catch((error: unknown) => error);
      expect(twin).toMatchObject({ code: 'copy_refused', message: expect.stringContaining('只差末尾的空格') });
      expect(String(long) + String(twin)).not.toContain('恒瑞');
    });
  }
});
