/** What `db …` does to databases: copy, back up, restore. */
import type { Moving } from '../../work/moving.ts';
import { badDatabaseUrl, isMysqlUrl, readMysqlUrl } from '../mysql-address.ts';
import { isSqliteUrl, sqliteFile } from '../sqlite-file.ts';
import { backupFile } from './backup.ts';
import { copyCompany } from './copy.ts';
import { restoreFile } from './restore.ts';

export const moving: Moving = {
  copy: copyCompany,
  backup: async (url, file, { overwrite }) => backupFile(sqliteFile(url), file, overwrite),
  restore: async (file, url, stamp) => restoreFile(file, sqliteFile(url), stamp),
  server(url) {
    if (isSqliteUrl(url)) return null;
    if (!isMysqlUrl(url)) throw badDatabaseUrl();
    const { host, port, user, database } = readMysqlUrl(url);
    return { host, port, user, database };
  },
  file: sqliteFile,
};
