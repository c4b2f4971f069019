/** Finds customers by their names as people type them; the names of a company are read once and kept for a while. */
import { takenApart } from '../ask/names/asked.ts';
import { compileNames, type KnownName, type NameBook } from '../ask/names/compile-names.ts';
import { readingOf } from '../ask/names/readings.ts';
import { splitName } from '../ask/names/split-name.ts';
import { spell } from '../ask/words/spelling.ts';
import type { Tx } from '../tx.ts';
import { type Written, writtenNames } from './written-names.ts';

export interface NameDirectory {
  /** Ids of at most `limit` customers, the best first; some may have another name, or be gone, by now. */
  find(tx: Tx, words: string, limit: number): Promise<readonly string[]>;
}

interface Page {
  readonly book: NameBook;
  readonly written: Written;
  /** What the companies are called, without their places: 恒锐 of 宁波恒锐. Read when first needed. */
  readonly cores: () => readonly { readonly id: string; readonly core: string }[];
}

interface Volume {
  readonly pages: readonly Page[];
  readonly lastId: string;
  readonly readAt: number;
}

/** Another name is found by after so long; a new customer at once. Large companies are read more rarely: it takes 1 s for 100,000. */
const KEPT_MS = 60_000;
const KEPT_LARGE_MS = 3_600_000;
const INITIALS = /^[a-z]{2}$/;
/** Names that are read in one go: some 20 ms. */
const PAGE = 2_000;
/** Pages that are listened through in one go: 1 ms; a message of a platform is not to wait for a search. */
const HEARD_AT_ONCE = 5;

/** Names with their ids, oldest first, or those after one of them; all there are, or as many as `limit` says at least. */
export type ReadNames = (tx: Tx, after?: string, limit?: number) => Promise<readonly KnownName[]>;

/** One for the life of a process. `breathe`: lets everything else that waits go first. */
export function createNameDirectory(
  breathe: () => Promise<void>,
  readNames: ReadNames = (tx, after, limit) => tx.queries.customerNames(after, limit),
): NameDirectory {
  const volumes = new Map<string, Volume>();
  const reading = new Map<string, Promise<Volume>>();

  async function read(tx: Tx): Promise<Volume> {
    const pages: Page[] = [];
    let lastId = '';
    for (let names = await readNames(tx, '', PAGE); names.length > 0; names = await readNames(tx, lastId, PAGE)) {
      for (let from = 0; from < names.length; from += PAGE) {
        pages.push(pageOf(names.slice(from, from + PAGE)));
        await breathe();
      }
      lastId = names.at(-1)?.id ?? lastId;
    }
    const volume = { pages, lastId, readAt: tx.now };
    volumes.set(tx.tenantId, volume);
    return volume;
  }

  /** While one reads the names anew, the others go on with the old ones, or wait when there are none. */
  async function volumeOf(tx: Tx): Promise<Volume> {
    const known = volumes.get(tx.tenantId);
    const kept = known && known.pages.length > 1 ? KEPT_LARGE_MS : KEPT_MS;
    if (known && (tx.now - known.readAt < kept || reading.has(tx.tenantId))) return known;
    const begun = reading.get(tx.tenantId) ?? read(tx).finally(() => reading.delete(tx.tenantId));
    reading.set(tx.tenantId, begun);
    return begun;
  }

  return {
    async find(tx, words, limit) {
      const volume = await volumeOf(tx);
      const added = pageOf(await readNames(tx, volume.lastId));
      const pages = [added, ...volume.pages];
      const typed = spell(words).text;
      const asked = takenApart(words);
      const named = pages.flatMap(({ book }) => book.named(asked));
      const written = containing(pages, typed, limit);
      // By sound or slip only where nothing is written so: 恒瑞 for 恒锐.
      const near: { readonly id: string }[] = [];
      for (const [n, { book }] of named.length + written.length > 0 ? [] : pages.entries()) {
        near.push(...book.find(asked));
        if (n % HEARD_AT_ONCE === 0) await breathe();
      }
      // Two letters are too few where words stand in a sentence; who searches means a name.
      const initials = near.length + named.length + written.length === 0 && INITIALS.test(typed);
      for (const page of initials ? pages : []) {
        near.push(...beginningWith(page, typed));
        if (near.length >= limit) break;
        await breathe();
      }
      return [...new Set([...named.map(({ id }) => id), ...written, ...near.map(({ id }) => id)])].slice(0, limit);
    },
  };
}

function pageOf(names: readonly KnownName[]): Page {
  let cores: ReturnType<Page['cores']> | null = null;
  return {
    book: compileNames(names),
    written: writtenNames(names),
    cores() {
      cores ??= names.map(({ id, name }) => ({ id, core: splitName(name).core }));
      return cores;
    },
  };
}

/** Names whose first characters have these first letters: hr for 恒锐. */
function beginningWith(page: Page, letters: string): readonly { readonly id: string }[] {
  return page
    .cores()
    .filter(({ core }) =>
      [...letters].every((letter, i) => readingOf(core.charCodeAt(i)).spelt.some((one) => one[0] === letter)),
    );
}

/** Names that begin with the words, then those with the words anywhere. */
function containing(pages: readonly Page[], typed: string, limit: number): readonly string[] {
  if (typed === '') return [];
  const beginning: string[] = [];
  const within: string[] = [];
  for (const { written } of pages) {
    const found = written.holding(typed, limit);
    beginning.push(...found.beginning);
    within.push(...found.within);
    if (beginning.length >= limit) break;
  }
  return [...beginning, ...within].slice(0, limit);
}
