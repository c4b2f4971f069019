/** Copies a SQLite database that a server is writing to into one file, and verifies it before it gets its name. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../../errors.ts';
import type { BackupReport } from '../../work/moving.ts';
import { examineFile } from './examine-file.ts';
import { isFree } from './hold-alone.ts';
import { belongsTo } from './parts.ts';
import { createPrivateFile, syncFile } from './private-file.ts';

/**
 * VACUUM INTO rather than the backup interface: that one begins anew whenever another process writes, and beside a busy
 * server comes to no end. This is one read transaction, which in WAL mode nobody waits for; and what was erased is not in
 * the copy, not even in pages that are free. https://sqlite.org/lang_vacuum.html#vacuuminto · https://sqlite.org/backup.html
 */
export function backupFile(source: string, file: string, overwrite: boolean): BackupReport {
  if (!existsSync(source)) throw new StartError('database_missing', `没有数据库文件 ${source}：请检查 DATABASE_URL。`);
  if (belongsTo(file, source))
    throw new StartError('backup_same', `${file} 是正在备份的数据库自己的文件：请换个文件名。`);
  try {
    refuseTaken(file, overwrite);
    mkdirSync(dirname(file), { recursive: true });
    return writeVerified(source, file, overwrite);
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const sentence = `备份没有做成（${code}）：请检查 ${dirname(file)} 的权限和磁盘空间。`;
    throw new StartError('backup_failed', sentence, { cause });
  }
}

/** A file that somebody has open is another company's, and a log beside it would be taken for the backup's. */
function refuseTaken(file: string, overwrite: boolean): void {
  if (existsSync(file)) {
    if (!overwrite) throw new StartError('backup_exists', `${file} 已经存在：请换个文件名，或加 --force 覆盖它。`);
    isFree(file);
  }
  const left = ['-wal', '-journal'].map((part) => `${file}${part}`).find(hasContent);
  if (left) throw new StartError('backup_beside', `旁边还有别的数据库留下的 ${left}：请换个文件名，或先移走它。`);
}

const hasContent = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;

/** Under a name of its own until it is whole and on the disk. */
function writeVerified(source: string, file: string, overwrite: boolean): BackupReport {
  const unfinished = `${file}.unfinished-${process.pid}`;
  createPrivateFile(unfinished);
  try {
    copyInto(source, unfinished);
    const examined = examineFile(unfinished, '刚写好的备份');
    syncFile(unfinished);
    const bytes = statSync(unfinished).size;
    // Asked once more: the copy may have taken long.
    refuseTaken(file, overwrite);
    renameSync(unfinished, file);
    syncFile(dirname(file));
    return { file, bytes, ...examined };
  } finally {
    for (const part of ['', '-journal']) rmSync(`${unfinished}${part}`, { force: true });
  }
}

/** As one reader sees it at one moment, with what is still in the log beside it. `file` is there, and empty. */
export function copyInto(source: string, file: string): void {
  const database = new Database(source, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    database.prepare('VACUUM INTO ?').run(file);
  } finally {
    database.close();
  }
}
