/** Questions that are more than equality on one table, each bound to one company. */
import type { Tables } from '../../crm/tables.ts';
import type { Queries, Repositories } from '../../crm/tx.ts';
import type { Session } from '../session.ts';

export function createQueries(session: Session, tables: Repositories, tenantId: string): Queries {
  return {
    openOpportunities: (customerId) =>
      tables.opportunity.list({ customerId, status: 'open' }, { orderBy: 'createdAt' }),

    async recentMessages(chatId, before, limit) {
      const ids = await session.query<{ id: string }>(
        'SELECT id FROM message WHERE tenant_id = ? AND chat_id = ? AND sent_at < ? ORDER BY sent_at DESC, id DESC LIMIT ?',
        [tenantId, chatId, before, limit],
      );
      const rows = await Promise.all(ids.map(({ id }) => tables.message.get(id)));
      return rows.filter((row): row is Tables['message'] => row !== null).reverse();
    },

    async movesOf(ownerId, since, until) {
      const ids = await session.query<{ id: string }>(
        `SELECT c.id FROM opportunity o JOIN stage_change c ON c.tenant_id = o.tenant_id AND c.opportunity_id = o.id
         WHERE o.tenant_id = ? AND o.owner_id = ? AND c.at >= ? AND c.at < ? AND c.cause <> 'undo' ORDER BY c.at, c.id`,
        [tenantId, ownerId, since, until],
      );
      const rows = await Promise.all(ids.map(({ id }) => tables.stageChange.get(id)));
      return rows.filter((row): row is Tables['stageChange'] => row !== null);
    },

    async pushesSince(staffId, since) {
      const [row] = await session.query<{ n: number | string }>(
        `SELECT COUNT(*) AS n FROM card WHERE tenant_id = ? AND staff_id = ? AND created_at >= ? AND kind <> 'digest' AND digest_id IS NULL`,
        [tenantId, staffId, since],
      );
      return Number(row?.n ?? 0);
    },

    async lastDecision(subject, ruleKey, since) {
      const [column, id] = subject.opportunityId
        ? ['opportunity_id', subject.opportunityId]
        : ['lead_id', subject.leadId ?? ''];
      const [row] = await session.query<{ id: string }>(
        `SELECT id FROM signal_decision WHERE tenant_id = ? AND ${column} = ? AND rule_key = ? AND at >= ? ORDER BY at DESC LIMIT 1`,
        [tenantId, id, ruleKey, since],
      );
      return row ? tables.signalDecision.get(row.id) : null;
    },

    async rulePrecision(ruleKey, limit) {
      const rows = await session.query<{ label: string | null }>(
        `SELECT label FROM signal_decision WHERE tenant_id = ? AND rule_key = ? AND outcome = 'advanced' ORDER BY at DESC LIMIT ?`,
        [tenantId, ruleKey, limit],
      );
      return { moves: rows.length, undone: rows.filter((row) => row.label === 'undone').length };
    },
  };
}
