/** Begins a writing transaction on SQLite when the file is free: another program may hold it, such as a command-line tool. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';

/** So long the file may be another program's; and how often we look whether it still is. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 20;

const asked = new WeakSet<Database.Database>();

/** IMMEDIATE, so that we wait here instead of failing at the first write. Throws SQLITE_BUSY when nobody can wait longer. */
export async function beginImmediate(connection: Database.Database): Promise<void> {
  // The driver would wait by stopping the whole process, acks and health page included.
  if (!asked.has(connection)) connection.pragma('busy_timeout = 0');
  asked.add(connection);
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      connection.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
      if (!busy || performance.now() > deadline) throw error;
    }
    await sleep(PAUSE_MS);
  }
}
