/** Starts instances of the product on one database, and waits until their start is behind them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../child.ts';
import type { InstanceQuestion } from '../processes/instance.ts';
import { type Instance, usageOf } from './run.ts';

export type Environment = Readonly<Record<string, string>>;

const CALM_WITHIN_MS = 60_000;
const CALM_SECONDS = 3;
/** Of a second. */
const CALM_CPU_MS = 100;

export async function withInstances<T>(
  environment: Environment,
  count: number,
  work: (instances: readonly Instance[]) => Promise<T>,
): Promise<T> {
  const running: Child[] = [];
  try {
    const instances: Instance[] = [];
    for (let n = 0; n < count; n += 1) {
      const child = startChild('instance.ts');
      running.push(child);
      const { url } = await child.ask<{ url: string }>({ do: 'open', environment } satisfies InstanceQuestion);
      instances.push({ ...child, url });
    }
    await Promise.all(instances.map(untilCalm));
    return await work(instances);
  } finally {
    await Promise.all(running.map((child) => child.stop()));
  }
}

/** What a start reads once, a large company's deals among it, is no message's cost. Bounded: whatever goes on and on is. */
async function untilCalm(instance: Instance): Promise<void> {
  const until = performance.now() + CALM_WITHIN_MS;
  for (let calm = 0; calm < CALM_SECONDS && performance.now() < until; ) {
    const before = await usageOf(instance);
    await sleep(1_000);
    const { cpuMs } = await usageOf(instance);
    calm = cpuMs - before.cpuMs < CALM_CPU_MS ? calm + 1 : 0;
  }
}
