/** The SQLite file: held by another program, or on a disk without a byte left. */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Arena } from '../arena.ts';
import { healthComes, healthSays } from '../health.ts';
import { between, type Knock } from './knock.ts';

const HELD_MS = 5_000;
/** The process waits for the file, and has no reason to keep anybody waiting who wants nothing of it. */
const PROMPT_MS = 3_000;
const TOLD_WITHIN_MS = 8_000;

const urlOf = ({ instances }: Arena) => instances[0]?.url ?? '';
const pathOf = ({ store }: Arena) => store.url.slice('sqlite:'.length);
const wellAgain = (arena: Arena) =>
  healthComes(urlOf(arena), 'that rows can be written', ({ advice }) => !advice.join().includes('写不进'), 10_000);

export const fileLocked: Knock = {
  kind: 'file locked',
  fits: ({ store }) => store.url.startsWith('sqlite:'),
  async strike(arena) {
    const other = new Database(pathOf(arena), { timeout: 5_000 });
    const faults: (string | null)[] = [];
    try {
      other.exec('BEGIN IMMEDIATE');
      const until = Date.now() + HELD_MS;
      let told = false;
      const asking = healthSays(urlOf(arena), '另一个程序', HELD_MS).then((fault) => {
        told = fault === null;
      });
      while (Date.now() < until) {
        const answered = await fetch(`${urlOf(arena)}/callbacks/nobody`, {
          signal: AbortSignal.timeout(PROMPT_MS),
        }).catch(() => null);
        if (!answered) faults.push(`nothing was answered within ${PROMPT_MS} ms`);
        await sleep(100);
      }
      await asking;
      if (!told) faults.push('health did not say that another program holds the file');
      other.exec('ROLLBACK');
    } finally {
      other.close();
    }
    return { note: `for ${HELD_MS} ms`, faults: [...faults, await wellAgain(arena)] };
  },
};

export const diskFull: Knock = {
  kind: 'disk full',
  fits: ({ store }) => store.disk !== null,
  async strike(arena) {
    const holdMs = between(arena, 300, 2_500);
    const deadline = Date.now() + TOLD_WITHIN_MS;
    let told: string | null = null;
    do {
      // Room that its log has already would let small rows through; the product may have filled and emptied it meanwhile.
      const other = new Database(pathOf(arena), { timeout: 5_000 });
      other.pragma('wal_checkpoint(TRUNCATE)');
      other.close();
      await arena.store.disk?.fill();
      told = await healthSays(urlOf(arena), '磁盘满了', 2_000);
    } while (told !== null && Date.now() < deadline);
    const until = Date.now() + holdMs;
    while (Date.now() < until) {
      await arena.store.disk?.fill();
      await sleep(50);
    }
    await arena.store.disk?.free();
    return { note: `for ${holdMs} ms after it was said`, faults: [told, await wellAgain(arena)] };
  },
};
