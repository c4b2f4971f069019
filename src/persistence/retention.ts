/** Forgets what is past its time, some hundred rows in a transaction: whoever else writes waits for one slice at most. */
import { lowestId } from '../ids.ts';
import type { RetentionRule, RetentionSlice, RetentionTerms } from '../work/retention.ts';
import { cutoffOf, type Ending, endings } from './retention-rules.ts';
import { quoted, type Session } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Rows that go in one transaction: about 10 ms on SQLite. */
const SLICE = 500;
/** Rows that are looked at in one, where an index does not lead to those that go. */
const WINDOW = 2_000;

export function createRetention(unitOfWork: UnitOfWork): readonly RetentionRule[] {
  return endings.map((ending) => ({
    key: ending.key,
    label: ending.label,
    term: (terms) => ending.term ?? `${ending.days(terms)} 天`,
    async count(terms) {
      const [row] = await unitOfWork.read((session) =>
        session.query<{ n: number | string }>(
          `SELECT COUNT(*) AS n FROM ${quoted(ending.table)}${byIndex(session, ending)} WHERE tenant_id = ? AND ${ending.past}`,
          [terms.tenantId, cutoffOf(ending, terms)],
        ),
      );
      return Number(row?.n ?? 0);
    },
    forget: async (terms, from) => {
      const until = ending.index === undefined ? await windowEnd(unitOfWork, ending, terms, from) : null;
      const rows = await forgetSome(unitOfWork, ending, terms, from, until);
      if (until === null) return { rows, next: rows < (ending.slice ?? SLICE) ? null : from } satisfies RetentionSlice;
      return { rows, next: until.last ? null : until.id };
    },
  }));
}

const byIndex = (session: Session, { index }: Ending): string => (index === undefined ? '' : session.byIndex(index));

interface WindowEnd {
  /** The last id of the window, itself in it. */
  readonly id: string;
  readonly last: boolean;
}

async function windowEnd(
  unitOfWork: UnitOfWork,
  ending: Ending,
  { tenantId, ...terms }: RetentionTerms,
  from: string,
): Promise<WindowEnd> {
  // Ids begin with the time of their making: nothing that is past its time was made later.
  const end = lowestId(cutoffOf(ending, { tenantId, ...terms }));
  const sql = `SELECT id FROM ${quoted(ending.table)} WHERE tenant_id = ? AND id > ? AND id < ? ORDER BY id LIMIT 1 OFFSET ?`;
  const [row] = await unitOfWork.read((session) =>
    session.query<{ id: string }>(sql, [tenantId, from, end, WINDOW - 1]),
  );
  return row ? { id: row.id, last: false } : { id: end, last: true };
}

/** Returns how many. Two instances may be at it at once: what one has forgotten the other does not find. */
function forgetSome(
  unitOfWork: UnitOfWork,
  ending: Ending,
  terms: RetentionTerms,
  from: string,
  until: WindowEnd | null,
): Promise<number> {
  const { table, past, set, first, slice = SLICE } = ending;
  const { tenantId } = terms;
  const within = until === null ? '' : 'AND id > ? AND id <= ?';
  const bounds = until === null ? [] : [from, until.id];
  const most = until === null ? slice : WINDOW;
  const where = `tenant_id = ? ${within} AND ${past}`;
  const params = [tenantId, ...bounds, cutoffOf(ending, terms)];
  return unitOfWork.run(async (session) => {
    const found = await session.query<{ id: string }>(
      `SELECT id FROM ${quoted(table)}${byIndex(session, ending)} WHERE ${where} LIMIT ${most}${session.forUpdate}`,
      params,
    );
    if (found.length === 0) return 0;
    const ids = found.map(({ id }) => id).toSorted();
    // As many marks each time: a statement that is kept by its text is kept once.
    const padded = [...ids, ...Array<string>(most - ids.length).fill(ids[0] ?? '')];
    const marks = padded.map(() => '?').join(', ');
    await first?.(session, tenantId, padded, marks);
    const change = set === undefined ? `DELETE FROM ${quoted(table)}` : `UPDATE ${quoted(table)} SET ${set}`;
    return session.execute(`${change} WHERE tenant_id = ? AND id IN (${marks})`, [tenantId, ...padded]);
  });
}
