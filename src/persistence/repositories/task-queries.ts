/** Questions about tasks, first responses and morning lists. */
import type { TaskQueries } from '../../crm/task/task-queries.ts';
import type { Session } from '../session.ts';
import { among } from './among.ts';
import type { StoredTables } from './tables.ts';

export function createTaskQueries(session: Session, tables: StoredTables, tenantId: string): TaskQueries {
  return {
    async dueRings(now, limit) {
      const rows = await session.query<{ id: string; ringAt: number | string; ownerId: string }>(
        `SELECT r.id AS id, r.ring_at AS ringAt, t.owner_id AS ownerId
         FROM task_ring r JOIN task t ON t.tenant_id = r.tenant_id AND t.id = r.id
         WHERE r.tenant_id = ? AND r.ring_at <= ? ORDER BY r.ring_at LIMIT ?`,
        [tenantId, now, limit],
      );
      return rows.map((row) => ({ ...row, ringAt: Number(row.ringAt) }));
    },
    async ringing(taskIds) {
      if (taskIds.length === 0) return new Set();
      const some = among(taskIds);
      const rows = await tables.taskRing.select(`AND t.id IN ${some.sql}`, some.params);
      return new Set(rows.map(({ id }) => id));
    },
    async withoutMorningList(date, limit) {
      const rows = await session.query<{ id: string }>(
        `SELECT s.id AS id FROM staff s LEFT JOIN morning_list m ON m.tenant_id = s.tenant_id AND m.id = s.id
         WHERE s.tenant_id = ? AND s.active = ? AND (m.date IS NULL OR m.date < ?) ORDER BY s.id LIMIT ?`,
        [tenantId, 1, date, limit],
      );
      return rows.map(({ id }) => id);
    },
    async responsesOf(leadIds) {
      if (leadIds.length === 0) return new Map();
      const some = among(leadIds);
      const rows = await tables.leadResponse.select(`AND t.id IN ${some.sql}`, some.params);
      return new Map(rows.map(({ id, dueAt, respondedAt }) => [id, { dueAt, respondedAt }]));
    },
  };
}
