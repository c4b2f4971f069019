// Numbers of quotes when many are written at once, by two instances on MariaDB: none twice, none left out.

import { expect, it } from 'vitest';
import { nextQuoteNumber } from '../../../src/crm/quote/quote-number.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import { openStore } from '../../store/open-store.ts';
import { as } from '../../store/rows.ts';
import { databaseKind, describeDatabase } from '../../support/services/database.ts';

const TENANT = 'tenant-1';
/** What a number is given to; all else of it is unremarkable. */
async function write(tx: Tx, refuse = false): Promise<string> {
  const number = await nextQuoteNumber(tx);
  if (refuse) throw new Error('nothing comes of it');
  const ids = { opportunityId: 'deal', customerId: 'customer', contactId: null, ownerId: 'me' };
  const money = {
    currency: 'CNY',
    taxBp: 0,
    taxIncluded: true,
    netMinor: 0,
    grossMinor: 0,
    marginBp: null,
    discountBp: 0,
  };
  const times = { validUntil: null, submittedAt: null, decidedAt: null, sentAt: null, seenAt: null, closedAt: null };
  await tx.quote.insert({
    ...{ id: tx.newId(), number, revision: 1, status: 'draft', title: '报价', terms: null, remark: null, version: 1 },
    ...{ ...ids, ...money, ...times, createdAt: tx.now, updatedAt: tx.now },
  });
  return number;
}

describeDatabase('numbers of quotes', () => {
  it('come one after the other, whoever writes at the same moment and whatever fails', {
    timeout: 60_000,
  }, async () => {
    await using store = await openStore();
    // SQLite is one process's; a second one in the same would wait for itself.
    const other = databaseKind === 'sqlite' ? store.database : await store.another();
    const instances = [store, { ...store, database: other, unitOfWork: other.unitOfWork }];
    const [day] = (await as(store, TENANT, (tx) => nextQuoteNumber(tx))).split('-');
    const turns = Array.from({ length: 30 }, (_, n) =>
      as(instances[n % 2] ?? store, TENANT, (tx) => write(tx, n % 7 === 3)).catch(() => null),
    );
    const numbers = (await Promise.all(turns)).filter((number) => number !== null);
    const wanted = Array.from({ length: numbers.length }, (_, n) => `${day}-${String(n + 1).padStart(3, '0')}`);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.toSorted()).toEqual(wanted);
    // Another company counts for itself; after 999 comes 1000.
    expect(await as(store, 'tenant-2', write)).toBe(`${day}-001`);
    await as(store, 'tenant-2', (tx) => tx.quote.update({ number: `${day}-001` }, { number: `${day}-999` }));
    expect([await as(store, 'tenant-2', write), await as(store, 'tenant-2', write)]).toEqual([
      `${day}-1000`,
      `${day}-1001`,
    ]);
  });
});
