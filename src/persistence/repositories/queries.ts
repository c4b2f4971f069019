/** Questions that are more than equality on one table, each bound to one company. */
import type { Queries } from '../../crm/tx.ts';
import { type NameBooks, namesAfter } from '../name-books.ts';
import type { Session } from '../session.ts';
import { createAlertQueries } from './alert-queries.ts';
import { createApprovalQueries } from './approval-queries.ts';
import { createClockQueries } from './clock-queries.ts';
import { createCustomerQueries } from './customer-queries.ts';
import { createDealQueries } from './deal-queries.ts';
import { createFigureQueries } from './figure-queries.ts';
import { createOrganisationQueries } from './organisation-queries.ts';
import { createPersonalRows } from './personal-rows.ts';
import { createQuoteQueries } from './quote-queries.ts';
import type { StoredTables } from './tables.ts';
import { createTaskQueries } from './task-queries.ts';

export function createQueries(session: Session, tables: StoredTables, tenantId: string, nameBooks: NameBooks): Queries {
  return {
    ...createApprovalQueries(session, tables, tenantId),
    ...createAlertQueries(session, tables, tenantId),
    ...createOrganisationQueries(session, tables, tenantId),
    ...createCustomerQueries(session, tables, tenantId),
    ...createDealQueries(session, tables, tenantId),
    ...createClockQueries(session, tables, tenantId),
    ...createFigureQueries(session, tables, tenantId),
    ...createQuoteQueries(session, tables, tenantId),
    ...createTaskQueries(session, tables, tenantId),
    personal: createPersonalRows(session, tenantId),

    openOpportunities: (customerId) =>
      tables.opportunity.list({ customerId, status: 'open' }, { orderBy: 'createdAt' }),

    async recentMessages(chatId, limit, before) {
      // Some platforms count in whole seconds: within one, the order is that of arrival.
      const earlier = before ? 'AND (t.sent_at < ? OR (t.sent_at = ? AND t.id < ?))' : '';
      const rows = await tables.message.select(
        `AND t.chat_id = ? ${earlier} ORDER BY t.sent_at DESC, t.id DESC LIMIT ?`,
        [chatId, ...(before ? [before.sentAt, before.sentAt, before.id] : []), limit],
      );
      return rows.reverse();
    },

    movesOf: (ownerId, since, until) =>
      tables.stageChange.select(
        `AND t.opportunity_id IN (SELECT o.id FROM opportunity o WHERE o.tenant_id = ? AND o.owner_id = ?)
         AND t.at >= ? AND t.at < ? AND t.cause <> 'undo' ORDER BY t.at, t.id`,
        [tenantId, ownerId, since, until],
      ),

    async pushesSince(staffId, since) {
      const [row] = await session.query<{ n: number | string }>(
        `SELECT COUNT(*) AS n FROM card WHERE tenant_id = ? AND staff_id = ? AND created_at >= ? AND kind NOT IN ('morning', 'digest', 'answer', 'greeting', 'approval', 'verdict') AND digest_id IS NULL`,
        [tenantId, staffId, since],
      );
      return Number(row?.n ?? 0);
    },

    nameBook: () => nameBooks(session, tenantId),

    customerNames: (after = '', limit) => namesAfter(session, tenantId, after, limit),

    async lastWords(customerId) {
      const rows = await tables.message.select(
        `AND t.chat_id IN (SELECT c.id FROM chat c WHERE c.tenant_id = ? AND c.customer_id = ?)
         ORDER BY t.sent_at DESC, t.id DESC LIMIT 1`,
        [tenantId, customerId],
      );
      return rows[0] ?? null;
    },

    async lastFinding(customerId, signal) {
      const rows = await tables.signalDecision.select(
        `AND t.signal = ? AND t.opportunity_id IN (SELECT o.id FROM opportunity o WHERE o.tenant_id = ? AND o.customer_id = ?)
         AND (t.label IS NULL OR t.label = 'confirmed') ORDER BY t.at DESC, t.id DESC LIMIT 1`,
        [signal, tenantId, customerId],
      );
      return rows[0] ?? null;
    },

    async lastAct(subject, ruleKey, since) {
      const [column, id] = subject.opportunityId
        ? ['opportunity_id', subject.opportunityId]
        : ['lead_id', subject.leadId ?? ''];
      const rows = await tables.signalDecision.select(
        `AND t.${column} = ? AND t.rule_key = ? AND t.at >= ? AND t.outcome IN ('advanced', 'asked') ORDER BY t.at DESC LIMIT 1`,
        [id, ruleKey, since],
      );
      return rows[0] ?? null;
    },

    async ruleRecord(ruleKey, limit) {
      // Each kind by itself is read off its index from the new end; together they would be sorted whole, on every move.
      const newest = (outcome: string) =>
        `SELECT * FROM (SELECT at, label FROM signal_decision WHERE tenant_id = ? AND rule_key = ? AND outcome = ${outcome}
         AND verdict = 'advance' ORDER BY at DESC LIMIT ?) kind`;
      const [row] = await session.query<{ judged: number | string; wrong: number | string }>(
        `SELECT COUNT(*) AS judged, COUNT(CASE WHEN label IN ('undone', 'ignored') THEN 1 END) AS wrong FROM
           (SELECT label FROM (${newest("'advanced'")} UNION ALL ${newest("'asked' AND label IS NOT NULL")}) kinds
            ORDER BY at DESC LIMIT ?) newest`,
        [tenantId, ruleKey, limit, tenantId, ruleKey, limit, limit],
      );
      return { judged: Number(row?.judged ?? 0), wrong: Number(row?.wrong ?? 0) };
    },
  };
}
