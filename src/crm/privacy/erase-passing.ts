/** An erased person in what passes: entries of the queues, answers that are kept a day, places in the pace. */
import type { Tx } from '../tx.ts';
import type { NewNumbers } from './erase-words.ts';
import { PASSING, QUEUES } from './other-holdings.ts';
import type { StoredRow } from './personal-rows.ts';
import type { ErasePlan } from './plan.ts';
import { mentions, replaceNumber, spellings } from './strike-out.ts';

/** Characters the column holds. */
const LONGEST_KEY = 160;
const DEAD = { column: 'status', ids: ['dead'] };
const DONE = { column: 'status', ids: ['done'] };
const READY = { column: 'status', ids: ['ready'] };

/**
 * Whatever mentions the person goes: nothing is left to be done with it. Entries that are set aside wait for others, too:
 * they go for a number or for a name that is struck out everywhere, where it stands alone. Returns how many of them went.
 */
export async function dropPassing(tx: Tx, plan: ErasePlan, by: NewNumbers): Promise<number> {
  const { personal } = tx.queries;
  const certain = certainTexts(plan);
  const all = spellings([...plan.strikes.map(({ text }) => text), ...plan.numbers]);
  let setAside = 0;
  for (const [table, { key, columns }] of Object.entries(PASSING)) {
    if (QUEUES.includes(table)) {
      await clearDone(tx, table, certain, by);
      const dead = naming(await personal.mentioning(table, columns, certain, DEAD), columns, certain);
      setAside += await personal.drop(table, idsOf(dead));
      continue;
    }
    const found = naming(await personal.mentioning(table, columns, all), columns, all);
    await personal.drop(table, idsOf(found, key), key);
  }
  return setAside;
}

/** An event that is done keeps its key: the same one sent again must still find that it is known. Our own orders' keys are renumbered. */
async function clearDone(tx: Tx, table: string, texts: readonly string[], by: NewNumbers): Promise<void> {
  const { personal } = tx.queries;
  const columns = ['dedupe_key', 'order_key'];
  for (const row of naming(await personal.mentioning(table, columns, texts, DONE), columns, texts)) {
    let key = String(row['dedupe_key']);
    if (table === 'outbox_order') for (const [number, other] of by) key = replaceNumber(key, number, other);
    await personal.change(table, idsOf([row]), { order_key: '', dedupe_key: key.slice(0, LONGEST_KEY) });
  }
}

/** Entries of inbox and outbox that are still to be worked off and name one of the person's numbers. */
export async function unfinished(tx: Tx, { strikes, numbers }: ErasePlan): Promise<number> {
  const struck = strikes.filter(({ kind }) => kind === 'number').map(({ text }) => text);
  const [texts, columns] = [spellings([...struck, ...numbers]), ['payload', 'order_key']];
  let waiting = 0;
  for (const table of QUEUES)
    waiting += naming(await tx.queries.personal.mentioning(table, columns, texts, READY), columns, texts).length;
  return waiting;
}

/** What means this person wherever in the company it stands. */
function certainTexts({ strikes, numbers }: ErasePlan): readonly string[] {
  const everywhere = strikes.filter(({ where }) => where === 'everywhere');
  return spellings([...everywhere.map(({ text }) => text), ...numbers]);
}

/** The database finds them as parts of other words as well. */
function naming(rows: readonly StoredRow[], columns: readonly string[], texts: readonly string[]): StoredRow[] {
  return rows.filter((row) =>
    columns.some((column) => texts.some((text) => mentions(String(row[column] ?? ''), text))),
  );
}

const idsOf = (rows: readonly StoredRow[], key = 'id'): readonly string[] => rows.map((row) => String(row[key]));
