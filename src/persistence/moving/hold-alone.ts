/** Opens a SQLite file for this process alone, which is also how to find out whether a server has it open. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StartError } from '../../errors.ts';

/**
 * A connection in WAL mode holds a shared lock on the file as long as it is open, idle or not, and in this mode ours takes
 * the exclusive one: it fails while anybody is there, and while it is held nobody comes in. The lock goes with the process.
 * https://sqlite.org/pragma.html#pragma_locking_mode · https://sqlite.org/walformat.html#locks
 */
export function holdAlone(file: string): Database.Database {
  if (!existsSync(file)) throw new StartError('database_missing', `没有数据库文件 ${file}：请检查路径。`);
  const database = open(file);
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    database.exec('COMMIT');
    return database;
  } catch (cause) {
    database.close();
    throw why(file, cause);
  }
}

/**
 * The same without its log and with nothing beside the file, so that it can be renamed while it is held: what SQLite keeps
 * beside a file it finds, and deletes when it closes, by the file's name, which by then may be another's.
 */
export function holdBare(file: string): Database.Database {
  const alone = holdAlone(file);
  try {
    alone.pragma('journal_mode = DELETE');
  } catch (cause) {
    throw why(file, cause);
  } finally {
    alone.close();
  }
  const database = open(file);
  try {
    // A transaction that writes nothing has no journal.
    database.exec('BEGIN EXCLUSIVE');
    if (database.pragma('journal_mode', { simple: true }) === 'delete') return database;
    // Somebody came in between the two.
    throw inUse(file);
  } catch (cause) {
    database.close();
    throw cause instanceof StartError ? cause : why(file, cause);
  }
}

/** Throws StartError while somebody has it open; false for a file too broken to tell. */
export function isFree(file: string): boolean {
  // SQLite would take its log for a stranger's and delete it: somebody may yet want to look into both.
  if (!hasHeader(file)) return false;
  try {
    // Closed at once, and with it what SQLite keeps beside the file is merged into it.
    holdAlone(file).close();
    return true;
  } catch (error) {
    if (error instanceof StartError && error.code === 'database_unreadable') return false;
    throw error;
  }
}

/** https://sqlite.org/fileformat.html#magic_header_string */
function hasHeader(file: string): boolean {
  const start = Buffer.alloc(16);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, start);
  closeSync(descriptor);
  return start.toString('latin1') === 'SQLite format 3\0';
}

function open(file: string): Database.Database {
  try {
    return new Database(file, { fileMustExist: true, timeout: 0 });
  } catch (cause) {
    throw why(file, cause);
  }
}

function why(file: string, cause: unknown): StartError {
  const code = cause instanceof Database.SqliteError ? cause.code : '';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return inUse(file, cause);
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return new StartError('database_unreadable', `${file} 不是完好的数据库文件（${code}）。`, { cause });
  return new StartError('database_unavailable', `打不开数据库文件 ${file}（${code}）：请检查权限。`, { cause });
}

function inUse(file: string, cause?: unknown): StartError {
  const sentence = `${file} 正在使用中：请先停掉聊单（和打开它的其他程序），再运行一次。`;
  return new StartError('database_in_use', sentence, { cause });
}
