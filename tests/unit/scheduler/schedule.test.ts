// The timetable at the start of a process: what must not depend on the computer being on at night.

import { expect, it } from 'vitest';
import { createSchedule } from '../../../src/scheduler/schedule.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

it('runs at once what is also for the start, and stop waits for it', async () => {
  const ran: string[] = [];
  const job = (name: string, alsoAtStart: boolean) => ({
    name,
    at: '0 0 29 2 *',
    alsoAtStart,
    run: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ran.push(name);
      throw new Error('a job that fails is its own affair');
    },
  });
  const jobs = [job('clean', true), job('nightly', false)];
  const schedule = createSchedule({ jobs, claimTick: async () => false, log: silent });
  schedule.start();
  await schedule.stop();
  expect(ran).toEqual(['clean']);
});

it('tells a job that the process is to stop, and what watches how long each took and how it ended', async () => {
  const runs: unknown[] = [];
  const seen: boolean[] = [];
  const begun = Promise.withResolvers<void>();
  const jobs = [
    {
      name: 'clean',
      at: '* * * * * *',
      run: async (ending?: AbortSignal) => {
        begun.resolve();
        await new Promise((resolve) => ending?.addEventListener('abort', resolve, { once: true }));
        seen.push(ending?.aborted ?? false);
      },
    },
    { name: 'broken', at: '0 0 29 2 *', alsoAtStart: true, run: () => Promise.reject(new Error('of its own')) },
  ];
  const schedule = createSchedule({
    ...{ jobs, claimTick: async () => true, log: silent },
    onRun: (job, seconds, ok) => runs.push([job, ok, seconds >= 0 && seconds < 60]),
  });
  schedule.start();
  await begun.promise;
  await schedule.stop();
  expect(seen).toEqual([true]);
  expect(runs).toEqual([
    ['broken', false, true],
    ['clean', true, true],
  ]);
});
