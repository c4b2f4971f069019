/** What the set-up page of one instance was told, another one notices within seconds, where it can read it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { fingerprintOf, watchTold } from '../../src/setup/told.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(readable = true) {
  const rows = new Map([
    ['public_url', 'https://crm.example.cn'],
    ['platform.feishu', 'v1.sealed'],
    ['setup.code', 'a'],
  ]);
  let changes = 0;
  let failing = false;
  const stop = watchTold({
    async read() {
      if (failing) throw new Error('the database is away');
      return rows;
    },
    before: fingerprintOf(rows),
    readable: async () => readable,
    onChange: () => {
      changes += 1;
    },
    log: createLog('silent'),
  });
  return {
    rows,
    stop,
    changes: () => changes,
    fail(how: boolean) {
      failing = how;
    },
  };
}

const MOST_MS = 15_100;

it('what is of a start is noticed once; what is not, and the order of rows, change nothing', async () => {
  const { rows, stop, changes } = watch();
  rows.set('setup.code', 'b');
  rows.delete('public_url');
  rows.set('public_url', 'https://crm.example.cn');
  await vi.advanceTimersByTimeAsync(2 * MOST_MS);
  expect(changes()).toBe(0);
  rows.set('platform.wecom', 'v1.new');
  await vi.advanceTimersByTimeAsync(MOST_MS);
  expect(changes()).toBe(1);
  await vi.advanceTimersByTimeAsync(3 * MOST_MS);
  expect(changes()).toBe(1);
  stop();
  rows.delete('platform.wecom');
  await vi.advanceTimersByTimeAsync(3 * MOST_MS);
  expect(changes()).toBe(1);
});

it('what cannot be read here leaves the instance as it is, and a database that is away only delays', async () => {
  const sealed = watch(false);
  sealed.rows.set('platform.feishu', 'v1.with another key');
  await vi.advanceTimersByTimeAsync(2 * MOST_MS);
  expect(sealed.changes()).toBe(0);
  sealed.stop();

  const late = watch();
  late.fail(true);
  late.rows.set('public_url', 'https://other.example.cn');
  await vi.advanceTimersByTimeAsync(2 * MOST_MS);
  expect(late.changes()).toBe(0);
  late.fail(false);
  await vi.advanceTimersByTimeAsync(MOST_MS);
  expect(late.changes()).toBe(1);
  late.stop();
});
