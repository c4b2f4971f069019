/** A small disk of its own, in memory, that can be filled to the last byte and freed again; Linux, with the right to mount. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface SmallDisk {
  readonly folder: string;
  /** Leaves no byte free. */
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const PIECE = Buffer.alloc(64 * 1024);

/** Null where this machine does not let us mount one. */
export async function makeSmallDisk(megabytes: number): Promise<SmallDisk | null> {
  if (process.platform !== 'linux' || userInfo().uid !== 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder]);
  } catch {
    await rmdir(folder);
    return null;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a');
      try {
        for (let piece = PIECE; piece.length > 0; ) {
          try {
            const { bytesWritten } = await file.write(piece);
            if (bytesWritten < piece.length) piece = piece.subarray(0, piece.length >> 1);
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
            piece = piece.subarray(0, piece.length >> 1);
          }
        }
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async remove() {
      await run('umount', ['-l', folder]);
      await rmdir(folder);
    },
  };
}
