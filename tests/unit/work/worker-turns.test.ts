/** A worker with a long backlog leaves room for the rest of the process, and for its end. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { WorkItem } from '../../../src/work/queue.ts';
import { createWorker } from '../../../src/work/worker.ts';

const ITEM: WorkItem = {
  id: '1',
  tenantId: 't',
  accountId: 'a',
  dedupeKey: 'k',
  orderKey: 'o',
  payload: '',
  queuedAt: 0,
  attempts: 0,
  takenOver: false,
};

const silent = { debug() {}, info() {}, warn() {}, error() {} };

test('between two items others get their turn, even when nothing ever waits', async () => {
  let left = 100;
  let handled = 0;
  const worker = createWorker({
    name: 'test',
    batch: 10,
    concurrency: 1,
    pollMs: 1,
    claim: async (limit) => Array.from({ length: Math.min(limit, left) }, () => ITEM),
    handle: async () => {
      left -= 1;
      handled += 1;
    },
    giveBack: async () => {},
    renew: async () => {},
    renewEveryMs: 1_000,
    log: silent,
  });
  const drained = worker.drain();
  await nextTurn();
  const early = handled;
  await drained;
  expect(handled).toBe(100);
  expect(early).toBeLessThan(5);
});

test('wakes that come close together cause one look, and stopping does not wait for the next', async () => {
  let looks = 0;
  const worker = createWorker({
    name: 'test',
    batch: 10,
    concurrency: 1,
    pollMs: 60_000,
    claim: async () => {
      looks += 1;
      return [];
    },
    handle: async () => {},
    giveBack: async () => {},
    renew: async () => {},
    renewEveryMs: 1_000,
    log: silent,
  });
  worker.start();
  await nextTurn();
  expect(looks).toBe(1);
  for (let i = 0; i < 100; i += 1) worker.wake();
  await expect.poll(() => looks, { interval: 1 }).toBe(2);
  await worker.stop();
  expect(looks).toBe(2);
});

test('stopping ends with what is in hand; what is claimed but not begun is given back', async () => {
  const [begun, given]: [string[], string[]] = [[], []];
  let finish = () => {};
  const worker = createWorker({
    name: 'test',
    batch: 3,
    concurrency: 1,
    pollMs: 1,
    claim: async () => ['1', '2', '3'].map((id) => ({ ...ITEM, id })),
    handle: ({ id }) => {
      begun.push(id);
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    giveBack: async (items) => void given.push(...items.map(({ id }) => id)),
    renew: async () => {},
    renewEveryMs: 1_000,
    log: silent,
  });
  worker.start();
  while (begun.length === 0) await nextTurn();
  const stopped = worker.stop();
  finish();
  await stopped;
  expect([begun, given]).toEqual([['1'], ['2', '3']]);
});

test('while a batch takes long, the leases of what is not settled are kept', async () => {
  const kept: string[] = [];
  let finish = () => {};
  const items = ['1', '2'].map((id) => ({ ...ITEM, id }));
  const worker = createWorker({
    ...{ name: 'test', batch: 2, concurrency: 1, pollMs: 1, log: silent, giveBack: async () => {}, renewEveryMs: 1 },
    claim: async () => items.splice(0),
    handle: ({ id }) => (id === '1' ? Promise.resolve() : new Promise((resolve) => (finish = resolve))),
    renew: async (open) => void kept.push(open.map(({ id }) => id).join()),
  });
  const drained = worker.drain();
  while (kept.length === 0 || kept.at(-1) !== '2') await nextTurn();
  finish();
  expect(await drained).toBe(2);
  const asked = kept.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(kept).toHaveLength(asked);
});
