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
