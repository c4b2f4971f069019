/** The server of a cluster that all instances write to dies; they go on with another, and it comes back and catches up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { healthComes } from '../health.ts';
import { between, type Knock } from './knock.ts';

/** The others wait before they give a silent member up, and a new connection until its server has caught up. */
const GOES_ON_WITHIN_MS = 30_000;

export const nodeLost: Knock = {
  kind: 'node lost',
  fits: ({ store }) => store.cluster !== null,
  async strike(arena) {
    const pauseMs = between(arena, 500, 3_000);
    const begun = Date.now();
    const back = arena.store.cluster?.loseWriter(pauseMs);
    // Until it is gone, and its connections with it.
    await sleep(300);
    const faults = await Promise.all(
      arena.instances.map(({ url }) =>
        healthComes(url, 'that the database is there', ({ database }) => database.ok, GOES_ON_WITHIN_MS),
      ),
    );
    const goneForMs = Date.now() - begun;
    await back;
    return { note: `answered after ${goneForMs} ms; it is back after ${Date.now() - begun} ms`, faults };
  },
};
