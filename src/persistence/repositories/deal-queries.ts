/** Questions about many deals at once. */
import type { DealQueries } from '../../crm/opportunity/deal-queries.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

export function createDealQueries(session: Session, tables: StoredTables, tenantId: string): DealQueries {
  return {
    async fieldsOfDeals(dealIds) {
      if (dealIds.length === 0) return [];
      const some = among(dealIds);
      return tables.dealField.select(`AND t.opportunity_id IN ${some.sql}`, some.params);
    },
    async dealsWithApprovedQuote(dealIds) {
      if (dealIds.length === 0) return [];
      const some = among(dealIds);
      const rows = await session.query<{ deal: string }>(
        `SELECT DISTINCT opportunity_id AS deal FROM quote
         WHERE tenant_id = ? AND opportunity_id IN ${some.sql} AND status IN ('approved', 'sent', 'accepted')`,
        [tenantId, ...some.params],
      );
      return rows.map(({ deal }) => deal);
    },
    async documentsOfDeals(dealIds) {
      if (dealIds.length === 0) return [];
      const some = among(dealIds);
      return session.query<{ opportunityId: string; kind: string }>(
        `SELECT DISTINCT opportunity_id AS opportunityId, kind FROM attachment
         WHERE tenant_id = ? AND opportunity_id IN ${some.sql} AND removed_at IS NULL`,
        [tenantId, ...some.params],
      );
    },
    async tasksOfDeals(dealIds) {
      if (dealIds.length === 0) return [];
      const some = among(dealIds);
      return tables.task.select(
        `AND t.opportunity_id IN ${some.sql} AND t.done_at IS NULL ORDER BY t.due_at IS NULL, t.due_at, t.id`,
        some.params,
      );
    },
  };
}
