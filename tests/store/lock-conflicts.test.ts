/** Real conflicts of locks on MySQL: the whole function runs again in a new transaction, and not for ever. */
import { expect, it } from 'vitest';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { openScratch, put, type Store } from './open-store.ts';

const add = (store: Store, ids: readonly string[], between: () => Promise<void>) =>
  store.unitOfWork.run(async (session) => {
    for (const [index, id] of ids.entries()) {
      if (index > 0) await between();
      await session.execute('UPDATE scratch SET n = n + 1 WHERE id = ?', [id]);
    }
  });

const counters = (store: Store) =>
  store.unitOfWork.read((session) => session.query<{ n: number | string }>('SELECT n FROM scratch ORDER BY id'));

async function openCounters(): Promise<Store> {
  const store = await openScratch();
  await store.unitOfWork.run(async (session) => {
    await put(session, 'x');
    await put(session, 'y');
  });
  return store;
}

describeDatabase('conflicts of locks', () => {
  it('lets two that want the same rows in opposite order both succeed', async () => {
    await using store = await openCounters();
    let runs = 0;
    let meet = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    /** The first two runs wait for each other between their updates; MySQL must then break one. */
    const between = async () => {
      runs += 1;
      if (runs === 2 || databaseKind === 'sqlite') meet();
      if (runs <= 2) await met;
    };
    await Promise.all([add(store, ['x', 'y'], between), add(store, ['y', 'x'], between)]);
    expect((await counters(store)).map(({ n }) => Number(n))).toEqual([2, 2]);
    expect(runs).toBe(databaseKind === 'sqlite' ? 2 : 3);
  });

  it('survives a crowd that takes rows in every order', async () => {
    await using store = await openCounters();
    const crowd = Array.from({ length: 60 }, (_, index) =>
      add(store, index % 2 === 0 ? ['x', 'y'] : ['y', 'x'], async () => {}),
    );
    const ends = await Promise.allSettled(crowd);
    const done = ends.filter(({ status }) => status === 'fulfilled').length;
    // Whoever lost four times is told so; nobody is counted half. How many lose depends on how busy the machine is.
    expect((await counters(store)).map(({ n }) => Number(n))).toEqual([done, done]);
    expect(done).toBeGreaterThan(20);
  });

  if (databaseKind === 'mysql') {
    it('gives up after three more runs', async () => {
      await using store = await openCounters();
      let runs = 0;
      await store.unitOfWork.run(async (holder) => {
        await holder.execute('UPDATE scratch SET n = 7 WHERE id = ?', ['x']);
        const other = await store.another();
        const waiting = other.unitOfWork.run(async (session) => {
          runs += 1;
          await session.execute('SET SESSION innodb_lock_wait_timeout = 1');
          await session.execute('UPDATE scratch SET n = 9 WHERE id = ?', ['x']);
        });
        await expect(waiting).rejects.toMatchObject({ errno: 1205 });
      });
      expect(runs).toBe(4);
      expect((await counters(store)).map(({ n }) => Number(n))).toEqual([7, 0]);
    });
  }
});
