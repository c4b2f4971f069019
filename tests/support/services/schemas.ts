// Schemas on the MariaDB of a test run: new ones, and migrated ones that are emptied and used again by the next test.

import { randomBytes } from 'node:crypto';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { inject } from 'vitest';
import { createIdGenerator } from '../../../src/ids.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import type { FreshDatabase } from './fresh.ts';
import type {} from './mariadb-setup.ts';

/** Migrated and without rows; each worker has its own. */
const idle: string[] = [];
/** What migrating leaves in every schema of this run. */
let migrated: { readonly tables: readonly string[]; readonly migrations: number } | null = null;

export async function emptySchema(server: string): Promise<FreshDatabase> {
  const name = `${inject('schemaPrefix')}${randomBytes(6).toString('hex')}`;
  await connected(server, (connection) =>
    connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`),
  );
  return { url: urlOf(server, name), dispose: () => drop(server, name) };
}

/** As a start of the product leaves an empty one. Making it anew takes fifty times as long as emptying it. */
export async function migratedSchema(server: string): Promise<FreshDatabase> {
  const name = idle.pop() ?? (await makeMigrated(server));
  return { url: urlOf(server, name), dispose: () => giveBack(server, name) };
}

async function makeMigrated(server: string): Promise<string> {
  const { url } = await emptySchema(server);
  const database = await openDatabase({ url, now: Date.now, newId: createIdGenerator(Date.now) });
  await database.close();
  const name = new URL(url).pathname.slice(1);
  migrated ??= await connected(server, async (connection) => ({
    tables: await tablesOf(connection, name),
    migrations: await countOf(connection, `${name}.migrations`),
  }));
  return name;
}

/** One that a test bent, or where somebody is still at work, serves nobody else. */
async function giveBack(server: string, name: string): Promise<void> {
  if (await connected(server, (connection) => cleared(connection, name))) idle.push(name);
  else await drop(server, name);
}

async function cleared(connection: Connection, name: string): Promise<boolean> {
  if (!migrated || (await countOf(connection, 'information_schema.processlist', 'db', name)) > 0) return false;
  if ((await countOf(connection, 'information_schema.triggers', 'trigger_schema', name)) > 0) return false;
  if ((await countOf(connection, `${name}.migrations`)) !== migrated.migrations) return false;
  const tables = await tablesOf(connection, name);
  const added = tables.filter((table) => !migrated?.tables.includes(table));
  if (tables.length - added.length !== migrated.tables.length) return false;
  const kept = migrated.tables.filter((table) => table !== 'migrations');
  await connection.query(
    [
      ...added.map((table) => `DROP TABLE ${name}.${table}`),
      ...kept.map((table) => `DELETE FROM ${name}.${table}`),
    ].join('; '),
  );
  return true;
}

const drop = (server: string, name: string): Promise<void> =>
  connected(server, async (connection) => {
    await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  });

async function tablesOf(connection: Connection, name: string): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name',
    [name],
  );
  return rows.map((row) => String(row.name));
}

async function countOf(connection: Connection, table: string, column = '1', value: string | number = 1) {
  const [rows] = await connection.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${column} = ?`, [
    value,
  ]);
  return Number(rows[0]?.n);
}

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function connected<T>(server: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: server, multipleStatements: true });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
