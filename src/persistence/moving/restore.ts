/** Puts a backup in the place of a SQLite database; what was there is moved aside, never overwritten. */
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StartError } from '../../errors.ts';
import type { RestoreReport } from '../../work/moving.ts';
import { examineFile } from './examine-file.ts';
import { holdAlone } from './hold-alone.ts';
import { createPrivateFile, syncFile } from './private-file.ts';

/** What SQLite keeps beside a file while it is open, or after a crash. */
const PARTS = ['', '-wal', '-shm', '-journal'];

/** `stamp` ends the new name of what was there. Throws StartError; nothing has been moved then. */
export function restoreFile(backup: string, target: string, stamp: string): RestoreReport {
  const file = resolve(backup);
  if (file === target) throw new StartError('restore_same', `${file} 就是要恢复的位置：请给出备份文件。`);
  examineFile(file);
  const unreadable = existsSync(target) && !isFree(target);
  try {
    mkdirSync(dirname(target), { recursive: true });
    return { ...putInPlace(file, target, stamp), unreadable };
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const sentence = `恢复没有做成（${code}）：请检查 ${dirname(target)} 的权限和磁盘空间。`;
    throw new StartError('restore_failed', sentence, { cause });
  }
}

/** The copy is whole and on the disk before anything is moved. */
function putInPlace(file: string, target: string, stamp: string): Omit<RestoreReport, 'unreadable'> {
  const fresh = `${target}.unfinished-${process.pid}`;
  createPrivateFile(fresh);
  try {
    copyFileSync(file, fresh);
    syncFile(fresh);
    const { rows } = examineFile(fresh, '刚写好的副本');
    const asideAt = moveAside(target, `${target}.before-restore-${stamp}`);
    renameSync(fresh, target);
    syncFile(dirname(target));
    return { file: target, rows, asideAt };
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Throws StartError while a server has it open; false for a file too broken to tell. */
function isFree(target: string): boolean {
  // SQLite would take its log for a stranger's and delete it: somebody may yet want to look into both.
  if (!hasHeader(target)) return false;
  try {
    // Closed at once, and with it what SQLite keeps beside the file is merged into it.
    holdAlone(target).close();
    return true;
  } catch (error) {
    if (error instanceof StartError && error.code === 'database_unreadable') return false;
    throw error;
  }
}

/** https://sqlite.org/fileformat.html#magic_header_string */
function hasHeader(target: string): boolean {
  const start = Buffer.alloc(16);
  const descriptor = openSync(target, 'r');
  readSync(descriptor, start);
  closeSync(descriptor);
  return start.toString('latin1') === 'SQLite format 3\0';
}

/** With everything that belongs to it: a -wal left behind would be taken for the new file's. Returns the new names. */
function moveAside(target: string, aside: string): string[] {
  const there = PARTS.filter((part) => existsSync(`${target}${part}`));
  for (const part of there) renameSync(`${target}${part}`, `${aside}${part}`);
  return there.map((part) => `${aside}${part}`);
}
