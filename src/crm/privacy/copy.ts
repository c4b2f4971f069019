/** The copy of a person's data: tables with Chinese headings, and files with their bytes. */
import { writeAudit } from '../audit/audit.ts';
import type { Tx } from '../tx.ts';
import { cellOf, headingOf, isShown } from './headings.ts';
import { holdings } from './holdings.ts';
import type { StoredRow } from './personal-rows.ts';
import { type ErasePlan, planErasure } from './plan.ts';
import { spellings } from './strike-out.ts';
import type { Subject } from './subject.ts';

export interface CopiedTable {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface CopiedFile {
  readonly id: string;
  readonly name: string;
}

export interface Copy {
  readonly tables: readonly CopiedTable[];
  readonly files: readonly CopiedFile[];
}

/** Everything that is held of the subject; of a person outside also what others wrote about them. */
export async function copyOf(tx: Tx, subject: Subject): Promise<Copy> {
  const { personal } = tx.queries;
  const plan = await planErasure(tx, subject, { also: [], keep: [] });
  const tables: CopiedTable[] = [];
  const files: CopiedFile[] = [];
  for (const { table, title, ids } of plan.rows) {
    const rows = await personal.rows(table, { column: 'id', ids });
    if (rows.length > 0) tables.push(await asTable(tx, title, rows));
    if (table === 'attachment' && subject.kind === 'customer')
      files.push(...rows.map((row) => ({ id: String(row['id']), name: String(row['name']) })));
  }
  if (subject.kind === 'contact') tables.push(...(await mentionsOf(tx, plan)));
  return { tables, files };
}

/** What is written of a person in what belongs to their customer. */
async function mentionsOf(tx: Tx, { around, strikes }: ErasePlan): Promise<readonly CopiedTable[]> {
  const words = spellings(strikes.map(({ text }) => text));
  const tables: CopiedTable[] = [];
  for (const [table, { title, words: columns, customer, contact }] of Object.entries(holdings)) {
    if (!columns || !customer || contact || table === 'card') continue;
    const within = { column: customer.column, ids: around[customer.ids] };
    const rows = await tx.queries.personal.mentioning(table, columns, words, within);
    if (rows.length > 0) tables.push(await asTable(tx, `提到此人的${title}`, rows));
  }
  return tables;
}

async function asTable(tx: Tx, title: string, rows: readonly StoredRow[]): Promise<CopiedTable> {
  const columns = Object.keys(rows[0] ?? {}).filter(isShown);
  const staff = new Map((await tx.staff.list({})).map(({ id, name }) => [id, name]));
  const localTime = (at: number): string => {
    const { calendar } = tx.active;
    const minutes = Math.floor((at - calendar.startOfDay(at)) / 60_000);
    const two = (part: number): string => String(part).padStart(2, '0');
    return `${calendar.localDate(at)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  };
  return {
    title,
    headings: columns.map(headingOf),
    rows: rows.map((row) => columns.map((column) => cellOf(column, row[column] ?? null, { staff, localTime }))),
  };
}

export async function noteCopy(
  tx: Tx,
  { kind, id }: Subject,
  by: { readonly actorId: string | null; readonly user: string },
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  const detail = { by: 'command', user: by.user, counts };
  await writeAudit(tx, by.actorId, [{ action: 'privacy.export', entity: kind, entityId: id, detail }]);
}
