/** Marks of customers are those of their profiles and owners, whatever was written in which order, and after an upgrade. */
import { expect, it } from 'vitest';
import { insertCustomer } from '../../src/crm/customer/insert-customer.ts';
import type { CustomerRow } from '../../src/crm/rows/people.ts';
import { openConnections } from '../../src/persistence/data-source.ts';
import { migrate } from '../../src/persistence/migrate.ts';
import { marksOf } from '../../src/persistence/repositories/customer-marks.ts';
import { schemas } from '../../src/persistence/schemas.ts';
import { describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';
import { openStore, type Store } from './open-store.ts';
import { as } from './rows.ts';

/** Owner, id and mark of every row there is, and of every row there should be. */
async function marks(store: Store): Promise<{ stored: string[]; meant: string[] }> {
  const stored = await store.unitOfWork.read((session) =>
    session.query<{ owner: string; id: string; mark: string }>(
      'SELECT owner_id AS owner, customer_id AS id, mark FROM customer_mark',
    ),
  );
  const meant = await as(store, 'T1', async (tx) => {
    const profiles = new Map((await tx.customerProfile.list({})).map((profile) => [profile.id, profile]));
    return (await tx.customer.list({ withdrawnAt: null })).flatMap(({ id, ownerId }) => {
      const profile = profiles.get(id);
      return profile ? marksOf(profile).map((mark) => `${ownerId} ${id} ${mark}`) : [];
    });
  });
  return { stored: stored.map(({ owner, id, mark }) => `${owner} ${id} ${mark}`).sort(), meant: meant.sort() };
}

describeDatabase('marks of customers', () => {
  it('follow grade, tags, owner and withdrawal, also of two who write at once', async () => {
    await using store = await openStore();
    const [a, b] = await as(store, 'T1', async (tx) => [
      await insertCustomer(tx, { name: '甲公司', ownerId: 'me' }),
      await insertCustomer(tx, { name: '乙公司', ownerId: 'me' }),
    ]);
    const mark = (id: string, grade: string | null, tags: string[]) =>
      as(store, 'T1', (tx) => tx.customerProfile.update({ id }, { grade, tags }));
    const give = (where: Partial<CustomerRow>, ownerId: string) =>
      as(store, 'T1', (tx) => tx.customer.update(where, { ownerId }));
    await mark(a.id, 'A', ['展会', '带"引号\\的', '展会']);
    await mark(b.id, null, ['转介绍']);
    const first = await marks(store);
    expect(first.stored).toEqual(first.meant);
    expect(first.stored).toHaveLength(6);
    await mark(a.id, null, ['展会']);
    // By a condition that no longer holds afterwards, and by one that holds for nobody.
    expect(await give({ ownerId: 'me' }, 'other')).toBe(2);
    expect(await give({ id: b.id, ownerId: 'me' }, 'third')).toBe(0);
    const second = await marks(store);
    expect(second.stored).toEqual(second.meant);
    expect(second.stored.map((row) => row.split(' ')[0])).toEqual(['other', 'other']);
    for (let round = 0; round < 10; round += 1)
      await Promise.all([mark(a.id, 'B', [`第${round}轮`]), give({ id: a.id }, round % 2 ? 'me' : 'other')]);
    const third = await marks(store);
    expect(third.stored).toEqual(third.meant);
    expect(third.stored).toHaveLength(4);
    await as(store, 'T1', (tx) => tx.customer.update({ id: b.id }, { withdrawnAt: tx.now }));
    const last = await marks(store);
    expect(last.stored).toEqual(last.meant);
    expect(last.stored).toHaveLength(3);
  });

  it('are written by the upgrade for customers that are there, also after one that was cut off', async () => {
    const { url, dispose } = await freshDatabaseUrl();
    const connections = await openConnections(url, Object.values(schemas));
    const { writer } = connections;
    try {
      await migrate(connections);
      const back = async () => {
        while ((await writer.query("SELECT 1 FROM migrations WHERE name LIKE 'PageIndexes%'")).length > 0)
          await writer.undoLastMigration({ transaction: 'none' });
      };
      await back();
      await writer.query("INSERT INTO tenant (id, name, created_at) VALUES ('t1', '一', 1), ('t2', '二', 1)");
      const rows = Array.from({ length: 2_403 }, (_, n) => ({ id: `c${String(n).padStart(4, '0')}`, n }));
      const company = (n: number) => (n % 3 === 0 ? 't2' : 't1');
      const put = (start: string, values: readonly string[]) => writer.query(`${start} VALUES ${values.join(', ')}`);
      await put(
        'INSERT INTO customer (tenant_id, id, name, owner_id, created_at, withdrawn_at)',
        rows.map(({ id, n }) => `('${company(n)}', '${id}', '名', 's${n % 5}', 1, ${n === 7 ? 5 : 'NULL'})`),
      );
      await put(
        'INSERT INTO customer_profile (tenant_id, id, normal_name, grade, tags, updated_at)',
        rows.map(({ id, n }) => {
          const [grade, tags] = [n % 2 ? "'A'" : 'NULL', n % 4 ? '["展会","老客户"]' : '[]'];
          return `('${company(n)}', '${id}', '名', ${grade}, '${tags}', 1)`;
        }),
      );
      const meant = rows
        .filter(({ n }) => n !== 7)
        .flatMap(({ id, n }) =>
          marksOf({ grade: n % 2 ? 'A' : null, tags: n % 4 ? ['展会', '老客户'] : [] }).map(
            (mark) => `${company(n)} s${n % 5} ${id} ${mark}`,
          ),
        )
        .sort();
      const stored = async () => {
        const found: Record<'tenant_id' | 'owner_id' | 'customer_id' | 'mark', string>[] =
          await writer.query('SELECT * FROM customer_mark');
        return found.map((row) => `${row.tenant_id} ${row.owner_id} ${row.customer_id} ${row.mark}`).sort();
      };
      await migrate(connections);
      expect(await stored()).toEqual(meant);
      if (connections.kind === 'sqlite') return;
      // Cut off in the middle: the table is there, half of its rows, and no word in the list of migrations.
      await writer.query("DELETE FROM customer_mark WHERE customer_id > 'c0500'");
      await writer.query("DELETE FROM migrations WHERE name LIKE 'PageIndexes%'");
      await migrate(connections);
      expect(await stored()).toEqual(meant);
    } finally {
      if (connections.reader !== writer) await connections.reader.destroy();
      await writer.destroy();
      await dispose();
    }
  });
});
