/** Asks the server whether it can skip rows that others have locked; the version is only what it says of itself. */
import type { Connections } from './data-source.ts';

/** ER_PARSE_ERROR and ER_NOT_SUPPORTED_YET, of engines that only speak like MySQL. */
const UNKNOWN_WORDS: readonly unknown[] = [1064, 1235];

/** After the upgrade: it takes a real table. False where claiming goes row by row, by compare-and-set. */
export async function knowsSkipLocked({ skipLocked, writer }: Connections): Promise<boolean> {
  if (!skipLocked) return false;
  try {
    await writer.query('SELECT id FROM inbox_event WHERE id IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errno' in error && UNKNOWN_WORDS.includes(error.errno)) return false;
    throw error;
  }
}
