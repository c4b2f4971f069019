// Where test data may live in memory: what is written there waits for no disk, and is gone with the machine.

import { access, constants, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** What the databases of a whole test run need, and more. */
const ROOM_BYTES = 4 * 1024 ** 3;

/** A new folder in memory where this machine keeps files there and has room, else in the temporary folder. */
export async function memoryFolder(prefix: string): Promise<string> {
  return mkdtemp(join((await hasRoom(MEMORY)) ? MEMORY : tmpdir(), prefix));
}

async function hasRoom(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize > ROOM_BYTES;
  } catch {
    return false;
  }
}
