/** The rows of one company: what goes in comes out, on both databases alike, and never from another company. */
import { expect, it } from 'vitest';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { NOW, openStore } from './open-store.ts';
import { anyTable, as, fullRow, tableNames } from './rows.ts';

const chat = (id: string, given: object = {}) => ({
  id,
  accountId: 'a',
  externalId: `oc_${id}`,
  kind: 'group' as const,
  name: null,
  external: false,
  addedByStaffId: null,
  customerId: null,
  leadId: null,
  opportunityId: null,
  ignored: false,
  createdAt: NOW,
  ...given,
});

const deal = (id: string, given: object = {}) => ({
  id,
  customerId: 'c',
  name: '轴承座',
  ownerId: 'o',
  stage: 'quoted',
  stageEnteredAt: NOW,
  status: 'open' as const,
  amountMinor: null,
  currency: 'CNY',
  lostReason: null,
  createdAt: NOW,
  closedAt: null,
  policyVersion: 1,
  version: 1,
  ...given,
});

describeDatabase('repositories', () => {
  it('return every column of every table as it was given', async () => {
    await using store = await openStore();
    await as(store, 't1', async (tx) => {
      for (const name of tableNames) {
        const table = anyTable(tx, name);
        for (const mark of [1, 2]) {
          const row = fullRow(name, `row-${mark}`, mark);
          expect(await table.insert(row)).toEqual({ ...row, tenantId: 't1' });
          expect(await table.get(row.id)).toEqual({ ...row, tenantId: 't1' });
        }
        const row = fullRow(name, 'row-3', 3);
        expect(await table.insertIfNew(row)).toBe(true);
        expect(await table.get(row.id)).toEqual({ ...row, tenantId: 't1' });
      }
    });
  });

  it('never read, list or change a row of another company', async () => {
    await using store = await openStore();
    const tenants = ['t1', 't2'];
    for (const [index, tenant] of tenants.entries())
      await as(store, tenant, async (tx) => {
        for (const name of tableNames) await anyTable(tx, name).insert(fullRow(name, 'same-id', index + 1));
      });
    await as(store, 't2', async (tx) => {
      for (const name of tableNames) {
        const table = anyTable(tx, name);
        const theirs = fullRow(name, 'same-id', 1);
        const own = { ...fullRow(name, 'same-id', 2), tenantId: 't2' };
        expect(await table.get('same-id')).toEqual(own);
        expect(await table.list({})).toEqual([own]);
        const [property, value] = tellingColumn(theirs);
        // Rows that are nothing but their id have no column to tell them apart by.
        if (property === undefined) {
          expect(await table.remove({ id: 'same-id' })).toBe(1);
          continue;
        }
        const [other, another] = [8, 9].map((mark) => fullRow(name, 'same-id', mark)[property]);
        expect(await table.find({ [property]: value })).toBeNull();
        expect(await table.list({ tenantId: 't1' })).toEqual([own]);
        expect(await table.update({ [property]: value }, { [property]: other })).toBe(0);
        expect(await table.update({ id: 'same-id' }, { [property]: another })).toBe(1);
        expect(await table.remove({ [property]: value })).toBe(0);
        expect(await table.remove({ id: 'same-id' })).toBe(1);
      }
    });
    await as(store, 't1', async (tx) => {
      for (const name of tableNames)
        expect(await anyTable(tx, name).get('same-id')).toEqual({ ...fullRow(name, 'same-id', 1), tenantId: 't1' });
    });
  });

  it('read null as a value', async () => {
    await using store = await openStore();
    await as(store, 't1', async (tx) => {
      await tx.chat.insert(chat('1'));
      await tx.chat.insert(chat('2', { customerId: 'c', name: '群' }));
      await tx.chat.insert(chat('3', { leadId: 'l' }));
      expect((await tx.chat.list({ customerId: null, leadId: null })).map(({ id }) => id)).toEqual(['1']);
      expect(await tx.chat.update({ id: '2', customerId: null }, { name: 'x' })).toBe(0);
      expect(await tx.chat.update({ customerId: null }, { customerId: 'd' })).toBe(2);
      expect(await tx.chat.update({ id: '1' }, { customerId: null, name: null })).toBe(1);
      expect(await tx.chat.get('1')).toMatchObject({ customerId: null });
    });
  });

  it('refuse a criterion without a value instead of ignoring it', async () => {
    await using store = await openStore();
    await as(store, 't1', async (tx) => {
      await tx.chat.insert(chat('1'));
      const hole = { externalId: undefined } as unknown as { externalId: string };
      await expect(tx.chat.find(hole)).rejects.toThrow('externalId');
      await expect(tx.chat.list(hole)).rejects.toThrow('externalId');
      await expect(tx.chat.update(hole, { ignored: true })).rejects.toThrow('externalId');
      await expect(tx.chat.remove(hole)).rejects.toThrow('externalId');
    });
  });

  it('list in the order asked for', async () => {
    await using store = await openStore();
    await as(store, 't1', async (tx) => {
      for (const [id, createdAt] of [
        ['a', 3],
        ['b', 1],
        ['c', 2],
      ] as const)
        await tx.chat.insert(chat(id, { createdAt }));
      const ids = async (options: Parameters<typeof tx.chat.list>[1]) =>
        (await tx.chat.list({ accountId: 'a' }, options)).map(({ id }) => id).join('');
      expect(await ids({})).toBe('abc');
      expect(await ids({ orderBy: 'createdAt' })).toBe('bca');
      expect(await ids({ orderBy: 'createdAt', descending: true, limit: 2 })).toBe('ac');
    });
  });

  it('count the rows an update met, changed or not', async () => {
    await using store = await openStore();
    await as(store, 't1', async (tx) => {
      await tx.opportunity.insert(deal('1'));
      await tx.opportunity.insert(deal('2'));
      expect(await tx.opportunity.update({ status: 'open' }, { status: 'open' })).toBe(2);
      expect(await tx.opportunity.update({ id: '1', version: 1 }, { stage: 'sampling', version: 2 })).toBe(1);
      expect(await tx.opportunity.update({ id: '1', version: 1 }, { stage: 'contracted', version: 2 })).toBe(0);
      expect(await tx.opportunity.get('1')).toMatchObject({ stage: 'sampling', version: 2 });
    });
  });

  it('let one of many who saw the same version move a deal', async () => {
    await using store = await openStore();
    await as(store, 't1', (tx) => tx.opportunity.insert(deal('1')));
    const moved = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        as(store, 't1', (tx) => tx.opportunity.update({ id: '1', version: 1 }, { name: `n${index}`, version: 2 })),
      ),
    );
    expect(moved.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('insert what is new, and leave alone what is there, by any of its keys', async () => {
    await using store = await openStore();
    await as(store, 't1', async (tx) => {
      expect(await tx.chat.insertIfNew(chat('1', { name: 'first' }))).toBe(true);
      expect(await tx.chat.insertIfNew(chat('1', { externalId: 'oc_9' }))).toBe(false);
      expect(await tx.chat.insertIfNew(chat('2', { externalId: 'oc_1' }))).toBe(false);
      expect(await tx.chat.insertIfNew(chat('3', { accountId: 'b', externalId: 'oc_1' }))).toBe(true);
      expect((await tx.chat.list({})).map(({ id, name }) => [id, name])).toEqual([
        ['1', 'first'],
        ['3', null],
      ]);
    });
    expect(await as(store, 't2', (tx) => tx.chat.insertIfNew(chat('1')))).toBe(true);
    await expect(as(store, 't1', (tx) => tx.chat.insert(chat('1')))).rejects.toThrow();
  });

  it('let one of many insert a row', async () => {
    await using store = await openStore();
    const won = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        as(store, 't1', (tx) => tx.chat.insertIfNew(chat(`c${index}`, { externalId: 'oc_same' }))),
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  if (databaseKind === 'mysql') {
    it('refuse a text that does not fit, also where duplicates are let pass', async () => {
      await using store = await openStore();
      const long = chat('1', { name: '长'.repeat(201) });
      await expect(as(store, 't1', (tx) => tx.chat.insertIfNew(long))).rejects.toMatchObject({ code: 'row_altered' });
      await expect(as(store, 't1', (tx) => tx.chat.insert(long))).rejects.toMatchObject({ code: 'ER_DATA_TOO_LONG' });
      expect(await as(store, 't1', (tx) => tx.chat.list({}))).toEqual([]);
    });
  }
});

/** A column in which companies differ: a text, or a number where a table has no text. */
const tellingColumn = (row: Record<string, unknown>): readonly [string?, unknown?] => {
  const entries = Object.entries(row);
  return entries.find(([, value]) => value === 'v1') ?? entries.find(([, value]) => typeof value === 'number') ?? [];
};
