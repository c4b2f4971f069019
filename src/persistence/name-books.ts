/** The names of a company's customers as one looks them up; reading and preparing 100,000 takes seconds, so they are kept. */
import { compileNames } from '../crm/ask/names/compile-names.ts';
import type { KnownName, Mention, NameBook } from '../crm/ask/names/known-name.ts';
import type { Session } from './session.ts';

/** Every customer's name, oldest first, or of those made after one of them; at most `limit`. */
export function namesAfter(session: Session, tenantId: string, id: string, limit?: number): Promise<KnownName[]> {
  const sql = 'SELECT id, name FROM customer WHERE tenant_id = ? AND id > ? AND withdrawn_at IS NULL ORDER BY id';
  if (limit === undefined) return session.query<KnownName>(sql, [tenantId, id]);
  return session.query<KnownName>(`${sql} LIMIT ?`, [tenantId, id, limit]);
}

export type NameBooks = (session: Session, tenantId: string) => Promise<NameBook>;

interface Kept {
  readonly book: NameBook;
  /** Ids grow: what comes after this one is new. */
  readonly lastId: string;
  readonly until: number;
}

/** Another name is known after so long; a new customer at once. Large companies are read more rarely. */
const KEPT_MS = 60_000;
const KEPT_LARGE_MS = 3_600_000;
const LARGE = 2_000;

export function createNameBooks(now: () => number): NameBooks {
  const kept = new Map<string, Kept>();
  /** Readings under way: of a large company every further one at the same time would hold all its names once more. */
  const reading = new Map<string, Promise<Kept>>();

  async function read(session: Session, tenantId: string): Promise<Kept> {
    const names = await namesAfter(session, tenantId, '');
    const until = now() + (names.length > LARGE ? KEPT_LARGE_MS : KEPT_MS);
    return { book: compileNames(names), lastId: names.at(-1)?.id ?? '', until };
  }

  /** Reads it, or waits for whoever does; theirs may fail for reasons that are not ours. */
  async function readOnce(session: Session, tenantId: string): Promise<Kept> {
    const underWay = await reading.get(tenantId)?.catch(() => null);
    if (underWay) return underWay;
    const own = read(session, tenantId);
    reading.set(tenantId, own);
    try {
      const made = await own;
      kept.set(tenantId, made);
      return made;
    } finally {
      if (reading.get(tenantId) === own) reading.delete(tenantId);
    }
  }

  return async (session, tenantId) => {
    const known = kept.get(tenantId);
    const current = known && now() < known.until ? known : await readOnce(session, tenantId);
    const added = await namesAfter(session, tenantId, current.lastId);
    return added.length === 0 ? current.book : together(compileNames(added), current.book);
  };
}

/** Two books as one. How somebody is written goes before what is only near; the longer of two names at one place is meant. */
function together(added: NameBook, book: NameBook): NameBook {
  const named = (words: Parameters<NameBook['named']>[0]) => [...added.named(words), ...book.named(words)];
  return {
    named,
    find(words) {
      const written = named(words);
      return written.length > 0 ? written : [...added.find(words), ...book.find(words)];
    },
    mentions(text) {
      const found: Mention[] = [];
      const all = [...added.mentions(text), ...book.mentions(text)];
      for (const mention of all.sort((a, b) => b.to - b.from - (a.to - a.from))) {
        const at = found.findIndex(({ from, to }) => from < mention.to && mention.from < to);
        const there = found[at];
        if (!there) found.push(mention);
        else if (there.from === mention.from && there.to === mention.to)
          found[at] = { ...there, names: [...there.names, ...mention.names] };
      }
      return found.sort((a, b) => a.from - b.from);
    },
  };
}
