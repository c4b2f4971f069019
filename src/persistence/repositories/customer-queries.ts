/** Questions about customers, each bound to one company. */
import type { CustomerQueries } from '../../crm/customer/customer-queries.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

export function createCustomerQueries(session: Session, tables: StoredTables, tenantId: string): CustomerQueries {
  const { customer } = tables;
  const latest = async (sql: string, ids: readonly string[]) => {
    const some = among(ids);
    return session.query<{ id: string; at: number | string | null }>(sql.replace('?…', some.sql), [
      tenantId,
      ...some.params,
    ]);
  };
  return {
    customersOfName: (normalName, limit) =>
      customer.select(
        `AND t.id IN (SELECT p.id FROM customer_profile p WHERE p.tenant_id = ? AND p.normal_name = ?)
         AND t.withdrawn_at IS NULL ORDER BY +t.id LIMIT ?`,
        [tenantId, normalName, limit],
      ),

    customersOfPhone: (phone, limit) =>
      customer.select(
        `AND t.id IN (SELECT c.customer_id FROM contact_profile p
           JOIN contact c ON c.tenant_id = p.tenant_id AND c.id = p.id WHERE p.tenant_id = ? AND p.phone = ?)
         AND t.withdrawn_at IS NULL ORDER BY +t.id LIMIT ?`,
        [tenantId, phone, limit],
      ),

    customersOf(ids) {
      const some = among(ids);
      return customer.select(`AND t.id IN ${some.sql} AND t.withdrawn_at IS NULL`, some.params);
    },

    customersWithoutProfile: (limit) =>
      customer.select(
        `AND NOT EXISTS (SELECT 1 FROM customer_profile p WHERE p.tenant_id = t.tenant_id AND p.id = t.id)
         ORDER BY t.id LIMIT ?`,
        [limit],
      ),

    async lastTouches(customerIds) {
      const ids = [...new Set(customerIds)];
      if (ids.length === 0) return new Map();
      // By chat: the newest message of a chat is the last entry of its index.
      const words = await latest(
        `SELECT c.customer_id AS id, (SELECT MAX(m.sent_at) FROM message m
           WHERE m.tenant_id = c.tenant_id AND m.chat_id = c.id) AS at
         FROM chat c WHERE c.tenant_id = ? AND c.customer_id IN ?…`,
        ids,
      );
      const notes = await latest(
        'SELECT customer_id AS id, MAX(at) AS at FROM activity WHERE tenant_id = ? AND customer_id IN ?… GROUP BY customer_id',
        ids,
      );
      const found = new Map<string, number>();
      for (const { id, at } of [...words, ...notes])
        if (at !== null) found.set(id, Math.max(found.get(id) ?? 0, Number(at)));
      return found;
    },
  };
}
