/** Which customers a page of the list shows: one's own, and those one helps with, each by its index. */
import type { CustomerFilter } from '../../crm/access/readable.ts';
import type { Scope } from '../../crm/access/scope-shape.ts';
import type { Session, SqlValue } from '../session.ts';
import { among } from './among.ts';
import type { SqlPart } from './statements.ts';

/** Of more owners than this, going through the customers from the newest finds a page sooner than sorting all of theirs. */
const FEW_OWNERS = 16;

/** Newest first. Ids sort in the order in which customers were made. */
export async function customerIdsBefore(
  session: Session,
  tenantId: string,
  wanted: CustomerFilter & { readonly scope: Scope; readonly limit: number; readonly before: string | null },
): Promise<readonly string[]> {
  const { limit, before, own = false } = wanted;
  const scope = own ? { ...wanted.scope, all: false, owners: [wanted.scope.staffId] } : wanted.scope;
  const marked = markedWith(wanted);
  const list = async (sql: string, params: readonly SqlValue[]): Promise<string[]> => {
    const rows = await session.query<{ id: string }>(sql, params);
    return rows.map(({ id }) => id);
  };
  const earlier = (column: string) => (before === null ? '' : `AND ${column} < ?`);
  const place = before === null ? [] : [before];
  const owners = among(scope.owners);
  const many = scope.all || scope.owners.length > FEW_OWNERS;
  // A sign before a column keeps SQLite from using its index: for the condition of many owners, for the order of few.
  const owned = scope.all ? '' : `AND ${many ? '+' : ''}t.owner_id IN ${owners.sql}`;
  const ids = await list(
    `SELECT t.id FROM customer t WHERE t.tenant_id = ? ${owned} AND t.withdrawn_at IS NULL ${marked.sql} ${earlier(many ? 't.id' : '+t.id')}
     ORDER BY ${many ? '' : '+'}t.id DESC LIMIT ?`,
    [tenantId, ...(scope.all ? [] : owners.params), ...marked.params, ...place, limit],
  );
  if (scope.all || own) return ids;
  // CROSS: SQLite takes the tables in this order.
  const helped = await list(
    `SELECT w.customer_id AS id FROM collaborator w
     CROSS JOIN customer t
     WHERE w.tenant_id = ? AND w.staff_id = ? AND t.tenant_id = w.tenant_id AND t.id = w.customer_id AND t.withdrawn_at IS NULL ${marked.sql} ${earlier('w.customer_id')}
     ORDER BY w.customer_id DESC LIMIT ?`,
    [tenantId, scope.staffId, ...marked.params, ...place, limit],
  );
  return [...new Set([...ids, ...helped])].sort().reverse().slice(0, limit);
}

/** The condition on the profile of the customer `t`; tags are a JSON list. */
function markedWith({ grade, tag }: CustomerFilter): SqlPart {
  if (grade === undefined && tag === undefined) return { sql: '', params: [] };
  const conditions = [
    ...(grade === undefined ? [] : [{ sql: 'p.grade = ?', value: grade }]),
    ...(tag === undefined ? [] : [{ sql: 'INSTR(p.tags, ?) > 0', value: JSON.stringify(tag) }]),
  ];
  return {
    sql: `AND EXISTS (SELECT 1 FROM customer_profile p WHERE p.tenant_id = t.tenant_id AND p.id = t.id AND ${conditions.map(({ sql }) => sql).join(' AND ')})`,
    params: conditions.map(({ value }) => value),
  };
}
