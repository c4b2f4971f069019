/** A short run of every target with a seed of its own; `npm run fuzz` is the long one. */
import { randomInt } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { targets } from './targets/index.ts';
import { createWatch } from './watch.ts';

const INPUTS = 1_000;

describe('bent and hostile inputs', () => {
  const watch = createWatch();
  afterAll(watch.close);
  const shares = targets.reduce((sum, { share }) => sum + share, 0);

  it.each(targets.map(({ name, ...rest }) => [name, { name, ...rest }] as const))('%s', async (_name, target) => {
    const seed = randomInt(1_000_000_000);
    const count = Math.ceil((INPUTS * target.share) / shares);
    const { fault } = await watch.run(target, { count, seed });
    expect(fault, `npm run fuzz -- ${count} ${seed} ${target.name}`).toBeNull();
  });
});
