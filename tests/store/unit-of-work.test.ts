/** Transactions of many at once: nothing committed is ever lost, nothing rolled back ever stays. */
import { expect, it } from 'vitest';
import { openConnections } from '../../src/persistence/data-source.ts';
import type { Session } from '../../src/persistence/session.ts';
import { databaseKind, describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';
import { idsOf, openScratch, put, turns } from './open-store.ts';

const refused = new Error('refused');

describeDatabase('unit of work', () => {
  it('keeps the row of one transaction when another one rolls back beside it', async () => {
    await using store = await openScratch();
    const { run } = store.unitOfWork;
    const keep = (id: string) =>
      run(async (session) => {
        await put(session, id);
        await turns(20);
        return id;
      });
    const drop = (id: string) =>
      run(async (session) => {
        await put(session, id);
        await turns(10);
        throw refused;
      });
    const results = await Promise.allSettled([keep('a'), drop('b'), keep('c'), drop('d'), keep('e')]);
    expect(results.map(({ status }) => status[0])).toEqual(['f', 'r', 'f', 'r', 'f']);
    expect(await idsOf(store.unitOfWork)).toEqual(['a', 'c', 'e']);
  });

  if (databaseKind === 'sqlite') {
    it('is needed: on the bare connection the same case loses a committed row', async () => {
      const { url, dispose } = await freshDatabaseUrl();
      const { writer, reader } = await openConnections(url, []);
      await writer.query('CREATE TABLE scratch (id VARCHAR(40) PRIMARY KEY)');
      const dropped = writer
        .transaction(async (manager) => {
          await manager.query(`INSERT INTO scratch VALUES ('dropped')`);
          await turns(20);
          throw refused;
        })
        .catch((error: unknown) => error);
      await turns(1);
      const kept = writer.transaction((manager) => manager.query(`INSERT INTO scratch VALUES ('kept')`));
      await kept;
      await dropped;
      expect(await reader.query('SELECT id FROM scratch')).not.toEqual([{ id: 'kept' }]);
      await reader.destroy();
      await writer.destroy();
      await dispose();
    });

    it('lets writers in by order of arrival, also behind one that failed', async () => {
      await using store = await openScratch();
      const begun: number[] = [];
      const all = Array.from({ length: 50 }, (_, index) =>
        store.unitOfWork.run(async () => {
          begun.push(index);
          await turns(index % 3);
          if (index % 5 === 0) throw refused;
        }),
      );
      await Promise.allSettled(all);
      expect(begun).toEqual(Array.from({ length: 50 }, (_, index) => index));
    });
  }

  it('stores every transaction whole or not at all', async () => {
    await using store = await openScratch();
    const all = Array.from({ length: 200 }, (_, index) =>
      store.unitOfWork.run(async (session) => {
        for (const part of [1, 2, 3]) {
          await put(session, `${String(index).padStart(3, '0')}-${part}`);
          await turns((index * part) % 4);
          if (index % 3 === 0 && part === 2) throw refused;
        }
      }),
    );
    await Promise.allSettled(all);
    const kept = Array.from({ length: 200 }, (_, index) => index)
      .filter((index) => index % 3 !== 0)
      .flatMap((index) => [1, 2, 3].map((part) => `${String(index).padStart(3, '0')}-${part}`));
    expect(await idsOf(store.unitOfWork)).toEqual(kept);
  });

  it('joins a nested call: one commit, one roll-back', async () => {
    await using store = await openScratch();
    const { run } = store.unitOfWork;
    await run(async (outer) => {
      await put(outer, 'a');
      await run(async (inner) => {
        expect(inner).toBe(outer);
        await put(inner, 'b');
      });
    });
    const failed = run(async (session) => {
      await run((inner) => put(inner, 'c'));
      await put(session, 'd');
      throw refused;
    });
    await expect(failed).rejects.toBe(refused);
    expect(await idsOf(store.unitOfWork)).toEqual(['a', 'b']);
  });

  it('does not commit half of a nested call whose failure was swallowed', async () => {
    await using store = await openScratch();
    const { run } = store.unitOfWork;
    const outer = run(async (session) => {
      await put(session, 'a');
      await run(async (inner) => {
        await put(inner, 'b');
        throw refused;
      }).catch(() => undefined);
    });
    await expect(outer).rejects.toBe(refused);
    expect(await idsOf(store.unitOfWork)).toEqual([]);
  });

  it('gives a call that outlives its transaction one of its own', async () => {
    await using store = await openScratch();
    const { run } = store.unitOfWork;
    let late: Promise<number> = Promise.resolve(0);
    let first: Session | null = null;
    await run(async (session) => {
      first = session;
      late = turns(20).then(() => run((own) => put(own, 'late')));
    });
    const stranger = run(async (session) => {
      expect(session === first).toBe(databaseKind === 'sqlite');
      await turns(40);
      throw refused;
    });
    await expect(stranger).rejects.toBe(refused);
    await late;
    expect(await idsOf(store.unitOfWork)).toEqual(['late']);
  });

  it('shows a reader nothing that is not committed', async () => {
    await using store = await openScratch();
    const { run } = store.unitOfWork;
    await run(async (session) => {
      await put(session, 'a');
      expect(await idsOf(store.unitOfWork)).toEqual([]);
      expect(await session.query('SELECT id FROM scratch')).toHaveLength(1);
    });
    expect(await idsOf(store.unitOfWork)).toEqual(['a']);
  });

  it('does not make a reader wait for a writer', async () => {
    await using store = await openScratch();
    await store.unitOfWork.run(async (session) => {
      await put(session, 'a');
      const reads = await Promise.all(Array.from({ length: 10 }, () => idsOf(store.unitOfWork)));
      expect(reads).toEqual(Array.from({ length: 10 }, () => []));
    });
  });

  it('goes on after a COMMIT that failed', async () => {
    await using store = await openScratch();
    const { run } = store.unitOfWork;
    if (databaseKind === 'sqlite') {
      // A deferred constraint is judged by the COMMIT itself, which leaves the transaction open.
      await run((session) =>
        session.execute('CREATE TABLE child (id TEXT REFERENCES scratch (id) DEFERRABLE INITIALLY DEFERRED)'),
      );
    }
    const doomed = run(async (session) => {
      await put(session, 'lost');
      if (databaseKind === 'sqlite') await session.execute(`INSERT INTO child VALUES ('nobody')`);
      else await killConnection(session, run);
    });
    await expect(doomed).rejects.toThrow();
    await Promise.all(Array.from({ length: 30 }, (_, index) => run((session) => put(session, `k${index + 10}`))));
    expect(await idsOf(store.unitOfWork)).toEqual(Array.from({ length: 30 }, (_, index) => `k${index + 10}`));
  });

  it('goes on after a ROLLBACK that failed, and tells the first fault', async () => {
    await using store = await openScratch();
    const { run } = store.unitOfWork;
    const doomed = run(async (session) => {
      await put(session, 'lost');
      if (databaseKind === 'sqlite') await session.execute('ROLLBACK');
      else await killConnection(session, run);
      throw refused;
    });
    await expect(doomed).rejects.toBe(refused);
    await Promise.all(Array.from({ length: 30 }, (_, index) => run((session) => put(session, `k${index + 10}`))));
    expect(await idsOf(store.unitOfWork)).toHaveLength(30);
  });

  it('finishes 2,000 transactions asked for at once', async () => {
    await using store = await openScratch();
    const all = Array.from({ length: 2000 }, (_, index) =>
      store.unitOfWork.run((session) => put(session, String(index))),
    );
    await Promise.all(all);
    expect(await idsOf(store.unitOfWork)).toHaveLength(2000);
  });
});

/** Ends the session's own connection from another one, as a restart of the server would. */
async function killConnection(session: Session, run: <T>(work: (other: Session) => Promise<T>) => Promise<T>) {
  const [row] = await session.query<{ id: number }>('SELECT CONNECTION_ID() AS id');
  await session.execute(`KILL ${row?.id}`).catch(() => run(async () => 0));
}
