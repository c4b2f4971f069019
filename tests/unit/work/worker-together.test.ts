/** A worker with many items hands several on at once, and what is left of them one by one. */
import { expect, test } from 'vitest';
import type { WorkItem } from '../../../src/work/queue.ts';
import { createWorker } from '../../../src/work/worker.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

const itemsOf = (count: number): WorkItem[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: String(n), tenantId: 't', accountId: 'a', dedupeKey: String(n), orderKey: String(n), payload: '' },
    ...{ queuedAt: 0, attempts: 0, takenOver: false },
  }));

/** Works off so many items on so many lanes; every second item of a group is left. */
async function work(count: number, concurrency: number) {
  let waiting = itemsOf(count);
  const groups: number[] = [];
  const [inGroups, alone]: [string[], string[]] = [[], []];
  const worker = createWorker({
    ...{
      name: 'test',
      batch: 100,
      concurrency,
      pollMs: 1,
      log: silent,
      giveBack: async () => {},
      renew: async () => {},
      renewEveryMs: 1_000,
    },
    claim: async () => waiting.splice(0),
    handle: async ({ id }) => void alone.push(id),
    together: {
      most: 4,
      async handle(items) {
        groups.push(items.length);
        inGroups.push(...items.filter((_, n) => n % 2 === 0).map(({ id }) => id));
        return items.filter((_, n) => n % 2 === 1);
      },
    },
  });
  const handled = await worker.drain();
  waiting = [];
  return { handled, groups, inGroups, alone };
}

test('groups are no larger than they may be, and every item is handled once', async () => {
  const { handled, groups, inGroups, alone } = await work(18, 2);
  expect(handled).toBe(18);
  expect(Math.max(...groups)).toBe(4);
  expect(alone.length).toBeGreaterThan(0);
  expect([...inGroups, ...alone].sort()).toEqual(
    itemsOf(18)
      .map(({ id }) => id)
      .sort(),
  );
});

test('where there are lanes for all, nobody waits for another', async () => {
  const { groups, alone } = await work(3, 8);
  expect(groups).toEqual([]);
  expect(alone).toEqual(['0', '1', '2']);
});
