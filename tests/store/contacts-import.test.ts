/** The first reading of the address books: on a fresh company nobody has written to us yet. */
import { expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { importContactsFirst } from '../../src/scheduler/contacts.ts';
import { describeDatabase } from '../support/services/database.ts';
import { openStore } from './open-store.ts';
import { as } from './rows.ts';

describeDatabase('the first import of contacts', () => {
  it('brings every customer, and the colleagues whose they are', async () => {
    await using store = await openStore();
    const facts = { company: null, remark: null, phones: [], tags: [], addedAt: 1 };
    const pages = [
      [{ ...facts, personId: 'wmA', staffId: 'lina', name: '林采购' }],
      [
        { ...facts, personId: 'wmB', staffId: 'lina', name: '贺女士' },
        { ...facts, personId: 'wmC', staffId: 'wangqiang', name: '周工' },
      ],
    ];
    const channel = {
      contacts: async function* () {
        yield* pages;
      },
    };
    const account = { id: 'account-1', tenantId: 't1', platform: 'wecom', appKey: 'ww1', externalTenant: null };
    await importContactsFirst({
      accounts: [{ account, channel }],
      transact: (tenantId, work) => as(store, tenantId, work),
      log: createLog('silent'),
    });
    const [customers, staff, jobs] = await as(store, 't1', async (tx) =>
      Promise.all([tx.customer.list({}), tx.staffIdentity.list({}), tx.job.list({})]),
    );
    expect(customers.map(({ name }) => name).sort()).toEqual(['周工', '林采购', '贺女士'].sort());
    expect(new Set(customers.map(({ ownerId }) => ownerId)).size).toBe(2);
    expect(staff.map(({ externalId }) => externalId).sort()).toEqual(['lina', 'wangqiang']);
    expect(jobs).toMatchObject([{ status: 'done', done: 3 }]);
  });
});
