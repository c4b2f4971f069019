/** What runs inside a job thread: takes a job, does it, answers. */
import { parentPort } from 'node:worker_threads';
import type { JobAnswer } from './job-thread.ts';

/** What `work` throws is told to the asker in words; the thread goes on. */
export function answerJobs<Job>(work: (job: Job) => Promise<unknown>): void {
  parentPort?.on('message', async (job: Job) => {
    try {
      answer({ value: await work(job) });
    } catch (error) {
      answer({ fault: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
    }
  });
}

const answer = (done: JobAnswer): void => parentPort?.postMessage(done);
