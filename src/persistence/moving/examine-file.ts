/** Looks whether a SQLite file is a whole company of ours: a backup is believed only after this. */
import Database from 'better-sqlite3';
import { migrations } from '../../../migrations/index.ts';
import { StartError } from '../../errors.ts';
import { quoted } from './side.ts';
import { UNFINISHED } from './unfinished.ts';

export interface Examined {
  readonly tables: number;
  readonly rows: number;
}

/** Reads every page and every row. Throws StartError with what is wrong; `name` is how the sentence calls the file. */
export function examineFile(file: string, name: string = file): Examined {
  let database: Database.Database;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
  } catch (cause) {
    throw new StartError('backup_unreadable', `打不开 ${name}：请检查路径和权限。`, { cause });
  }
  try {
    return examine(database, name);
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const code = cause instanceof Database.SqliteError ? cause.code : '';
    throw new StartError('backup_broken', `${name} 不是完好的数据库文件（${code}）。`, { cause });
  } finally {
    database.close();
  }
}

function examine(database: Database.Database, name: string): Examined {
  const list = (sql: string) => database.prepare(sql).pluck().all() as string[];
  const [verdict] = list('PRAGMA integrity_check(1)');
  if (verdict !== 'ok') throw new StartError('backup_broken', `${name} 已损坏：${verdict}`);
  const tables = list("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  if (!tables.includes('migrations') || !tables.includes('tenant'))
    throw new StartError('backup_foreign', `${name} 不是聊单的数据库。`);
  if (tables.includes(UNFINISHED))
    throw new StartError('copy_unfinished', `${name} 是 db copy 没有做完的副本，里面只有一部分数据。`);
  const known = new Set(migrations.map((Migration) => new Migration().name));
  if (list('SELECT name FROM migrations').some((migration) => !known.has(migration)))
    throw new StartError('backup_newer', `${name} 来自更新的版本：请先升级聊单，再用它。`);
  const rows = tables
    .filter((table) => table !== 'migrations')
    .reduce((sum, table) => sum + (list(`SELECT COUNT(*) FROM ${quoted(table)}`)[0] as unknown as number), 0);
  return { tables: tables.length - 1, rows };
}
