/** A pool without a free connection: whoever waits is told in time, and a connection that comes too late is not lost. */
import { expect, it } from 'vitest';
import { acquire } from '../../../src/persistence/acquire.ts';
import { isDatabaseTrouble } from '../../../src/persistence/trouble.ts';

it('is told in time, as trouble with the database; the late connection goes back', async () => {
  const coming = Promise.withResolvers<{ release(): void }>();
  const given: string[] = [];
  const failed = await acquire({ connect: () => coming.promise }, 10).catch((error: unknown) => error);
  expect(isDatabaseTrouble(failed)).toBe(true);
  coming.resolve({ release: () => given.push('back') });
  await coming.promise;
  await null;
  expect(given).toEqual(['back']);
});

it('a connection in time is kept, and a fault is the fault', async () => {
  const connection = { release: () => expect.unreachable() };
  expect(await acquire({ connect: async () => connection }, 1_000)).toBe(connection);
  const fault = new Error('refused');
  await expect(acquire({ connect: () => Promise.reject(fault) }, 1_000)).rejects.toBe(fault);
});
