/**
 * What customers are marked with, kept beside their owners so that a list of one mark is read in order from an index,
 * whoever asks. Kept by the store itself whenever owner, grade or tags of a customer are written: see `keepingMarks`.
 */
import type { CustomerProfileRow } from '../../crm/rows/organisation.ts';
import type { Session } from '../session.ts';
import type { Where } from './statements.ts';
import type { StoredTable } from './table.ts';
import type { StoredTables } from './tables.ts';

export const MARK_COLUMNS = ['tenant_id', 'mark', 'owner_id', 'customer_id'];

/** One grade, one tag, or both; written as JSON, for either may hold any character. */
export const markOf = (grade: string | null, tag: string | null): string => JSON.stringify([grade, tag]);

/** Every mark by which a customer can be asked for. */
export function marksOf({ grade, tags }: Pick<CustomerProfileRow, 'grade' | 'tags'>): readonly string[] {
  const each = [...new Set(tags)].flatMap((tag) => [
    markOf(null, tag),
    ...(grade === null ? [] : [markOf(grade, tag)]),
  ]);
  return grade === null ? each : [markOf(grade, null), ...each];
}

/** The same tables; the marks of a customer that was written to are written anew with it. */
export function keepingMarks(session: Session, tenantId: string, tables: StoredTables): StoredTables {
  const { customer, customerProfile } = tables;

  async function writeAnew(id: string): Promise<void> {
    // Held: of two who write owner and tags at the same moment, the later one sees what the earlier one wrote.
    const known = await customer.hold(id);
    const profile = await customerProfile.get(id);
    await session.execute('DELETE FROM customer_mark WHERE tenant_id = ? AND customer_id = ?', [tenantId, id]);
    if (!known || known.withdrawnAt !== null || !profile) return;
    const rows = marksOf(profile).map((mark) => [tenantId, mark, known.ownerId, id]);
    await session.insertNew('customer_mark', MARK_COLUMNS, rows);
  }

  /** `matters`: properties that marks are made of. */
  function keeping<Row extends { id: string }>(table: StoredTable<Row>, matters: readonly string[]): StoredTable<Row> {
    return {
      ...table,
      async update(where, patch) {
        if (!matters.some((property) => property in patch)) return table.update(where, patch);
        // By the rows of before: afterwards they may be found by their new values only.
        const { id } = where as Where;
        const ids = typeof id === 'string' ? [id] : (await table.list(where)).map((row) => row.id);
        const changed = await table.update(where, patch);
        if (changed > 0) for (const one of ids) await writeAnew(one);
        return changed;
      },
    };
  }

  const profiles = keeping(customerProfile, ['grade', 'tags']);
  return {
    ...tables,
    customer: keeping(customer, ['ownerId', 'withdrawnAt']),
    customerProfile: {
      ...profiles,
      async insert(row) {
        const made = await profiles.insert(row);
        if (marksOf(row).length > 0) await writeAnew(row.id);
        return made;
      },
      async insertIfNew(row) {
        const isNew = await profiles.insertIfNew(row);
        if (isNew && marksOf(row).length > 0) await writeAnew(row.id);
        return isNew;
      },
    },
  };
}
