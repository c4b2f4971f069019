/** Questions about customers, each bound to one company. */
import type { CustomerQueries } from '../../crm/customer/customer-queries.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

export function createCustomerQueries(session: Session, tables: StoredTables, tenantId: string): CustomerQueries {
  const { customer } = tables;
  /** The newest of each: by lists of ids, for which MySQL looks into the index and trusts no statistics. */
  const latest = async (table: 'message' | 'activity', by: string, at: string, ids: readonly string[]) => {
    const some = among(ids);
    const rows = await session.query<{ id: string; at: number | string }>(
      `SELECT ${by} AS id, MAX(${at}) AS at FROM ${table} WHERE tenant_id = ? AND ${by} IN ${some.sql} GROUP BY ${by}`,
      [tenantId, ...some.params],
    );
    return rows.map(({ id, at }) => ({ id, at: Number(at) }));
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

    followedCompanies: (after, limit) =>
      session.query(
        `SELECT id, COALESCE(company, remark) AS name FROM contact_follow
         WHERE tenant_id = ? AND id > ? AND removed_at IS NULL AND COALESCE(company, remark) IS NOT NULL ORDER BY id LIMIT ?`,
        [tenantId, after, limit],
      ),

    async phoneLookups(staffId, since) {
      const [row] = await session.query<{ n: number | string }>(
        `SELECT COUNT(*) AS n FROM audit_entry
         WHERE tenant_id = ? AND actor_id = ? AND at >= ? AND action = 'customer.phone_lookup'`,
        [tenantId, staffId, since],
      );
      return Number(row?.n ?? 0);
    },

    async lastTouches(customerIds) {
      const ids = [...new Set(customerIds)];
      if (ids.length === 0) return new Map();
      const some = among(ids);
      const chats = await tables.chat.select(`AND t.customer_id IN ${some.sql}`, some.params);
      const customerOf = new Map(chats.map((chat) => [chat.id, chat.customerId ?? '']));
      const words = await latest('message', 'chat_id', 'sent_at', [...customerOf.keys()]);
      const notes = await latest('activity', 'customer_id', 'at', ids);
      const found = new Map<string, number>();
      for (const { id, at } of [...words, ...notes]) {
        const customerId = customerOf.get(id) ?? id;
        found.set(customerId, Math.max(found.get(customerId) ?? 0, at));
      }
      return found;
    },
  };
}
