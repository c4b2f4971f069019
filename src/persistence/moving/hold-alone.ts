/** Opens a SQLite file for this process alone, which is also how to find out whether a server has it open. */
import { existsSync } from 'node:fs';
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

function open(file: string): Database.Database {
  try {
    return new Database(file, { fileMustExist: true, timeout: 0 });
  } catch (cause) {
    throw why(file, cause);
  }
}

function why(file: string, cause: unknown): StartError {
  const code = cause instanceof Database.SqliteError ? cause.code : '';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    const sentence = `${file} 正在使用中：请先停掉聊单（和打开它的其他程序），再运行一次。`;
    return new StartError('database_in_use', sentence, { cause });
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return new StartError('database_unreadable', `${file} 不是完好的数据库文件（${code}）。`, { cause });
  return new StartError('database_unavailable', `打不开数据库文件 ${file}（${code}）：请检查权限。`, { cause });
}
