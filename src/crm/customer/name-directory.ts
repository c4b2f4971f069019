/** Finds customers by their names as people type them; the names of a company are read once and kept for a while. */
import { compileNames, type KnownName, type NameBook } from '../ask/names/compile-names.ts';
import { spell } from '../ask/words/spelling.ts';
import type { Tx } from '../tx.ts';

export interface NameDirectory {
  /** Ids of at most `limit` customers, the best first; some may have another name, or be gone, by now. */
  find(tx: Tx, words: string, limit: number): Promise<readonly string[]>;
}

interface Page {
  readonly book: NameBook;
  readonly spelt: readonly { readonly id: string; readonly text: string }[];
}

interface Volume extends Page {
  readonly lastId: string;
  readonly readAt: number;
}

/** Another name is found by after so long; a new customer at once. Large companies are read more rarely: it takes 1 s for 100,000. */
const KEPT_MS = 60_000;
const KEPT_LARGE_MS = 3_600_000;
const LARGE = 5_000;

/** One for the life of a process. */
export function createNameDirectory(): NameDirectory {
  const volumes = new Map<string, Volume>();
  async function volumeOf(tx: Tx): Promise<Volume> {
    const known = volumes.get(tx.tenantId);
    const kept = known && known.spelt.length > LARGE ? KEPT_LARGE_MS : KEPT_MS;
    if (known && tx.now - known.readAt < kept) return known;
    const names = await tx.queries.customerNames();
    const fresh = { ...pageOf(names), lastId: names.at(-1)?.id ?? '', readAt: tx.now };
    volumes.set(tx.tenantId, fresh);
    return fresh;
  }
  return {
    async find(tx, words, limit) {
      const volume = await volumeOf(tx);
      const added = pageOf(await tx.queries.customerNames(volume.lastId));
      const typed = spell(words).text;
      const found = [added, volume].flatMap(({ book }) => book.find(words).map(({ id }) => id));
      const written = [added, volume].flatMap((page) => containing(page, typed, limit));
      return [...new Set([...found, ...written])].slice(0, limit);
    },
  };
}

function pageOf(names: readonly KnownName[]): Page {
  return { book: compileNames(names), spelt: names.map(({ id, name }) => ({ id, text: spell(name).text })) };
}

/** Names that begin with the words, then those with the words anywhere. */
function containing({ spelt }: Page, typed: string, limit: number): readonly string[] {
  if (typed === '') return [];
  const within: string[] = [];
  const beginning: string[] = [];
  for (const { id, text } of spelt) {
    const at = text.indexOf(typed);
    if (at === 0 && beginning.push(id) >= limit) break;
    if (at > 0 && within.length < limit) within.push(id);
  }
  return [...beginning, ...within];
}
