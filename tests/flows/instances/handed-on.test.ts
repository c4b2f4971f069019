// Work that one instance could not end is another's: what it was told goes with it, and what it never began is free at once.

import { expect, it } from 'vitest';
import { createLog } from '../../../src/log.ts';
import type { WorkItem } from '../../../src/work/queue.ts';
import { createWorker } from '../../../src/work/worker.ts';
import { NOW, openStore, work } from '../../store/open-store.ts';
import { describeDatabase } from '../../support/services/database.ts';

const LEASE_MS = 15_000;

describeDatabase('work that is handed on', () => {
  it('says why the last attempt failed, to whichever instance; being put off does not make it forget', async () => {
    await using store = await openStore();
    const { outbox } = store.database;
    await store.unitOfWork.run((session) => outbox.add(session, [work(store)]));
    const claim = async (owner: string): Promise<WorkItem> => {
      const [item] = await outbox.claim(owner, 1, NOW, LEASE_MS);
      if (!item) throw new Error('nothing to claim');
      return item;
    };
    const first = await claim('one');
    expect(first.lastError).toBeNull();
    await outbox.release(first, 'one', { availableAt: NOW, countAttempt: true, error: 'not_delivered: 没有送到' });
    const second = await claim('two');
    expect(second).toMatchObject({ lastError: 'not_delivered: 没有送到', attempts: 1, takenOver: false });
  });

  it('is given back by whoever stops before beginning it, and keeps the mark of one that vanished', async () => {
    await using store = await openStore();
    const { inbox } = store.database;
    await store.unitOfWork.run((session) => inbox.add(session, [work(store), work(store), work(store)]));
    // One of them was in the hands of somebody who vanished.
    await inbox.claim('vanished', 1, NOW - LEASE_MS, LEASE_MS);
    const [begun, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const worker = createWorker({
      ...{ name: 'test', batch: 8, concurrency: 1, pollMs: 5, log: createLog('silent') },
      claim: (limit) => inbox.claim('stopping', limit, NOW, LEASE_MS),
      async handle(item) {
        begun.resolve();
        await finish.promise;
        await store.unitOfWork.run((session) => inbox.complete(session, item, 'stopping', NOW));
      },
      giveBack: (items) => inbox.giveBack(items, 'stopping'),
      renew: (items) => inbox.renew(items, 'stopping', NOW + LEASE_MS),
      renewEveryMs: 1_000,
    });
    worker.start();
    await begun.promise;
    expect(await inbox.claim('other', 8, NOW, LEASE_MS)).toEqual([]);
    const stopped = worker.stop();
    finish.resolve();
    await stopped;
    const left = await inbox.claim('other', 8, NOW, LEASE_MS);
    expect(left).toHaveLength(2);
    expect(left.every(({ takenOver, attempts }) => !takenOver && attempts === 0)).toBe(true);

    await inbox.giveBack(
      left.map((item) => ({ ...item, takenOver: true })),
      'other',
    );
    const again = await inbox.claim('third', 8, NOW, LEASE_MS);
    expect(again.map(({ takenOver }) => takenOver)).toEqual([true, true]);
  });
});
