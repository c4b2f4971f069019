/** Events are stored before they are acknowledged, and many of them with one commit. */
import { expect, it } from 'vitest';
import { createIngest } from '../../src/inbox/ingest.ts';
import type { UnitOfWork } from '../../src/persistence/unit-of-work.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { NOW, openStore, type Store, turns, work } from './open-store.ts';

async function openIngest() {
  const opened = await openStore();
  const { inbox, unitOfWork } = opened.database;
  const seen = { commits: 0, wakes: 0 };
  const counting: UnitOfWork = {
    ...unitOfWork,
    async run(task) {
      const result = await unitOfWork.run(task);
      seen.commits += 1;
      return result;
    },
  };
  const store = createIngest({
    unitOfWork: counting,
    inbox,
    onStored: () => {
      seen.wakes += 1;
    },
  });
  return { opened, inbox, seen, store, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
}

const stored = ({ unitOfWork }: Store) =>
  unitOfWork.read((session) =>
    session.query<{ dedupe_key: string; payload: string }>('SELECT dedupe_key, payload FROM inbox_event ORDER BY id'),
  );

/** From here on the database refuses a row with the key of `poison`. */
async function refusePoison({ unitOfWork }: Store): Promise<void> {
  if (databaseKind === 'mysql') return;
  await unitOfWork.run((session) =>
    session.execute(`CREATE TRIGGER refuse BEFORE INSERT ON inbox_event WHEN length(NEW.dedupe_key) > 160
      BEGIN SELECT RAISE(ABORT, 'too long'); END`),
  );
}
const poison = { dedupeKey: 'x'.repeat(161) };

describeDatabase('ingest', () => {
  it('stores a thousand arrivals with few commits, each resolved after its own', async () => {
    await using bench = await openIngest();
    const arrivals = Array.from({ length: 1000 }, async (_, index) => {
      await turns(index % 7);
      const item = work(bench.opened);
      await bench.store(item);
      if (index % 50 !== 0) return;
      const known = await stored(bench.opened);
      expect(known.some((row) => row.dedupe_key === item.dedupeKey)).toBe(true);
    });
    await Promise.all(arrivals);
    expect(await stored(bench.opened)).toHaveLength(1000);
    expect(bench.seen.commits).toBeGreaterThanOrEqual(4);
    expect(bench.seen.commits).toBeLessThanOrEqual(30);
    expect(bench.seen.wakes).toBe(bench.seen.commits);
  });

  it('keeps the order of arrival', async () => {
    await using bench = await openIngest();
    const payloads = Array.from({ length: 300 }, (_, index) => String(index));
    const arrivals: Promise<void>[] = [];
    for (const payload of payloads) {
      if (Number(payload) % 40 === 0) await turns(3);
      arrivals.push(bench.store(work(bench.opened, { payload, orderKey: 'chat' })));
    }
    await Promise.all(arrivals);
    expect((await stored(bench.opened)).map(({ payload }) => payload)).toEqual(payloads);
    const claimed: string[] = [];
    for (const _ of payloads) {
      const [item] = await bench.inbox.claim('a', 10, NOW, 1000);
      if (!item) break;
      claimed.push(item.payload);
      await bench.opened.unitOfWork.run((session) => bench.inbox.complete(session, item, 'a', NOW));
    }
    expect(claimed).toEqual(payloads);
  });

  it('takes a delivery that comes twice in one group, or again later, once', async () => {
    await using bench = await openIngest();
    const twin = (payload: string) => work(bench.opened, { dedupeKey: 'event:twin', payload });
    await Promise.all([bench.store(twin('first')), bench.store(twin('second')), bench.store(work(bench.opened))]);
    expect(bench.seen).toEqual({ commits: 1, wakes: 1 });
    await bench.store(twin('third'));
    expect(await stored(bench.opened)).toMatchObject([{ payload: 'first' }, {}]);
    expect(bench.seen).toEqual({ commits: 2, wakes: 1 });
  });

  it('rejects everyone whose commit failed, stores none of them, and goes on', async () => {
    await using bench = await openIngest();
    await refusePoison(bench.opened);
    const group = [{}, {}, poison, {}].map((item) => bench.store(work(bench.opened, item)));
    const ends = await Promise.allSettled(group);
    expect(ends.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'rejected'));
    expect(await stored(bench.opened)).toEqual([]);
    await Promise.all([bench.store(work(bench.opened)), bench.store(work(bench.opened))]);
    expect(await stored(bench.opened)).toHaveLength(2);
  });

  it('splits a flood of large events so that no statement outgrows the server', async () => {
    await using bench = await openIngest();
    const payload = '报'.repeat(2 ** 20 / 3);
    await Promise.all(Array.from({ length: 24 }, () => bench.store(work(bench.opened, { payload }))));
    expect(await stored(bench.opened)).toHaveLength(24);
  });
});
