/** Files that only their owner reads, and that are on the disk when we say so. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes an empty file; fails when there is one. It holds a whole company: nobody else on the machine may read it. */
export function createPrivateFile(file: string): void {
  closeSync(openSync(file, 'wx', 0o600));
}

/** Waits until a file, or the names in a folder, would survive a power cut. */
export function syncFile(path: string): void {
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
