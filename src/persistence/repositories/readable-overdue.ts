/** Deals that stand too long, the longest first, as a colleague may see them: by the clocks' index, or by their owners' where these are few. */
import type { OverduePlace, Readable } from '../../crm/access/readable.ts';
import type { Scope } from '../../crm/access/scope-shape.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

/** The open deals of so few owners are looked through sooner than everybody's clocks. */
const FEW_OWNERS = 16;

export function createOverdue(
  session: Session,
  tables: StoredTables,
  tenantId: string,
  scope: Scope,
): Readable['overdue'] {
  /** Null: everybody. */
  const ownersOf = (wanted: ReadonlySet<string> | null): readonly string[] | null => {
    if (scope.all) return wanted === null ? null : [...wanted];
    return wanted === null ? scope.owners : scope.owners.filter((id) => wanted.has(id));
  };

  async function idsOf(
    owners: readonly string[] | null,
    { stage, level, after, limit }: OverduePlace & { readonly limit: number },
  ): Promise<string[]> {
    const later = after === null ? '' : 'AND (c.from_at > ? OR (c.from_at = ? AND c.id > ?))';
    const place = after === null ? [] : [after.fromAt, after.fromAt, after.id];
    const clock = [stage, level, ...place];
    const few = owners !== null && owners.length <= FEW_OWNERS;
    const some = owners === null ? { sql: '', params: [] } : among(owners);
    const owned = owners === null ? '' : `AND ${few ? '' : '+'}o.owner_id IN ${some.sql}`;
    // CROSS: SQLite takes the tables in this order.
    const sql = few
      ? `SELECT c.id AS id FROM opportunity o${session.byIndex('ix_opportunity_owner_id_status_stage_entered_at')}
         CROSS JOIN stage_clock c
         WHERE o.tenant_id = ? ${owned} AND o.status = 'open' AND c.tenant_id = o.tenant_id AND c.id = o.id
           AND +c.stage = ? AND +c.level = ? ${later} ORDER BY c.from_at, c.id LIMIT ?`
      : `SELECT c.id AS id FROM stage_clock c${session.byIndex('ix_stage_clock_stage_level_from_at_id')}
         CROSS JOIN opportunity o
         WHERE c.tenant_id = ? AND c.stage = ? AND c.level = ? AND c.subject = 'deal' ${later}
           AND o.tenant_id = c.tenant_id AND o.id = c.id AND o.status = 'open' ${owned}
         ORDER BY c.from_at, c.id LIMIT ?`;
    const params = few ? [...some.params, ...clock] : [...clock, ...some.params];
    const rows = await session.query<{ id: string }>(sql, [tenantId, ...params, limit]);
    return rows.map(({ id }) => id);
  }

  return async (place, limit, wanted) => {
    const ids = await idsOf(ownersOf(wanted), { ...place, limit });
    const some = among(ids);
    const deals = await tables.opportunity.select(`AND t.id IN ${some.sql}`, some.params);
    const clocks = await tables.stageClock.select(`AND t.id IN ${some.sql}`, some.params);
    const clockOf = new Map(clocks.map((clock) => [clock.id, clock]));
    const dealOf = new Map(deals.map((deal) => [deal.id, deal]));
    return ids.flatMap((id) => {
      const [deal, clock] = [dealOf.get(id), clockOf.get(id)];
      return deal && clock ? [{ deal, clock }] : [];
    });
  };
}
