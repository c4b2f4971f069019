/** One side of a copy: tables, columns and rows of a database, in a form in which both kinds are alike. */
import type { StartError } from '../../errors.ts';

/** NULL; an integer as its decimal digits; text; bytes. */
export type Value = null | string | Buffer;

export interface Side {
  /** For sentences, without a password. */
  readonly name: string;
  /** How this database is emptied by the person who reads it, as a Chinese half sentence. */
  readonly howToEmpty: string;
  /** Names of the tables, in order. */
  tables(): Promise<string[]>;
  columns(table: string): Promise<string[]>;
  /** Names of the migrations that were run, in order. */
  migrations(): Promise<string[]>;
  count(table: string): Promise<number>;
  /** All rows, a batch at a time; never more than a batch is held. */
  batches(table: string, columns: readonly string[]): AsyncIterable<readonly (readonly Value[])[]>;
  /** What somebody else is doing here; null when nobody is. */
  usedBy(): Promise<string | null>;
  run(sql: string): Promise<void>;
  insert(table: string, columns: readonly string[], rows: readonly (readonly Value[])[]): Promise<void>;
  /** The sentence for a fault of `insert`; null for one that has none. */
  whyRefused(error: unknown, table: string): StartError | null;
  close(): Promise<void>;
}

/** `lead` and `signal` are words of MySQL; SQLite understands its quotes. */
export const quoted = (name: string): string => `\`${name}\``;

export const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

const ROWS = 500;
/** As characters or bytes: three times that, or twice with escapes, is far below what a packet holds. */
const SIZE = 512 * 1024;

/** Collects rows; says when enough are together. */
export function createBatch(): { add(row: readonly Value[]): boolean; take(): readonly (readonly Value[])[] } {
  let rows: (readonly Value[])[] = [];
  let size = 0;
  return {
    add(row) {
      rows.push(row);
      for (const value of row) size += value?.length ?? 0;
      return rows.length >= ROWS || size >= SIZE;
    },
    take() {
      const taken = rows;
      rows = [];
      size = 0;
      return taken;
    },
  };
}
