/** Backup and restore of a SQLite file: verified, private, never over something, never under a server. */
import { existsSync } from 'node:fs';
import {
  copyFile,
  link,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/persistence/database.ts';
import { holdBare } from '../../src/persistence/moving/hold-alone.ts';
import { moving } from '../../src/persistence/moving/index.ts';
import { takePlace } from '../../src/persistence/moving/take-place.ts';
import { UNFINISHED } from '../../src/persistence/moving/unfinished.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { at, fillEveryTable } from './copy-company.ts';

const open = (url: string) => openDatabase({ url, now: () => 0, newId: () => 'id' });
const STAMP = '20261123-041530';

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-backup-'));
  const file = join(folder, 'crm.db');
  return {
    folder,
    file,
    url: `sqlite:${file}`,
    backup: join(folder, 'backups', 'one.db'),
    save: (overwrite = false) => moving.backup(`sqlite:${file}`, join(folder, 'backups', 'one.db'), { overwrite }),
    load: (to = file) => moving.restore(join(folder, 'backups', 'one.db'), `sqlite:${to}`, STAMP),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

const customers = (url: string): Promise<{ n: number }[]> =>
  at(url, (writer) => writer.query('SELECT COUNT(*) AS n FROM customer'));

if (databaseKind === 'mysql') {
  describeDatabase('a backup', () => {
    it('is the business of the server’s own tool, which the command names', () => {
      const address = 'mysql://crm:s3cret@db.example.com:3307/crm';
      expect(moving.server(address)).toEqual({ host: 'db.example.com', port: 3307, user: 'crm', database: 'crm' });
      expect(() => moving.server('postgres://crm@db/crm')).toThrow('DATABASE_URL 看不懂');
    });
  });
} else
  describeDatabase('a backup', () => {
    it('is a whole company in one file that only its owner reads, and leaves nothing else behind', async () => {
      await using place = await openFolder();
      const tables = await fillEveryTable(place.url);
      const running = await open(place.url);
      const report = await place.save();
      await running.close();
      const rows = tables.length * 7;
      expect(report).toMatchObject({ file: place.backup, tables: tables.length, rows });
      expect((await stat(place.backup)).mode & 0o777).toBe(0o600);
      expect(await readdir(join(place.folder, 'backups'))).toEqual(['one.db']);
    });

    it('never takes the place of a file unless told, and what it replaces is whole until the moment it goes', async () => {
      await using place = await openFolder();
      await (await open(place.url)).close();
      await place.save();
      const before = await readFile(place.backup);
      await expect(place.save()).rejects.toMatchObject({ code: 'backup_exists' });
      expect((await readFile(place.backup)).equals(before)).toBe(true);
      await fillEveryTable(place.url);
      expect((await place.save(true)).rows).toBeGreaterThan(100);
    });

    it('is refused where there is nothing to back up, or nowhere to put it, and leaves no half file', async () => {
      await using place = await openFolder();
      await expect(place.save()).rejects.toMatchObject({ code: 'database_missing' });
      await writeFile(place.file, 'these are notes, '.repeat(1000));
      await expect(place.save()).rejects.toMatchObject({ code: 'backup_failed' });
      expect(await readdir(join(place.folder, 'backups'))).toEqual([]);
      await writeFile(join(place.folder, 'blocked'), '');
      const nowhere = moving.backup(place.url, join(place.folder, 'blocked', 'one.db'), { overwrite: false });
      await expect(nowhere).rejects.toMatchObject({ code: 'backup_failed' });
      await rm(place.file);
      await fillEveryTable(place.url);
      const folder = moving.backup(place.url, join(place.folder, 'backups'), { overwrite: true });
      await expect(folder).rejects.toMatchObject({ code: 'backup_failed' });
    });

    it('comes back in the place of what was there, which is kept with all that belongs to it', async () => {
      await using place = await openFolder();
      await fillEveryTable(place.url);
      await place.save();
      await at(place.url, (writer) => writer.query('DELETE FROM customer'));
      const report = await place.load();
      expect(report).toMatchObject({ file: place.file, unreadable: false });
      expect(report.asideAt[0]).toBe(`${place.file}.before-restore-${STAMP}`);
      expect(await customers(`sqlite:${report.asideAt[0]}`)).toEqual([{ n: 0 }]);
      expect(await customers(place.url)).toEqual([{ n: 7 }]);
      expect((await stat(place.file)).mode & 0o777).toBe(0o600);
      await (await open(place.url)).close();
      const elsewhere = join(place.folder, 'new', 'crm.db');
      expect(await place.load(elsewhere)).toMatchObject({ file: elsewhere, asideAt: [] });
      expect(await customers(`sqlite:${elsewhere}`)).toEqual([{ n: 7 }]);
    });

    it('is not put under a server that runs, idle as it may be', async () => {
      await using place = await openFolder();
      await (await open(place.url)).close();
      await place.save();
      const running = await open(place.url);
      await expect(place.load()).rejects.toMatchObject({ code: 'database_in_use' });
      await running.close();
      expect(await place.load()).toMatchObject({ unreadable: false });
    });

    it('takes the place of a file that is broken, and of the log that belonged to it', async () => {
      await using place = await openFolder();
      await fillEveryTable(place.url);
      await place.save();
      await writeFile(place.file, 'broken');
      await writeFile(`${place.file}-wal`, 'of the broken one');
      const { asideAt, unreadable } = await place.load();
      expect(unreadable).toBe(true);
      const [file, log] = ['', '-wal'].map((part) => `${place.file}.before-restore-${STAMP}${part}`);
      expect(asideAt).toEqual(expect.arrayContaining([file, log]));
      expect(await readFile(log ?? '', 'utf8')).toBe('of the broken one');
      expect(await customers(place.url)).toEqual([{ n: 7 }]);
    });

    it('never takes the place of the database itself, whatever name it is called by, nor of a file in use', async () => {
      await using place = await openFolder();
      await fillEveryTable(place.url);
      const [inode, linked] = [(await stat(place.file)).ino, join(place.folder, 'linked.db')];
      await symlink(place.folder, join(place.folder, 'round'));
      await link(place.file, linked);
      const own = ['crm.db', 'crm.db-wal', 'crm.db-shm', 'crm.db-journal', 'linked.db', 'round/crm.db'];
      for (const name of own)
        await expect(
          moving.backup(place.url, join(place.folder, name), { overwrite: true }),
          name,
        ).rejects.toMatchObject({ code: 'backup_same' });
      await rm(linked);
      await place.save();
      const other = await open(`sqlite:${place.backup}`);
      await expect(place.save(true)).rejects.toMatchObject({ code: 'database_in_use' });
      await other.close();
      await writeFile(`${place.backup}-journal`, 'of another');
      await rm(place.backup);
      await expect(place.save()).rejects.toMatchObject({ code: 'backup_beside' });
      expect((await stat(place.file)).ino).toBe(inode);
      expect(await customers(place.url)).toEqual([{ n: 7 }]);
    });

    it('comes back with the rows that are still in a log beside it', async () => {
      await using place = await openFolder();
      await fillEveryTable(place.url);
      await place.save();
      const last = new Sqlite(place.backup);
      last.pragma('journal_mode = WAL');
      last.exec('CREATE TABLE later (n INTEGER); INSERT INTO later VALUES (1), (2), (3)');
      for (const part of ['', '-wal']) await copyFile(`${place.backup}${part}`, `${place.backup}.copy${part}`);
      last.close();
      for (const part of ['', '-wal']) await rename(`${place.backup}.copy${part}`, `${place.backup}${part}`);
      await place.load();
      expect(await at(place.url, (writer) => writer.query('SELECT n FROM later'))).toHaveLength(3);
    });

    it('takes the name in one step: nobody comes in, and at no moment is there no database', async () => {
      await using place = await openFolder();
      await fillEveryTable(place.url);
      const [fresh, aside] = [join(place.folder, 'fresh'), join(place.folder, 'aside')];
      // The last step fails: what would be found after a crash before it.
      expect(() => takePlace(fresh, place.file, aside)).toThrow('ENOENT');
      expect(await customers(place.url)).toEqual([{ n: 7 }]);
      expect(existsSync(aside)).toBe(false);
      const broken = join(place.folder, 'broken');
      for (const part of ['', '-wal']) await writeFile(`${broken}${part}`, 'broken');
      expect(() => takePlace(fresh, broken, aside)).toThrow('ENOENT');
      expect((await readdir(place.folder)).sort()).toEqual(['broken', 'broken-wal', 'crm.db']);
      for (const part of ['', '-wal']) await rm(`${broken}${part}`);
      await writeFile(fresh, '');
      const running = await open(place.url);
      expect(() => takePlace(fresh, place.file, aside)).toThrow('正在使用中');
      await running.close();
      expect((await readdir(place.folder)).sort()).toEqual(['crm.db', 'fresh']);
      const held = holdBare(place.file);
      expect(await readdir(place.folder)).not.toContainEqual(expect.stringMatching(/-(wal|shm|journal)$/));
      const another = new Sqlite(place.file, { timeout: 0 });
      expect(() => another.pragma('journal_mode = WAL')).toThrow('locked');
      another.close();
      await writeFile(`${place.file}-journal`, 'of the next');
      held.close();
      expect(await readFile(`${place.file}-journal`, 'utf8')).toBe('of the next');
    });

    it('that is damaged, newer, half a copy or somebody else’s is refused, and what is there stays', async () => {
      await using place = await openFolder();
      await fillEveryTable(place.url);
      const spoil = async (how: () => Promise<unknown>, code: string) => {
        await place.save(true);
        await how();
        await expect(place.load()).rejects.toMatchObject({ code });
        expect(await customers(place.url)).toEqual([{ n: 7 }]);
      };
      const inBackup = (sql: string) => () => at(`sqlite:${place.backup}`, (writer) => writer.query(sql));
      await spoil(async () => truncate(place.backup, (await stat(place.backup)).size - 8192), 'backup_broken');
      await spoil(inBackup("INSERT INTO migrations (timestamp, name) VALUES (1, 'Later9')"), 'backup_newer');
      await spoil(inBackup(`CREATE TABLE ${UNFINISHED} (n INTEGER)`), 'copy_unfinished');
      await spoil(inBackup('DROP TABLE tenant'), 'backup_foreign');
      await spoil(() => writeFile(place.backup, 'notes'), 'backup_broken');
      await spoil(() => rm(place.backup), 'backup_unreadable');
      expect(await readdir(place.folder)).not.toContainEqual(expect.stringContaining('unfinished'));
    });
  });
