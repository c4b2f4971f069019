/** Asks for pages so that one record that kills the library cannot stop the archive for ever. */
import { ArchiveRefusal, tooBig } from './failures.ts';
import { LibraryFailure } from './library.ts';
import type { Page, Records } from './records.ts';

/** The SDK takes 1,000; smaller pages commit sooner. */
const usualLimit = 200;

/**
 * A page that kills the library is asked for in smaller and smaller pieces; when one record alone kills it twice, what
 * lies behind is tried. The place only moves when such a try succeeds, so a library that always dies skips nothing.
 */
export function createCautiousPull(records: Records): (seq: string) => Promise<Page> {
  let limit = usualLimit;
  let deathsAtOne = 0;

  return async (seq) => {
    const skipped = limit === 1 ? Math.max(0, deathsAtOne - 1) : 0;
    try {
      const page = await records.pull(String(BigInt(seq) + BigInt(skipped)), limit);
      deathsAtOne = 0;
      limit = Math.min(usualLimit, limit * 2);
      return skipped === 0 ? page : { ...page, unreadable: page.unreadable + 1 };
    } catch (error) {
      const died = error instanceof LibraryFailure && (error.kind === 'crashed' || error.kind === 'hung');
      if (died && limit === 1) deathsAtOne += 1;
      if (died || (error instanceof ArchiveRefusal && error.code === tooBig)) {
        limit = Math.max(1, Math.floor(limit / 10));
      }
      throw error;
    }
  };
}
