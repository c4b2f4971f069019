/** Puts a backup in the place of a SQLite database; what was there is moved aside, never overwritten. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StartError } from '../../errors.ts';
import type { RestoreReport } from '../../work/moving.ts';
import { copyInto } from './backup.ts';
import { examineFile } from './examine-file.ts';
import { isFree } from './hold-alone.ts';
import { belongsTo } from './parts.ts';
import { createPrivateFile, syncFile } from './private-file.ts';
import { takePlace } from './take-place.ts';

/** `stamp` ends the new name of what was there. Throws StartError; nothing has been moved then. */
export function restoreFile(backup: string, target: string, stamp: string): RestoreReport {
  const file = resolve(backup);
  if (belongsTo(file, target)) throw new StartError('restore_same', `${file} 就是要恢复的位置：请给出备份文件。`);
  examineFile(file);
  try {
    // Asked here as well, so that nobody waits for a long copy to hear it.
    if (existsSync(target)) isFree(target);
    mkdirSync(dirname(target), { recursive: true });
    return putInPlace(file, target, stamp);
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const sentence = `恢复没有做成（${code}）：请检查 ${dirname(target)} 的权限和磁盘空间。`;
    throw new StartError('restore_failed', sentence, { cause });
  }
}

/** The copy is whole and on the disk before anything is moved; with it what is still in a log beside the backup. */
function putInPlace(file: string, target: string, stamp: string): RestoreReport {
  const fresh = `${target}.unfinished-${process.pid}`;
  createPrivateFile(fresh);
  try {
    copyInto(file, fresh);
    const { rows } = examineFile(fresh, '刚写好的副本');
    syncFile(fresh);
    return { file: target, rows, ...takePlace(fresh, target, `${target}.before-restore-${stamp}`) };
  } finally {
    for (const part of ['', '-journal']) rmSync(`${fresh}${part}`, { force: true });
  }
}
