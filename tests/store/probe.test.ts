/** Asking whether rows can be written costs at most one connection, and nobody waits for an instance that vanished in the middle. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { openStore } from './open-store.ts';

describeDatabase('asking whether rows can be written', () => {
  it('says so, once for all who ask at the same time', async () => {
    await using store = await openStore();
    const [one, two] = [store.database.probe(), store.database.probe()];
    expect(one).toBe(two);
    expect(await one).toBeNull();
  });

  // On SQLite there is one instance and one writer.
  if (databaseKind === 'mysql')
    it('is not held up by another instance that hangs in the middle of asking', async () => {
      await using store = await openStore();
      const other = await store.another();
      expect([await store.database.probe(), await other.probe()]).toEqual([null, null]);
      const [held, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const hanging = store.unitOfWork.run(async (session) => {
        const rows = await session.query<{ task: string }>(
          "SELECT task FROM schedule_tick WHERE fire_at = 0 AND task LIKE 'probe%' ORDER BY task LIMIT 1 FOR UPDATE",
        );
        expect(rows).toHaveLength(1);
        held.resolve();
        await free.promise;
      });
      await held.promise;
      await sleep(1_100);
      const answers = [store.database.probe(), other.probe()];
      expect(await Promise.race(answers)).toBeNull();
      free.resolve();
      await hanging;
      expect(await Promise.all(answers)).toEqual([null, null]);
    });
});
