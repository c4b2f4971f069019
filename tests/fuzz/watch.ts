/** Runs targets in a thread, one after the other, and ends the thread when one input takes for ever. */
import { Worker } from 'node:worker_threads';
import { inputOf, type Order, type Report } from './run-target.ts';
import type { Target } from './target.ts';
import type { Job } from './worker.ts';

export interface Watch {
  /** Never rejects; one at a time. */
  run(target: Target, order: Order): Promise<Report>;
  close(): Promise<void>;
}

/** By the clock on the wall, on a busy machine, a server's start included: far more than any input may take. */
const HANGS_AFTER_MS = 30_000;
const LOOK_EVERY_MS = 500;

export function createWatch(): Watch {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  let worker: Worker | null = null;

  async function close(): Promise<void> {
    await worker?.terminate();
    worker = null;
  }

  return {
    close,
    async run(target, order) {
      Atomics.store(progress, 0, 0);
      worker ??= new Worker(new URL('./worker.ts', import.meta.url), { workerData: progress });
      const started = performance.now();
      const over = Promise.withResolvers<Report>();
      let [seen, since, lost] = [0, started, false];

      function lose(why: string, input: string): void {
        lost = true;
        const [now, inputs] = [performance.now(), Atomics.load(progress, 0)];
        const figures = { inputs, slowestMs: now - since, grownMiB: 0, seconds: (now - started) / 1_000 };
        over.resolve({ name: target.name, ...figures, fault: { why, input } });
      }

      const looking = setInterval(() => {
        const at = Atomics.load(progress, 0);
        if (at !== seen) [seen, since] = [at, performance.now()];
        else if (performance.now() - since > HANGS_AFTER_MS)
          lose(`input ${at} does not end`, at > 0 ? inputOf(target, order.seed, at) : '');
      }, LOOK_EVERY_MS);
      const died = (error: unknown) => lose(`the thread died: ${String(error)}`, '');
      worker.once('message', over.resolve).once('error', died);
      worker.postMessage({ ...order, name: target.name } satisfies Job);
      const report = await over.promise;
      clearInterval(looking);
      worker?.off('message', over.resolve).off('error', died);
      if (lost) await close();
      return report;
    },
  };
}
