/** Strikes a person's names and numbers out of what others wrote and of what the machinery noted. */
import type { Tx } from '../tx.ts';
import { holdings } from './holdings.ts';
import type { StoredRow } from './personal-rows.ts';
import type { ErasePlan } from './plan.ts';
import { replaceNumber, spellings, strikeOut } from './strike-out.ts';

export interface Mention {
  readonly table: string;
  readonly id: string;
}

/** What stands in the place of a platform's number, by the number. */
export type NewNumbers = ReadonlyMap<string, string>;

/** Rows that would read differently; those that go or change with the person anyway are among them. */
export async function findMentions(tx: Tx, plan: ErasePlan): Promise<readonly Mention[]> {
  const { personal } = tx.queries;
  const near = spellings(plan.strikes.filter(({ where }) => where === 'around').map(({ text }) => text));
  const far = spellings(plan.strikes.filter(({ where }) => where === 'everywhere').map(({ text }) => text));
  const numbers = [...numbersOf(plan), ...plan.numbers];
  const found = new Map<string, Mention>();
  const note = (table: string, rows: readonly StoredRow[]) => {
    for (const { id } of rows) found.set(`${table} ${id}`, { table, id: String(id) });
  };
  for (const [table, { words = [], plain = [], customer, nobody }] of Object.entries(holdings)) {
    if (nobody !== undefined || KNOWN_BY.includes(table)) continue;
    note(table, await personal.mentioning(table, words, far));
    note(table, await personal.mentioning(table, plain.filter(isNoId), numbers));
    if (!customer || near.length === 0) continue;
    const within = { column: customer.column, ids: plan.around[customer.ids] };
    note(table, await personal.mentioning(table, words, near, within));
  }
  // Messages last: an erasure that was cut off learns from them again how the person was called.
  return [...found.values()].toSorted((a, b) => Number(a.table === 'message') - Number(b.table === 'message'));
}

/** What the person is found and known by stays until the rest is done; it goes with the rows. */
const KNOWN_BY = [
  'contact_identity',
  'contact_profile',
  'contact',
  'customer',
  'staff_identity',
  'staff_profile',
  'staff',
];

/** Strikes them out of these rows as they stand now. Returns how many changed. */
export async function strikeMentions(
  tx: Tx,
  plan: ErasePlan,
  mentions: readonly Mention[],
  by: NewNumbers,
): Promise<number> {
  const { personal } = tx.queries;
  const [all, numbers] = [plan.strikes.map(({ text }) => text), numbersOf(plan)];
  let changed = 0;
  for (const { table, id } of mentions) {
    const [row] = await personal.rows(table, { column: 'id', ids: [id] });
    const { words = [], plain = [] } = holdings[table] ?? {};
    const patch: Record<string, string> = {};
    for (const column of [...words, ...plain]) {
      const stored = row?.[column];
      if (typeof stored !== 'string') continue;
      const left = words.includes(column) ? strikeOut(stored, all) : strikeOut(renumbered(stored, by), numbers);
      if (left !== stored) patch[column] = left;
    }
    if (Object.keys(patch).length > 0) changed += await personal.change(table, [id], patch);
  }
  return changed;
}

function renumbered(stored: string, by: NewNumbers): string {
  let left = stored;
  for (const [number, other] of by) left = replaceNumber(left, number, other);
  return left;
}

const numbersOf = ({ strikes }: ErasePlan): readonly string[] =>
  strikes.filter(({ kind }) => kind === 'number').map(({ text }) => text);

/** Hashes are nobody's words. */
const isNoId = (column: string): boolean => !column.endsWith('_hash') && column !== 'sha256';
