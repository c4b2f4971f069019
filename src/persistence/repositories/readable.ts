/**
 * The reads that pages may make: every statement carries the condition of who may see, so that no caller can forget it.
 * A sign before a column that sorts keeps SQLite from going through all rows in that order (see table.ts).
 */
import type { CustomerLine, Readable } from '../../crm/access/readable.ts';
import type { Scope } from '../../crm/access/scope-shape.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import { mayOpen } from './readable-condition.ts';
import { customerIdsBefore } from './readable-customers.ts';
import { createHappenings } from './readable-happenings.ts';
import { createOverdue } from './readable-overdue.ts';
import type { StoredTables } from './tables.ts';

export function createReadable(session: Session, tables: StoredTables, tenantId: string, scope: Scope): Readable {
  const ofCustomer = (column: string) => {
    const { sql, params } = mayOpen(scope, 'u');
    const exists = `AND EXISTS (SELECT 1 FROM customer u WHERE u.tenant_id = t.tenant_id AND u.id = ${column}
      AND u.withdrawn_at IS NULL AND ${sql})`;
    return { sql: exists, params };
  };
  const mine = mayOpen(scope, 't');
  const ofTheirs = ofCustomer('t.customer_id');
  const newest = ' ORDER BY +t.id DESC LIMIT ?';

  return {
    async customer(id) {
      const open = `AND t.withdrawn_at IS NULL AND ${mine.sql}`;
      const [found] = await tables.customer.select(`AND t.id = ? ${open}`, [id, ...mine.params]);
      if (found) return found;
      const merge = await tables.customerMerge.get(id);
      const [into] = merge ? await tables.customer.select(`AND t.id = ? ${open}`, [merge.intoId, ...mine.params]) : [];
      return into ?? null;
    },

    async customers(limit, before, filter) {
      const ids = await customerIdsBefore(session, tenantId, { scope, limit, before, ...filter });
      const some = among(ids);
      const customers = await tables.customer.select(`AND t.id IN ${some.sql} ORDER BY t.id DESC`, some.params);
      const profiles = await tables.customerProfile.select(`AND t.id IN ${some.sql}`, some.params);
      const counts = await session.query<{ id: string; n: number | string }>(
        `SELECT customer_id AS id, COUNT(*) AS n FROM opportunity
         WHERE tenant_id = ? AND customer_id IN ${some.sql} AND status = 'open' GROUP BY customer_id`,
        [tenantId, ...some.params],
      );
      const profileOf = new Map(profiles.map((profile) => [profile.id, profile]));
      const openOf = new Map(counts.map(({ id, n }) => [id, Number(n)]));
      return customers.map(
        (customer): CustomerLine => ({
          customer,
          profile: profileOf.get(customer.id) ?? null,
          openDeals: openOf.get(customer.id) ?? 0,
        }),
      );
    },

    async profiles(limit) {
      const each = Math.ceil((2 * limit) / Math.max(1, scope.owners.length));
      const ids = await customerIdsBefore(session, tenantId, { scope, limit, before: null, each });
      const some = among(ids);
      return tables.customerProfile.select(`AND t.id IN ${some.sql}`, some.params);
    },

    async visible(customerIds) {
      const some = among(customerIds);
      const rows = await session.query<{ id: string }>(
        `SELECT t.id FROM customer t WHERE t.tenant_id = ? AND t.id IN ${some.sql} AND t.withdrawn_at IS NULL AND ${mine.sql}`,
        [tenantId, ...some.params, ...mine.params],
      );
      return new Set(rows.map(({ id }) => id));
    },

    async contacts(customerId, limit) {
      const contacts = await tables.contact.select(`AND t.customer_id = ? ${ofTheirs.sql} ORDER BY +t.id LIMIT ?`, [
        customerId,
        ...ofTheirs.params,
        limit,
      ]);
      const some = among(contacts.map(({ id }) => id));
      const profiles = await tables.contactProfile.select(`AND t.id IN ${some.sql}`, some.params);
      const profileOf = new Map(profiles.map((profile) => [profile.id, profile]));
      return contacts.map((contact) => ({ contact, profile: profileOf.get(contact.id) ?? null }));
    },

    async deals(customerId, closedLimit) {
      const open = await tables.opportunity.select(
        `AND t.customer_id = ? AND t.status = 'open' ${ofTheirs.sql} ORDER BY +t.id`,
        [customerId, ...ofTheirs.params],
      );
      const closed = await tables.opportunity.select(
        `AND t.customer_id = ? AND t.status IN ('won', 'lost') ${ofTheirs.sql} ${newest}`,
        [customerId, ...ofTheirs.params, closedLimit],
      );
      return { open, closed };
    },

    async deal(id) {
      const byOwner = among(scope.owners);
      const rows = await tables.opportunity.select(
        `AND t.id = ? AND t.status <> 'withdrawn' AND (t.owner_id IN ${byOwner.sql} OR (1 = 1 ${ofTheirs.sql}))`,
        [id, ...byOwner.params, ...ofTheirs.params],
      );
      return rows[0] ?? null;
    },

    overdue: createOverdue(session, tables, tenantId, scope),

    async moves(dealId, limit) {
      if ((await this.deal(dealId)) === null) return [];
      return tables.stageChange.select('AND t.opportunity_id = ? ORDER BY t.opportunity_version DESC LIMIT ?', [
        dealId,
        limit,
      ]);
    },

    happenings: createHappenings(session, tables, tenantId, mayOpen(scope, 'u')),
  };
}
