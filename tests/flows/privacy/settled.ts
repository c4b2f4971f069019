// Waiting until nothing is on its way, and looking for words in everything that is stored.

import { readFileSync } from 'node:fs';
import type { Sandbox } from '../../../sandbox/start.ts';
import { sqliteFile } from '../../../src/persistence/sqlite-file.ts';

/** Until everything that came in is worked off and everything that goes out has left. */
export async function backlogEmpty({ app, platform }: Sandbox): Promise<void> {
  await platform.quiet();
  const { inbox, outbox } = app.database;
  while ((await inbox.backlog()).ready + (await outbox.backlog()).ready > 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Which of the words stand in the bytes of a SQLite database, the log beside it included. */
export function bytesWith(url: string, words: readonly string[]): readonly string[] {
  const file = sqliteFile(url);
  const bytes = Buffer.concat([file, `${file}-wal`].map((path) => readFileSync(path)));
  return words.filter((word) => bytes.includes(word));
}
