/** Questions about many deals at once. */
import type { DealQueries } from '../../crm/opportunity/deal-queries.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

export function createDealQueries(tables: StoredTables): DealQueries {
  return {
    async fieldsOfDeals(dealIds) {
      if (dealIds.length === 0) return [];
      const some = among(dealIds);
      return tables.dealField.select(`AND t.opportunity_id IN ${some.sql}`, some.params);
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
