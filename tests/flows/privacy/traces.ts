// Looking for words in everything that is stored.

import { readFileSync } from 'node:fs';
import { sqliteFile } from '../../../src/persistence/sqlite-file.ts';

/** Which of the words stand in the bytes of a SQLite database, the log beside it included. */
export function bytesWith(url: string, words: readonly string[]): readonly string[] {
  const file = sqliteFile(url);
  const bytes = Buffer.concat([file, `${file}-wal`].map((path) => readFileSync(path)));
  return words.filter((word) => bytes.includes(word));
}
