// SQLite files for tests, in memory where there is room: empty ones, and copies of a migrated one.

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createIdGenerator } from '../../../src/ids.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import type { FreshDatabase } from './fresh.ts';
import { memoryFolder } from './memory.ts';

/** Nothing at the address yet: opening it makes the file. */
export async function emptyFile(): Promise<FreshDatabase> {
  const folder = await memoryFolder('liaodan-sqlite-');
  return {
    url: `sqlite:${join(folder, 'crm.db')}`,
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** As a start of the product leaves an empty one. */
export async function migratedFile(): Promise<FreshDatabase> {
  template ??= makeTemplate();
  const [content, file] = await Promise.all([template, emptyFile()]);
  await writeFile(fileOf(file), content);
  return file;
}

/** Each worker migrates once. */
let template: Promise<Buffer> | null = null;

async function makeTemplate(): Promise<Buffer> {
  const file = await emptyFile();
  const database = await openDatabase({ url: file.url, now: Date.now, newId: createIdGenerator(Date.now) });
  await database.close();
  const content = await readFile(fileOf(file));
  await file.dispose();
  return content;
}

const fileOf = ({ url }: FreshDatabase): string => url.slice('sqlite:'.length);
