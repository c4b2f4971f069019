/** Databases to copy from and to: one of this run's engine, one SQLite file beside it, and rows that are hard to carry. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connections, closeConnections, openConnections } from '../../src/persistence/data-source.ts';
import { migrate } from '../../src/persistence/migrate.ts';
import { columnsOf, tableNames, uniqueKeysOf } from '../migrations/tables.ts';
import { freshDatabaseUrl } from '../support/services/database.ts';
import type { FreshDatabase } from '../support/services/fresh.ts';

export interface Ends extends AsyncDisposable {
  /** A SQLite file that is not there yet. */
  readonly file: string;
  /** Another one. */
  readonly otherFile: string;
  /** An empty database of this run's engine. */
  fresh(): Promise<string>;
}

export async function openEnds(): Promise<Ends> {
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-copy-'));
  const opened: FreshDatabase[] = [];
  return {
    file: `sqlite:${join(folder, 'one.db')}`,
    otherFile: `sqlite:${join(folder, 'two.db')}`,
    async fresh() {
      const database = await freshDatabaseUrl();
      opened.push(database);
      return database.url;
    },
    async [Symbol.asyncDispose]() {
      for (const { dispose } of opened) await dispose();
      await rm(folder, { recursive: true });
    },
  };
}

/** Works on a database with our tables, as somebody with a console would. */
export async function at<T>(url: string, work: (writer: Connections['writer']) => Promise<T>): Promise<T> {
  const connections = await openConnections(url, []);
  try {
    await migrate(connections);
    return await work(connections.writer);
  } finally {
    await closeConnections(connections);
  }
}

const ODD = ['', '  空格  ', `'; \\' "x" \r\n\t`, '𠮷野家 👩‍👩‍👧‍👦 é ﷽', 'Ä ä A a', 'x\u0000y', '%_\\%'];
const LARGEST = '9223372036854775807';
const ROWS = ODD.length;

/** Some rows in every table: nothing, empty, trailing spaces, every script, the largest numbers, all bytes. */
export async function fillEveryTable(url: string): Promise<readonly string[]> {
  return at(url, async (writer) => {
    const tables = await tableNames(writer);
    for (const table of tables) {
      const columns = await columnsOf(writer, table);
      const keys = new Set((await uniqueKeysOf(writer, table)).flat());
      const names = columns.map(({ name }) => `\`${name}\``).join(', ');
      for (let n = 0; n < ROWS; n += 1) {
        const values = columns.map(({ name, type, nullable }) =>
          nullable && n === 0 ? null : valueFor(type, n, keys.has(name)),
        );
        const sql = `INSERT INTO \`${table}\` (${names}) VALUES (${values.map(() => '?').join(', ')})`;
        await writer.query(sql, values);
      }
    }
    return tables;
  });
}

function valueFor(type: string, n: number, unique: boolean): string | number | Buffer {
  if (/^(boolean|tinyint)/.test(type)) return n % 2;
  if (/^bigint/.test(type)) return unique ? n : ([0, LARGEST, `-${LARGEST}`, 1, 9007199254740993n.toString()][n] ?? n);
  if (/blob/.test(type)) return Buffer.from(Array.from({ length: 256 }, (_, byte) => byte ^ n));
  const length = Number(/\((\d+)\)/.exec(type)?.[1] ?? 100_000);
  return [...`${unique ? `${n}` : ''}${ODD[n] ?? ''}`].slice(0, length).join('');
}
