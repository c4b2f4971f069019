/** Which customers a page of the list shows: one's own, and those one helps with, each by its index. */
import type { Scope } from '../../crm/access/scope-shape.ts';
import type { Session, SqlValue } from '../session.ts';
import { among } from './among.ts';

/** Of more owners than this, going through the customers from the newest finds a page sooner than sorting all of theirs. */
const FEW_OWNERS = 16;

/** Newest first. Ids sort in the order in which customers were made. */
export async function customerIdsBefore(
  session: Session,
  tenantId: string,
  scope: Scope,
  limit: number,
  before: string | null,
): Promise<readonly string[]> {
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
    `SELECT t.id FROM customer t WHERE t.tenant_id = ? ${owned} AND t.withdrawn_at IS NULL ${earlier(many ? 't.id' : '+t.id')}
     ORDER BY ${many ? '' : '+'}t.id DESC LIMIT ?`,
    [tenantId, ...(scope.all ? [] : owners.params), ...place, limit],
  );
  if (scope.all) return ids;
  // CROSS: SQLite takes the tables in this order.
  const helped = await list(
    `SELECT w.customer_id AS id FROM collaborator w
     CROSS JOIN customer t
     WHERE w.tenant_id = ? AND w.staff_id = ? AND t.tenant_id = w.tenant_id AND t.id = w.customer_id AND t.withdrawn_at IS NULL ${earlier('w.customer_id')}
     ORDER BY w.customer_id DESC LIMIT ?`,
    [tenantId, scope.staffId, ...place, limit],
  );
  return [...new Set([...ids, ...helped])].sort().reverse().slice(0, limit);
}
