/** Gives a finished file the name of a database, which keeps all it had under another name. */
import { constants, copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { holdBare, isFree } from './hold-alone.ts';
import { PARTS } from './parts.ts';
import { syncFile } from './private-file.ts';

export interface Moved {
  /** The files that were there, under their new names. */
  readonly asideAt: readonly string[];
  /** What was there could not be read, so nobody can say whether a server was using it. */
  readonly unreadable: boolean;
}

/**
 * What was there is held until the name is the new file's, so that no server comes in; throws StartError while one is there.
 * The name is never without a file: a server that starts after a crash in between would begin an empty company.
 */
export function takePlace(fresh: string, target: string, aside: string): Moved {
  const there = existsSync(target);
  const unreadable = there && !isFree(target);
  const held = there && !unreadable ? holdBare(target) : null;
  try {
    // First what belonged to it: a -wal left behind would be taken for the new file's.
    const parts = PARTS.filter((part) => part !== '' && existsSync(`${target}${part}`));
    for (const part of parts) renameSync(`${target}${part}`, `${aside}${part}`);
    try {
      if (there) keep(target, aside);
      rename(fresh, target, there ? aside : null);
    } catch (cause) {
      for (const part of parts) renameSync(`${aside}${part}`, `${target}${part}`);
      throw cause;
    }
    syncFile(dirname(target));
    return { asideAt: [...(there ? [''] : []), ...parts].map((part) => `${aside}${part}`), unreadable };
  } finally {
    held?.close();
  }
}

/** Where it fails, the second name goes again: two names of one database would each have a log of their own. */
function rename(fresh: string, target: string, second: string | null): void {
  try {
    renameSync(fresh, target);
  } catch (cause) {
    if (second) rmSync(second);
    throw cause;
  }
}

/** Under a second name, until the first is taken over. */
function keep(target: string, aside: string): void {
  try {
    linkSync(target, aside);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!/^(EPERM|ENOSYS|ENOTSUP|EOPNOTSUPP|EMLINK)$/.test(code)) throw cause;
    // A file system without links.
    copyFileSync(target, aside, constants.COPYFILE_EXCL);
    syncFile(aside);
  }
}
