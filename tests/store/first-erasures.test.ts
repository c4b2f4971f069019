/** Two first erasures at once remember by the same salt: a hash that nobody can make again would bring its person back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { erasedNumber } from '../../src/crm/privacy/remembered.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

/** Long enough for the second to stand in its insert; SQLite lets it begin when the first has ended. */
const MEANWHILE_MS = 400;

describeDatabase('first erasures', () => {
  const open = useSandbox();

  it('at the same moment share what the company made first', async () => {
    const { app } = await open();
    const erase = () => app.transact((tx) => erasedNumber(tx, '', 'lina'));
    const made = Promise.withResolvers<void>();
    const first = app.transact(async (tx) => {
      const number = await erasedNumber(tx, '', 'lina');
      made.resolve();
      await sleep(MEANWHILE_MS);
      return number;
    });
    await made.promise;
    const second = await erase();
    expect([second, await erase()]).toEqual([await first, await first]);
  });
});
