/** Questions about alerts, each bound to one company. */
import type { AlertQueries, Recipient } from '../../crm/alert/alert-queries.ts';
import type { Session } from '../session.ts';
import type { StoredTables } from './tables.ts';

const DUE = `tenant_id = ? AND to_id = ? AND state = 'waiting' AND to_kind = ? AND show_at <= ?`;

export function createAlertQueries(session: Session, tables: StoredTables, tenantId: string): AlertQueries {
  return {
    alertRecipients: (now, limit) =>
      session.query<Recipient>(
        `SELECT to_kind AS toKind, to_id AS toId FROM alert
         WHERE tenant_id = ? AND state = 'waiting' AND show_at <= ?
         GROUP BY to_kind, to_id ORDER BY MIN(show_at) LIMIT ?`,
        [tenantId, now, limit],
      ),

    takeAlerts: (to, now, cardId) =>
      session.execute(`UPDATE alert SET state = 'shown', card_id = ? WHERE ${DUE}`, [
        cardId,
        tenantId,
        to.toId,
        to.toKind,
        now,
      ]),

    async postponeAlerts(to, now, until) {
      await session.execute(`UPDATE alert SET show_at = ? WHERE ${DUE}`, [until, tenantId, to.toId, to.toKind, now]);
    },

    async alertCardsSince(staffId, since) {
      const [row] = await session.query<{ n: number | string }>(
        `SELECT COUNT(*) AS n FROM card
         WHERE tenant_id = ? AND staff_id = ? AND created_at >= ? AND kind = 'alert' AND digest_id IS NULL`,
        [tenantId, staffId, since],
      );
      return Number(row?.n ?? 0);
    },

    async insertActions(rows) {
      if (rows.length === 0) return;
      await session.insertNew(
        'card_action',
        ['tenant_id', 'id', 'card_id', 'kind', 'target_id', 'staff_id', 'expires_at', 'used_at'],
        rows.map((row) => [
          ...[tenantId, row.id, row.cardId, row.kind, row.targetId],
          ...[row.staffId, row.expiresAt, row.usedAt],
        ]),
      );
    },

    async lastCustomerWords(customerId) {
      const rows = await tables.message.select(
        `AND t.speaker = 'customer' AND t.text <> ''
         AND t.chat_id IN (SELECT c.id FROM chat c WHERE c.tenant_id = ? AND c.customer_id = ?)
         ORDER BY t.sent_at DESC, t.id DESC LIMIT 1`,
        [tenantId, customerId],
      );
      return rows[0] ?? null;
    },
  };
}
