/** The thread in which targets run: a regular expression that does not end can only be stopped from outside. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Order, runTarget } from './run-target.ts';
import { targets } from './targets/index.ts';

export interface Job extends Order {
  readonly name: string;
}

/** One number: which input is being tried. */
const progress = workerData as Int32Array;

parentPort?.on('message', async ({ name, ...order }: Job) => {
  const target = targets.find((one) => one.name === name);
  if (!target) throw new Error(`no target ${name}`);
  parentPort?.postMessage(await runTarget(target, order, (input) => Atomics.store(progress, 0, input)));
});
