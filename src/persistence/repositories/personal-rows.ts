/** Rows of any table as they are stored, for whoever asks for a person's data; the names of tables come from a list of ours. */
import type { PersonalRows, Search, StoredRow, Within } from '../../crm/privacy/personal-rows.ts';
import type { Session, SqlValue } from '../session.ts';
import { among } from './among.ts';

/** Ids to a statement. */
const AT_ONCE = 500;

export function createPersonalRows(session: Session, tenantId: string): PersonalRows {
  async function select<Row>(columns: string, table: string, { column, ids }: Within): Promise<Row[]> {
    const found: Row[] = [];
    for (const some of slices(ids)) {
      const list = among(some);
      found.push(
        ...(await session.query<Row>(
          `SELECT ${columns} FROM ${quoted(table)} WHERE tenant_id = ? AND ${quoted(column)} IN ${list.sql} ORDER BY id`,
          [tenantId, ...list.params],
        )),
      );
    }
    return found;
  }

  async function each(ids: readonly string[], statement: string, params: readonly SqlValue[]): Promise<number> {
    let changed = 0;
    for (const some of slices(ids)) {
      const list = among(some);
      changed += await session.execute(`${statement} IN ${list.sql}`, [...params, ...list.params]);
    }
    return changed;
  }

  async function idsBy(sql: string, params: readonly SqlValue[], limit: number): Promise<string[]> {
    const rows = await session.query<{ id: string }>(`SELECT DISTINCT id FROM (${sql}) AS found ORDER BY id LIMIT ?`, [
      ...params,
      limit,
    ]);
    return rows.map(({ id }) => id);
  }

  return {
    rows: async (table, within) => (await select<StoredRow>('*', table, within)).map(plainRow),
    ids: async (table, within) => (await select<{ id: string }>('id', table, within)).map(({ id }) => id),

    async values(table, column, { column: by, ids }) {
      const found = new Set<string>();
      for (const some of slices(ids)) {
        const list = among(some);
        const rows = await session.query<{ value: string }>(
          `SELECT DISTINCT ${quoted(column)} AS value FROM ${quoted(table)}
           WHERE tenant_id = ? AND ${quoted(by)} IN ${list.sql} AND ${quoted(column)} IS NOT NULL`,
          [tenantId, ...list.params],
        );
        for (const { value } of rows) found.add(value);
      }
      return [...found];
    },

    async mentioning(table, columns, words, within) {
      if (words.length === 0 || columns.length === 0 || within?.ids.length === 0) return [];
      const hit = containing(columns, words);
      const found: StoredRow[] = [];
      for (const some of within ? slices(within.ids) : [null]) {
        const list = some && among(some);
        const where = list ? ` AND ${quoted(within?.column ?? '')} IN ${list.sql}` : '';
        const params = [tenantId, ...(list?.params ?? []), ...hit.params];
        found.push(
          ...(await session.query<StoredRow>(
            `SELECT * FROM ${quoted(table)} WHERE tenant_id = ?${where} AND ${hit.sql}`,
            params,
          )),
        );
      }
      return found.map(plainRow);
    },

    change(table, ids, patch) {
      const columns = Object.keys(patch);
      const set = columns.map((column) => `${quoted(column)} = ?`).join(', ');
      const values = columns.map((column) => patch[column] ?? null);
      return each(ids, `UPDATE ${quoted(table)} SET ${set} WHERE tenant_id = ? AND id`, [...values, tenantId]);
    },

    drop: (table, ids, column = 'id') =>
      each(ids, `DELETE FROM ${quoted(table)} WHERE tenant_id = ? AND ${quoted(column)}`, [tenantId]),

    contactsBy: ({ word, phone, limit }: Search) =>
      idsBy(
        `SELECT id FROM contact WHERE tenant_id = ? AND (id = ? OR INSTR(name, ?) > 0)
         UNION ALL SELECT id FROM contact_profile WHERE tenant_id = ? AND (phone = ? OR email = ?)
         UNION ALL SELECT contact_id AS id FROM contact_identity
           WHERE tenant_id = ? AND contact_id IS NOT NULL AND (external_id = ? OR INSTR(name, ?) > 0)
         UNION ALL SELECT i.contact_id AS id FROM contact_follow f
           JOIN contact_identity i ON i.tenant_id = f.tenant_id AND i.id = f.contact_identity_id
           WHERE f.tenant_id = ? AND i.contact_id IS NOT NULL AND INSTR(f.remark, ?) > 0`,
        [tenantId, word, word, tenantId, phone, word, tenantId, word, word, tenantId, word],
        limit,
      ),

    strangersBy: ({ word, limit }) =>
      idsBy(
        `SELECT id FROM contact_identity
         WHERE tenant_id = ? AND contact_id IS NULL AND (id = ? OR external_id = ? OR INSTR(name, ?) > 0)`,
        [tenantId, word, word, word],
        limit,
      ),

    customersBy: ({ word, phone, limit }) =>
      idsBy(
        `SELECT id FROM customer WHERE tenant_id = ? AND (id = ? OR INSTR(name, ?) > 0)
         UNION ALL SELECT c.customer_id AS id FROM contact_profile p
           JOIN contact c ON c.tenant_id = p.tenant_id AND c.id = p.id WHERE p.tenant_id = ? AND p.phone = ?`,
        [tenantId, word, word, tenantId, phone],
        limit,
      ),

    staffBy: ({ word, phone, limit }) =>
      idsBy(
        `SELECT id FROM staff WHERE tenant_id = ? AND (id = ? OR INSTR(name, ?) > 0)
         UNION ALL SELECT id FROM staff_profile WHERE tenant_id = ? AND (phone = ? OR email = ?)
         UNION ALL SELECT staff_id AS id FROM staff_identity WHERE tenant_id = ? AND external_id = ?`,
        [tenantId, word, word, tenantId, phone, word, tenantId, word],
        limit,
      ),
  };
}

/** `lead` is a word of MySQL; SQLite understands its quotes. */
const quoted = (name: string): string => `\`${name}\``;

function containing(columns: readonly string[], words: readonly string[]) {
  const tests = columns.flatMap((column) => words.map(() => `INSTR(${quoted(column)}, ?) > 0`));
  return { sql: `(${tests.join(' OR ')})`, params: columns.flatMap(() => words) };
}

/** Each id once. */
function* slices(ids: readonly string[]): Generator<readonly string[]> {
  const all = [...new Set(ids)];
  for (let from = 0; from < all.length; from += AT_ONCE) yield all.slice(from, from + AT_ONCE);
}

/** MySQL gives rows of a class of its own, and counts that are too large for a number as text. */
const plainRow = (row: StoredRow): StoredRow => ({ ...row });
