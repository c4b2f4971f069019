/** Counts over all deals of a company: each reads one index from one place to another, and nothing beside it. */
import type { FigureQueries } from '../../crm/figures/figure-queries.ts';
import { lowestId } from '../../ids.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

/** Rows are in the order of their ids, by the clock of the machine that made them: a day is found without an index on its instants. */
const SKEW_MS = 3_600_000;

interface Counted {
  readonly ownerId: string;
  readonly n: number | string;
  readonly worth: number | string | null;
}

export function createFigureQueries(session: Session, tables: StoredTables, tenantId: string): FigureQueries {
  const worth = 'COUNT(*) AS n, SUM(o.amount_minor) AS worth';
  const tally = ({ ownerId, n, worth: sum }: Counted) => ({
    ...{ ownerId, count: Number(n), amountMinor: Number(sum ?? 0) },
  });
  return {
    async openByOwner(stage) {
      const rows = await session.query<Counted & { enteredAt: number | string }>(
        `SELECT o.owner_id AS ownerId, ${worth}, AVG(o.stage_entered_at) AS enteredAt FROM opportunity o
         WHERE o.tenant_id = ? AND o.status = 'open' AND o.stage = ? GROUP BY o.owner_id`,
        [tenantId, stage],
      );
      return rows.map((row) => ({ ...tally(row), enteredAt: Math.round(Number(row.enteredAt)) }));
    },
    async overdueByOwner(stage, level) {
      const rows = await session.query<Counted & { highRisk: number | string | null }>(
        // CROSS: SQLite takes the tables in this order.
        `SELECT o.owner_id AS ownerId, ${worth}, SUM(c.high_risk) AS highRisk FROM stage_clock c
         CROSS JOIN opportunity o
         WHERE c.tenant_id = ? AND c.stage = ? AND c.level >= ? AND c.subject = 'deal'
           AND o.tenant_id = c.tenant_id AND o.id = c.id AND o.status = 'open' GROUP BY o.owner_id`,
        [tenantId, stage, level],
      );
      return rows.map((row) => ({ ...tally(row), highRisk: Number(row.highRisk ?? 0) }));
    },
    async begunByOwner(since) {
      const rows = await session.query<Counted>(
        `SELECT o.owner_id AS ownerId, ${worth} FROM opportunity o
         WHERE o.tenant_id = ? AND o.id >= ? AND o.created_at >= ? AND o.status <> 'withdrawn' GROUP BY o.owner_id`,
        [tenantId, lowestId(since - SKEW_MS), since],
      );
      return rows.map(tally);
    },
    async closedByOwner(since) {
      const rows = await session.query<Counted & { status: 'won' | 'lost' }>(
        `SELECT o.owner_id AS ownerId, o.status AS status, ${worth} FROM opportunity o
         WHERE o.tenant_id = ? AND o.closed_at >= ? AND o.status IN ('won', 'lost') GROUP BY o.owner_id, o.status`,
        [tenantId, since],
      );
      return rows.map((row) => ({ ...tally(row), status: row.status }));
    },
    async clocksOf(dealIds) {
      if (dealIds.length === 0) return [];
      const some = among(dealIds);
      return tables.stageClock.select(`AND t.id IN ${some.sql}`, some.params);
    },
    wonSince: (since, limit) =>
      tables.opportunity.select(`AND t.closed_at >= ? AND t.status = 'won' ORDER BY t.closed_at DESC LIMIT ?`, [
        since,
        limit,
      ]),
    async movesByOwner(since) {
      const rows = await session.query<Pick<Counted, 'ownerId' | 'n'>>(
        `SELECT o.owner_id AS ownerId, COUNT(*) AS n FROM stage_change m
         CROSS JOIN opportunity o
         WHERE m.tenant_id = ? AND m.id >= ? AND m.at >= ? AND m.cause <> 'undo' AND m.undone_at IS NULL
           AND m.to_stage NOT IN ('won', 'lost') AND o.tenant_id = m.tenant_id AND o.id = m.opportunity_id
         GROUP BY o.owner_id`,
        [tenantId, lowestId(since - SKEW_MS), since],
      );
      return rows.map(({ ownerId, n }) => ({ ownerId, count: Number(n) }));
    },
  };
}
