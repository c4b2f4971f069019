/** Which customers a page of the list shows: one's own, and those one helps with, each by its index. */
import type { CustomerFilter } from '../../crm/access/readable.ts';
import type { Scope } from '../../crm/access/scope-shape.ts';
import type { Session, SqlValue } from '../session.ts';
import { among } from './among.ts';
import type { SqlPart } from './statements.ts';

/** The customers of so few owners are sorted sooner than looked for among everybody's. */
const FEW_OWNERS = 16;
/** So many of the newest customers are looked through for a page, then so many, before each owner's own are: mostly it is there. */
const LOOKED_THROUGH = [250, 1_500];
/** Owners whose newest customers are asked for in one statement. */
const OWNERS_AT_ONCE = 100;

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

  const ofFew = () =>
    // The sign keeps SQLite from going through all customers in the order of their ids.
    list(
      `SELECT t.id FROM customer t WHERE t.tenant_id = ? AND t.owner_id IN ${owners.sql} AND t.withdrawn_at IS NULL ${marked.sql} ${earlier('+t.id')}
       ORDER BY +t.id DESC LIMIT ?`,
      [tenantId, ...owners.params, ...marked.params, ...place, limit],
    );

  /** Of everybody's newest those that are theirs, from the customer `floor` on. */
  const ofNewest = (floor: string) =>
    // The sign keeps SQLite from sorting all customers of the owners.
    list(
      `SELECT t.id FROM customer t WHERE t.tenant_id = ? ${scope.all ? '' : `AND +t.owner_id IN ${owners.sql}`} AND t.withdrawn_at IS NULL
       ${marked.sql} AND t.id >= ? ${earlier('t.id')} ORDER BY t.id DESC LIMIT ?`,
      [tenantId, ...(scope.all ? [] : owners.params), ...marked.params, floor, ...place, limit],
    );

  /** Of each owner the newest: an index gives them in order, however far back they lie. */
  const ofEach = async () => {
    const one = `SELECT * FROM (SELECT t.id AS id FROM customer t WHERE t.tenant_id = ? AND t.owner_id = ? AND t.withdrawn_at IS NULL
      ${marked.sql} ${earlier('t.id')} ORDER BY t.id DESC LIMIT ?) c`;
    const found: string[] = [];
    for (let from = 0; from < scope.owners.length; from += OWNERS_AT_ONCE) {
      const some = scope.owners.slice(from, from + OWNERS_AT_ONCE);
      const ids = await list(
        `SELECT x.id FROM (${some.map((_, n) => `${one}${n}`).join(' UNION ALL ')}) x ORDER BY x.id DESC LIMIT ?`,
        [...some.flatMap((owner) => [tenantId, owner, ...marked.params, ...place, limit]), limit],
      );
      found.push(...ids);
    }
    return found;
  };

  /** Of everybody, by what is known of them: a mark that few have. */
  const ofMarked = () =>
    list(
      `SELECT p.id FROM customer_profile p WHERE p.tenant_id = ? ${marked.terms} ${earlier('p.id')}
       AND EXISTS (SELECT 1 FROM customer t WHERE t.tenant_id = p.tenant_id AND t.id = p.id AND t.withdrawn_at IS NULL)
       ORDER BY p.id DESC LIMIT ?`,
      [tenantId, ...marked.params, ...place, limit],
    );

  const ofMany = async () => {
    for (const depth of LOOKED_THROUGH) {
      const [floor = ''] = await list(
        `SELECT t.id FROM customer t WHERE t.tenant_id = ? ${earlier('t.id')} ORDER BY t.id DESC LIMIT 1 OFFSET ?`,
        [tenantId, ...place, depth],
      );
      const found = await ofNewest(floor);
      if (found.length === limit || floor === '') return found;
    }
    if (!scope.all) return ofEach();
    return marked.sql === '' ? ofNewest('') : ofMarked();
  };

  if (scope.all) return ofMany();
  const ids = scope.owners.length > FEW_OWNERS ? await ofMany() : await ofFew();
  if (own) return ids;
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

/** The condition on the profile of the customer `t`, and its terms on the profile `p`; tags are a JSON list. */
function markedWith({ grade, tag }: CustomerFilter): SqlPart & { readonly terms: string } {
  const conditions = [
    ...(grade === undefined ? [] : [{ sql: 'p.grade = ?', value: grade }]),
    ...(tag === undefined ? [] : [{ sql: 'INSTR(p.tags, ?) > 0', value: JSON.stringify(tag) }]),
  ];
  if (conditions.length === 0) return { sql: '', terms: '', params: [] };
  const terms = conditions.map(({ sql }) => `AND ${sql}`).join(' ');
  return {
    sql: `AND EXISTS (SELECT 1 FROM customer_profile p WHERE p.tenant_id = t.tenant_id AND p.id = t.id ${terms})`,
    terms,
    params: conditions.map(({ value }) => value),
  };
}
