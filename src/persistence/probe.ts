/** Whether rows can be written at this moment: reading goes on where the disk is full or another program holds the file. */
import { randomUUID } from 'node:crypto';
import type { Obstacle } from '../work/store.ts';
import type { UnitOfWork } from './unit-of-work.ts';

export type { Obstacle } from '../work/store.ts';

/** Whoever asks within this time gets the same answer: the page is anybody's to read. */
const SHARED_MS = 1_000;
const FULL = /^(SQLITE_FULL|ER_DISK_FULL|ER_RECORD_FILE_FULL)/;
const LOCKED = /^SQLITE_(BUSY|LOCKED)/;

/**
 * One small row is written over and over, with another value each time: the same one again need not reach the disk. Each
 * instance has its own: one that vanished in the middle holds nobody else up. And while one write is under way no other
 * begins: where writing hangs, asking must not take one connection after the other from those who store messages.
 */
export function createProbe(unitOfWork: UnitOfWork, now: () => number): () => Promise<Obstacle | null> {
  const task = `probe ${randomUUID()}`;
  let answer: Promise<Obstacle | null> | null = null;
  let freshUntil = 0;
  let last = '';

  const write = () =>
    unitOfWork.run(async (session) => {
      const value = `probe ${now().toString(36)}`;
      last = value === last ? `${value}+` : value;
      const sql = 'UPDATE schedule_tick SET claimed_by = ? WHERE task = ? AND fire_at = 0';
      const known = await session.execute(sql, [last, task]);
      if (known === 0) await session.insertNew('schedule_tick', ['task', 'fire_at', 'claimed_by'], [[task, 0, last]]);
    });

  return () => {
    if (answer === null || performance.now() > freshUntil) {
      freshUntil = Number.POSITIVE_INFINITY;
      answer = write()
        .then(() => null, obstacleOf)
        .finally(() => {
          freshUntil = performance.now() + SHARED_MS;
        });
    }
    return answer;
  };
}

function obstacleOf(error: unknown): Obstacle {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { kind: FULL.test(code) ? 'full' : LOCKED.test(code) ? 'locked' : 'other', code };
}
