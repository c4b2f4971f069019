/** The database server ends and comes back, answers late, stops answering, or vanishes behind connections that stay open. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena.ts';
import { healthComes } from '../health.ts';
import { between, type Knock } from './knock.ts';

const AWAY = '数据库没有回应';
/** The page waits 3 s for an answer. */
const TOLD_WITHIN_MS = 8_000;
const BACK_WITHIN_MS = 15_000;
/** Half open: until somebody says that a connection is dead, and all that waited has gone on. */
const NOTICED_WITHIN_MS = 60_000;

const allSayAway = ({ instances }: Arena) =>
  Promise.all(
    instances.map(({ url }) =>
      healthComes(url, AWAY, ({ database, advice }) => !database.ok && advice.join().includes(AWAY), TOLD_WITHIN_MS),
    ),
  );
const allSayBack = ({ instances }: Arena, withinMs = BACK_WITHIN_MS) =>
  Promise.all(
    instances.map(({ url }) => healthComes(url, 'that the database is back', ({ database }) => database.ok, withinMs)),
  );

export const databaseRestarted: Knock = {
  kind: 'database restarted',
  fits: ({ store }) => store.server !== null,
  async strike(arena) {
    const pauseMs = between(arena, 500, 1_500);
    const [told] = await Promise.all([allSayAway(arena), arena.store.server?.restart(pauseMs)]);
    return { note: `away for ${pauseMs} ms and its start`, faults: [...told, ...(await allSayBack(arena))] };
  },
};

/** Every answer comes five seconds late. */
export const databaseSlow: Knock = {
  kind: 'database slow',
  fits: ({ store }) => store.line !== null,
  async strike(arena) {
    const holdMs = between(arena, 500, 4_000);
    arena.store.line?.delay(5_000);
    const told = await allSayAway(arena);
    await sleep(holdMs);
    arena.store.line?.delay(0);
    return { note: `5 s a statement for ${holdMs} ms more`, faults: [...told, ...(await allSayBack(arena))] };
  },
};

export const databaseHangs: Knock = {
  kind: 'database hangs',
  fits: ({ store }) => store.line !== null,
  async strike(arena) {
    const holdMs = between(arena, 0, 3_000);
    arena.store.line?.hang();
    const told = await allSayAway(arena);
    await sleep(holdMs);
    arena.store.line?.hear();
    return { note: `for ${holdMs} ms more`, faults: [...told, ...(await allSayBack(arena))] };
  },
};

/** What a router does that forgets connections: nobody is told, and nothing comes any more. */
export const databaseHalfOpen: Knock = {
  kind: 'database half open',
  fits: ({ store }) => store.line !== null,
  async strike(arena) {
    const lost = arena.store.line?.connections() ?? 0;
    const begun = Date.now();
    arena.store.line?.halfOpen();
    const back = await allSayBack(arena, NOTICED_WITHIN_MS);
    return { note: `${lost} connections, answered again after ${Date.now() - begun} ms`, faults: back };
  },
};
