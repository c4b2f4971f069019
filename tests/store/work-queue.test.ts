/** What inbox and outbox promise, on every engine and in both ways of claiming. */
import { expect, it } from 'vitest';
import type { Session } from '../../src/persistence/session.ts';
import { createSqlWorkQueue } from '../../src/persistence/sql-work-queue.ts';
import { LeaseLostError, type NewWork, type WorkItem, type WorkQueue } from '../../src/work/queue.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { NOW, openStore, type Store, turns, work } from './open-store.ts';

const LEASE = 60_000;

interface Bench extends AsyncDisposable {
  readonly store: Store;
  readonly queue: WorkQueue<Session>;
  add(...items: Partial<NewWork>[]): Promise<number>;
  claim(owner?: string, at?: number, limit?: number): Promise<WorkItem[]>;
  complete(item: WorkItem | undefined, owner?: string): Promise<void>;
  rows(): Promise<{ id: string; status: string; payload: string; last_error: string | null }[]>;
}

const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing was claimed');
  return value;
};

for (const skipLocked of databaseKind === 'mysql' ? [true, false] : [false]) {
  const open = async (): Promise<Bench> => {
    const store = await openStore();
    const { unitOfWork } = store;
    const queue = createSqlWorkQueue({ table: 'inbox_event', unitOfWork, skipLocked });
    return {
      store,
      queue,
      add: (...items) =>
        unitOfWork.run((session) =>
          queue.add(
            session,
            items.map((item) => work(store, item)),
          ),
        ),
      claim: (owner = 'a', at = NOW, limit = 10) => queue.claim(owner, limit, at, LEASE),
      complete: (item, owner = 'a') => unitOfWork.run((session) => queue.complete(session, given(item), owner, NOW)),
      rows: () =>
        unitOfWork.read((session) =>
          session.query('SELECT id, status, payload, last_error FROM inbox_event ORDER BY id'),
        ),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  };

  describeDatabase(`work queue, ${skipLocked ? 'skip locked' : 'compare and set'}`, () => {
    it('takes an item once per account and key', async () => {
      await using bench = await open();
      const item = { dedupeKey: 'event:1' };
      expect(await bench.add({ ...item, payload: 'first' })).toBe(1);
      expect(await bench.add({ ...item, payload: 'again' }, { dedupeKey: 'event:2' })).toBe(1);
      expect(await bench.add({ ...item, accountId: 'account-2' })).toBe(1);
      expect(await bench.add({ ...item, tenantId: 'tenant-2' })).toBe(1);
      expect(await bench.add(item, item)).toBe(0);
      expect((await bench.rows()).map(({ payload }) => payload).filter((text) => text === 'again')).toEqual([]);
      expect(await bench.rows()).toHaveLength(4);
      const [first] = await bench.claim();
      await bench.complete(first);
      expect(await bench.add(item)).toBe(0);
    });

    it('tells keys that differ in case apart', async () => {
      await using bench = await open();
      expect(await bench.add({ dedupeKey: 'om_A', orderKey: 'oc_A' }, { dedupeKey: 'om_a', orderKey: 'oc_a' })).toBe(2);
      expect(await bench.claim()).toHaveLength(2);
    });

    it('hands out one order key one at a time, in order', async () => {
      await using bench = await open();
      await bench.add(
        { payload: 'k1', orderKey: 'k' },
        { payload: 'k2', orderKey: 'k' },
        { payload: 'other', orderKey: 'o' },
        { payload: 'k3', orderKey: 'k' },
      );
      const first = await bench.claim();
      expect(first.map(({ payload }) => payload)).toEqual(['k1', 'other']);
      expect(await bench.claim('b')).toEqual([]);
      await bench.complete(first[0]);
      const [second, ...none] = await bench.claim('b');
      expect([second?.payload, none]).toEqual(['k2', []]);
      await bench.complete(second, 'b');
      expect((await bench.claim()).map(({ payload }) => payload)).toEqual(['k3']);
    });

    it('does not hand out what is not due yet, and keeps what comes behind it waiting', async () => {
      await using bench = await open();
      await bench.add({ orderKey: 'k', availableAt: NOW + 5000 }, { orderKey: 'k' }, { payload: 'free' });
      expect((await bench.claim()).map(({ payload }) => payload)).toEqual(['free']);
      expect(await bench.claim('a', NOW + 5000)).toHaveLength(1);
    });

    it('holds an order key while its first item waits for another try, and no other key', async () => {
      await using bench = await open();
      await bench.add({ payload: 'k1', orderKey: 'k' }, { payload: 'k2', orderKey: 'k' }, { orderKey: 'o' });
      const [first, other] = await bench.claim();
      const error = `无法送达 ${'长'.repeat(400)}`;
      await bench.queue.release(given(first), 'a', { availableAt: NOW + 1000, countAttempt: true, error });
      await bench.queue.release(given(other), 'a', { availableAt: NOW, countAttempt: false, error: 'throttled' });
      expect(await bench.claim('b')).toMatchObject([{ orderKey: 'o', attempts: 0 }]);
      expect(await bench.claim('b', NOW + 1000)).toMatchObject([{ payload: 'k1', attempts: 1 }]);
      expect((await bench.rows())[0]?.last_error).toBe(error.slice(0, 300));
    });

    it('lets a dead item block nothing, shows it, and takes it back', async () => {
      await using bench = await open();
      await bench.add({ payload: 'k1', orderKey: 'k', queuedAt: NOW - 700 }, { payload: 'k2', orderKey: 'k' });
      const [first] = await bench.claim();
      await bench.queue.bury(given(first), 'a', 'poison', NOW);
      expect(await bench.claim()).toMatchObject([{ payload: 'k2' }]);
      expect(await bench.queue.backlog()).toEqual({ ready: 1, dead: 1, oldestQueuedAt: NOW });
      expect(await bench.queue.dead(10)).toEqual([
        { id: first?.id, accountId: 'account-1', queuedAt: NOW - 700, attempts: 1, lastError: 'poison' },
      ]);
      expect(await bench.queue.revive([given(first).id, 'nobody'], NOW)).toBe(1);
      expect(await bench.queue.backlog()).toEqual({ ready: 2, dead: 0, oldestQueuedAt: NOW - 700 });
      expect(await bench.claim('b')).toMatchObject([{ payload: 'k1', attempts: 0 }]);
    });

    it('hands an item over when its lease has ended, and rolls back what the late owner did', async () => {
      await using bench = await open();
      const { unitOfWork } = bench.store;
      await bench.add({ orderKey: 'k' });
      const [item] = await bench.claim('slow');
      expect(await bench.claim('quick', NOW + LEASE - 1)).toEqual([]);
      const [taken] = await bench.claim('quick', NOW + LEASE);
      expect(taken?.id).toBe(item?.id);
      expect([item?.takenOver, taken?.takenOver]).toEqual([false, true]);
      const late = unitOfWork.run(async (session) => {
        await bench.queue.add(session, [work(bench.store, { payload: 'done twice' })]);
        await bench.queue.complete(session, given(item), 'slow', NOW);
      });
      await expect(late).rejects.toBeInstanceOf(LeaseLostError);
      await bench.queue.release(given(item), 'slow', { availableAt: 0, countAttempt: true, error: 'late' });
      await bench.queue.bury(given(item), 'slow', 'late', NOW);
      expect(await bench.rows()).toMatchObject([{ status: 'ready', last_error: null }]);
      await bench.complete(taken, 'quick');
      expect(await bench.rows()).toMatchObject([{ status: 'done', payload: '' }]);
      await expect(bench.complete(taken, 'quick')).rejects.toBeInstanceOf(LeaseLostError);
    });

    it('keeps an item for whoever renews the lease in time, and for nobody who has lost it', async () => {
      await using bench = await open();
      await bench.add({ orderKey: 'k' });
      const items = await bench.claim('slow');
      await bench.queue.renew(items, 'slow', NOW + 2 * LEASE);
      expect(await bench.claim('quick', NOW + LEASE)).toEqual([]);
      const [taken] = await bench.claim('quick', NOW + 2 * LEASE);
      expect(taken?.id).toBe(items[0]?.id);
      await bench.queue.renew(items, 'slow', NOW + 4 * LEASE);
      await bench.complete(taken, 'quick');
      await bench.queue.renew(items, 'quick', NOW + 4 * LEASE);
      expect(await bench.rows()).toMatchObject([{ status: 'done' }]);
    });

    it('empties an item in the transaction that did its work, or not at all', async () => {
      await using bench = await open();
      await bench.add({ payload: 'what was said' });
      const [item] = await bench.claim();
      const failed = bench.store.unitOfWork.run(async (session) => {
        await bench.queue.complete(session, given(item), 'a', NOW);
        throw new Error('the rest failed');
      });
      await expect(failed).rejects.toThrow('the rest failed');
      expect(await bench.rows()).toMatchObject([{ status: 'ready', payload: 'what was said' }]);
      await bench.complete(item);
      expect(await bench.rows()).toMatchObject([{ status: 'done', payload: '' }]);
      expect(await bench.queue.backlog()).toEqual({ ready: 0, dead: 0, oldestQueuedAt: null });
    });

    it('settles an item that was worked off on the spot, unless somebody has it or had it', async () => {
      await using bench = await open();
      const settle = (item: NewWork) =>
        bench.store.unitOfWork.run((session) => bench.queue.settleWaiting(session, item, NOW));
      const item = work(bench.store);
      await bench.add(item);
      await settle(item);
      expect(await bench.claim()).toEqual([]);
      expect(await bench.rows()).toMatchObject([{ status: 'done', payload: '' }]);
      expect(await bench.add({ ...item, id: bench.store.newId() })).toBe(0);
      await expect(settle(item)).rejects.toBeInstanceOf(LeaseLostError);
      const taken = work(bench.store);
      await bench.add(taken);
      const [claimed] = await bench.claim();
      await expect(settle(taken)).rejects.toBeInstanceOf(LeaseLostError);
      await bench.complete(claimed);
    });

    it('sweeps what was settled long enough ago', async () => {
      await using bench = await open();
      await bench.add({ payload: 'done' }, { payload: 'dead' }, { payload: 'ready' });
      const [done, dead] = await bench.claim('a', NOW, 2);
      await bench.complete(done);
      await bench.queue.bury(given(dead), 'a', 'poison', NOW);
      expect(await bench.queue.sweep(NOW, NOW)).toBe(0);
      expect(await bench.queue.sweep(NOW + 1, NOW)).toBe(1);
      expect((await bench.rows()).map(({ status }) => status)).toEqual(['dead', 'ready']);
      expect(await bench.queue.sweep(NOW + 1, NOW + 1)).toBe(1);
      expect(await bench.queue.sweep(NOW + 1, NOW + 1)).toBe(0);
    });

    it('returns every character, and a payload of 1 MiB', async () => {
      await using bench = await open();
      const odd = `𠮷野家 👩‍👩‍👧‍👦 "引号" \\ \0 \r\n é`;
      const large = '报'.repeat(2 ** 20 / 4) + '😀'.repeat(2 ** 18 / 4);
      expect(Buffer.byteLength(large)).toBe(2 ** 20);
      await bench.add({ payload: odd, orderKey: 'oc_😀', dedupeKey: '事件😀' }, { payload: large });
      expect(await bench.claim()).toMatchObject([
        { payload: odd, orderKey: 'oc_😀', dedupeKey: '事件😀' },
        { payload: large },
      ]);
    });

    if (databaseKind === 'mysql') {
      it('refuses a value that does not fit instead of cutting it', async () => {
        await using bench = await open();
        await expect(bench.add({}, { dedupeKey: 'x'.repeat(161) })).rejects.toMatchObject({ code: 'row_altered' });
        expect(await bench.rows()).toEqual([]);
      });
    }

    it('gives each item to one of many claimers, in order per key', async () => {
      await using bench = await open();
      const keys = 30;
      const items = Array.from({ length: 600 }, (_, index) => ({
        orderKey: `k${index % keys}`,
        payload: String(index),
      }));
      await bench.add(...items);
      const databases = databaseKind === 'mysql' ? await Promise.all([1, 2, 3].map(() => bench.store.another())) : [];
      const units = [bench.store.unitOfWork, ...databases.map(({ unitOfWork }) => unitOfWork)];
      const handled = new Map<string, number[]>();
      const inHand = new Set<string>();
      let left = items.length;
      const claimer = async (index: number) => {
        const unitOfWork = given(units[index % units.length]);
        const queue = createSqlWorkQueue({ table: 'inbox_event', unitOfWork, skipLocked });
        const owner = `claimer-${index}`;
        while (left > 0) {
          for (const item of await queue.claim(owner, 8, NOW, LEASE)) {
            expect(inHand.has(item.orderKey)).toBe(false);
            inHand.add(item.orderKey);
            handled.set(item.orderKey, [...(handled.get(item.orderKey) ?? []), Number(item.payload)]);
            await turns(index % 3);
            await unitOfWork.run(async (session) => {
              await queue.complete(session, item, owner, NOW);
              inHand.delete(item.orderKey);
            });
            left -= 1;
          }
          await turns(1);
        }
      };
      await Promise.all(Array.from({ length: 12 }, (_, index) => claimer(index)));
      const wanted = (key: number) => items.map((_, index) => index).filter((index) => index % keys === key);
      for (let key = 0; key < keys; key += 1) expect(handled.get(`k${key}`)).toEqual(wanted(key));
      expect(await bench.queue.backlog()).toEqual({ ready: 0, dead: 0, oldestQueuedAt: null });
    }, 60_000);
  });
}
