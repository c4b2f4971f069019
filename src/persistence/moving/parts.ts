/** A SQLite file and what belongs to it: which names are its, links and all. */
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** What SQLite keeps beside a file while it is open, or after a crash. */
export const PARTS = ['', '-wal', '-shm', '-journal'] as const;

/** Whether `path` is the database file or stands where SQLite keeps something beside it; neither need exist. */
export function belongsTo(path: string, database: string): boolean {
  return PARTS.some((part) => {
    const own = `${real(database)}${part}`;
    if (real(path) === own) return true;
    const [one, other] = [idOf(path), idOf(own)];
    return one !== null && one === other;
  });
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there yet: its folder may be all the same.
    const whole = resolve(path);
    const folder = dirname(whole);
    return folder === whole ? whole : join(real(folder), basename(whole));
  }
}

/** The same for every name of a file. */
function idOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found ? `${found.dev}:${found.ino}` : null;
}
