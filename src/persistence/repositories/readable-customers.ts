/** Which customers a page of the list shows: one's own, and those one helps with, each by its index. */
import type { CustomerFilter } from '../../crm/access/readable.ts';
import type { Scope } from '../../crm/access/scope-shape.ts';
import type { Session, SqlValue } from '../session.ts';
import { among } from './among.ts';
import { markOf } from './customer-marks.ts';
import type { SqlPart } from './statements.ts';

/** The customers of so few owners are sorted sooner than looked for among everybody's. */
const FEW_OWNERS = 16;
/** So many of the newest customers are looked through for a page, then so many, before each owner's own are: mostly it is there. */
const LOOKED_THROUGH = [250, 1_500];
/** Owners whose newest customers are asked for in one statement. */
const OWNERS_AT_ONCE = 100;

/** Where customers stand in the order of their ids, of each owner and of all: the customers themselves, or one mark. */
interface Shelf {
  readonly id: string;
  readonly where: SqlPart;
  /** Leaves out those that were withdrawn; a mark has none. */
  readonly here: string;
  /** By which an owner's are read in order, and everybody's. */
  readonly byOwner: string;
  readonly byAll: string;
}

/** Newest first. Ids sort in the order in which customers were made. */
export async function customerIdsBefore(
  session: Session,
  tenantId: string,
  wanted: CustomerFilter & {
    readonly scope: Scope;
    readonly limit: number;
    readonly before: string | null;
    /** Not the newest of all, where owners are many, but so many of each. */
    readonly each?: number;
  },
): Promise<readonly string[]> {
  const { limit, before, own = false } = wanted;
  const scope = own ? { ...wanted.scope, all: false, owners: [wanted.scope.staffId] } : wanted.scope;
  const mark = markedWith(wanted);
  const { id, where, here, byOwner, byAll } = shelfOf(session, tenantId, mark);
  const list = async (sql: string, params: readonly SqlValue[]): Promise<string[]> => {
    const rows = await session.query<{ id: string }>(sql, params);
    return rows.map((row) => row.id);
  };
  const earlier = (column: string) => (before === null ? '' : `AND ${column} < ?`);
  const place = before === null ? [] : [before];
  const owners = among(scope.owners);

  const ofFew = () =>
    list(
      `SELECT ${id} AS id FROM ${byOwner} WHERE ${where.sql} AND t.owner_id IN ${owners.sql} ${here} ${earlier(id)}
       ORDER BY ${id} DESC LIMIT ?`,
      [...where.params, ...owners.params, ...place, limit],
    );

  const ofAll = () =>
    list(`SELECT ${id} AS id FROM ${byAll} WHERE ${where.sql} ${here} ${earlier(id)} ORDER BY ${id} DESC LIMIT ?`, [
      ...where.params,
      ...place,
      limit,
    ]);

  /** Of everybody's newest those that are theirs, from the customer `floor` on. */
  const ofNewest = (floor: string) =>
    // The sign keeps SQLite from sorting all customers of the owners.
    list(
      `SELECT ${id} AS id FROM ${byAll} WHERE ${where.sql} AND +t.owner_id IN ${owners.sql} ${here} AND ${id} >= ? ${earlier(id)}
       ORDER BY ${id} DESC LIMIT ?`,
      [...where.params, ...owners.params, floor, ...place, limit],
    );

  /** Of each owner the newest: an index gives them in order, however far back they lie. */
  const ofEach = async (each: number) => {
    const one = `SELECT * FROM (SELECT ${id} AS id FROM ${byOwner} WHERE ${where.sql} AND t.owner_id = ? ${here} ${earlier(id)}
      ORDER BY ${id} DESC LIMIT ?) c`;
    const found: string[] = [];
    for (let from = 0; from < scope.owners.length; from += OWNERS_AT_ONCE) {
      const some = scope.owners.slice(from, from + OWNERS_AT_ONCE);
      const ids = await list(
        `SELECT x.id FROM (${some.map((_, n) => `${one}${n}`).join(' UNION ALL ')}) x ORDER BY x.id DESC LIMIT ?`,
        [...some.flatMap((owner) => [...where.params, owner, ...place, each]), limit],
      );
      found.push(...ids);
    }
    return found.sort().reverse().slice(0, limit);
  };

  const ofMany = async () => {
    if (wanted.each !== undefined) return ofEach(wanted.each);
    for (const depth of LOOKED_THROUGH) {
      const [floor = ''] = await list(
        `SELECT ${id} AS id FROM ${byAll} WHERE ${where.sql} ${earlier(id)} ORDER BY ${id} DESC LIMIT 1 OFFSET ?`,
        [...where.params, ...place, depth],
      );
      const found = await ofNewest(floor);
      if (found.length === limit || floor === '') return found;
    }
    return ofEach(limit);
  };

  if (scope.all) return ofAll();
  const ids = scope.owners.length > FEW_OWNERS ? await ofMany() : await ofFew();
  if (own) return ids;
  const marked = mark === null ? '' : MARKED;
  // CROSS: SQLite takes the tables in this order.
  const helped = await list(
    `SELECT w.customer_id AS id FROM collaborator w
     CROSS JOIN customer t
     WHERE w.tenant_id = ? AND w.staff_id = ? AND t.tenant_id = w.tenant_id AND t.id = w.customer_id AND t.withdrawn_at IS NULL ${marked} ${earlier('w.customer_id')}
     ORDER BY w.customer_id DESC LIMIT ?`,
    [tenantId, scope.staffId, ...(mark === null ? [] : [mark]), ...place, limit],
  );
  return [...new Set([...ids, ...helped])].sort().reverse().slice(0, limit);
}

const markedWith = ({ grade, tag }: CustomerFilter): string | null =>
  grade === undefined && tag === undefined ? null : markOf(grade ?? null, tag ?? null);

/** The condition on the customer `t` that it has a mark. */
const MARKED = `AND EXISTS (SELECT 1 FROM customer_mark m
  WHERE m.tenant_id = t.tenant_id AND m.mark = ? AND m.owner_id = t.owner_id AND m.customer_id = t.id)`;

function shelfOf({ byIndex }: Session, tenantId: string, mark: string | null): Shelf {
  if (mark === null)
    return {
      ...{ id: 't.id', where: { sql: 't.tenant_id = ?', params: [tenantId] }, here: 'AND t.withdrawn_at IS NULL' },
      ...{ byOwner: `customer t${byIndex('ix_customer_owner_id_id')}`, byAll: 'customer t' },
    };
  const where = { sql: 't.tenant_id = ? AND t.mark = ?', params: [tenantId, mark] };
  return {
    ...{ id: 't.customer_id', where, here: '' },
    byOwner: `customer_mark t${byIndex('ix_customer_mark_mark_owner_id_customer_id')}`,
    byAll: `customer_mark t${byIndex('ix_customer_mark_mark_customer_id_owner_id')}`,
  };
}
