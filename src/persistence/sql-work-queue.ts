/** The durable work queue in SQL, on SQLite and on MySQL-protocol servers. */
import { type Backlog, type DeadItem, LeaseLostError, type WorkItem, type WorkQueue } from '../work/queue.ts';
import { LONGEST_REST_MS, SKEW_MS } from '../work/skew.ts';
import { idsByTenant, NEW_COLUMNS, newRow, type QueueRow, workItem } from './queue-rows.ts';
import { createQueueSweep } from './queue-sweep.ts';
import type { Session } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';

export interface SqlWorkQueueOptions {
  readonly table: 'inbox_event' | 'outbox_order';
  readonly unitOfWork: UnitOfWork;
  /** Claim by FOR UPDATE SKIP LOCKED; otherwise by compare-and-set, row by row. */
  readonly skipLocked: boolean;
  /** Whether this machine's clock agrees with the database's: only then was a lease that ends too late written by a wrong one. */
  readonly clockAgrees?: () => boolean;
}

const ERROR_LENGTH = 300;
const NEVER = Number.MAX_SAFE_INTEGER;

export function createSqlWorkQueue({
  table,
  unitOfWork,
  skipLocked,
  clockAgrees = () => true,
}: SqlWorkQueueOptions): WorkQueue<Session> {
  /**
   * Due, or given its time by a clock that has since been put back, which nobody can wait for: it was queued in the
   * future and was to rest a short while only, or it rests for longer than anything does.
   */
  const due = `(q.available_at <= ? OR (q.queued_at > ? AND q.available_at <= q.queued_at + ${LONGEST_REST_MS})
    OR (q.last_error IS NOT NULL AND q.available_at > ?))`;
  const dueAt = (now: number) => [now, now + SKEW_MS, now + LONGEST_REST_MS + SKEW_MS];
  /** Of nobody, of somebody who has vanished, or leased until a time that no lease of today can have. */
  const free = '(lease_until IS NULL OR lease_until <= ? OR lease_until > ?)';
  const freeAt = (now: number, leaseMs: number) => [now, clockAgrees() ? now + leaseMs + SKEW_MS : NEVER];

  /** Ready, due, not leased, and first of its order key. Dead and done rows do not stand in the way. */
  const candidates = `SELECT id, tenant_id, account_id, dedupe_key, order_key, payload, queued_at, attempts, lease_owner, last_error
    FROM ${table} q
    WHERE q.status = 'ready' AND ${due} AND ${free}
      AND NOT EXISTS (SELECT 1 FROM ${table} e WHERE e.status = 'ready' AND e.order_key = q.order_key AND e.id < q.id)
    ORDER BY q.id LIMIT ?${skipLocked ? ' FOR UPDATE SKIP LOCKED' : ''}`;

  /** Changes a row that `owner` still holds; false when the lease has gone to someone else. */
  const settle = (
    session: Session,
    item: WorkItem,
    owner: string,
    assignments: string,
    params: readonly (string | number | null)[],
  ) =>
    session
      .execute(
        `UPDATE ${table} SET ${assignments}, lease_owner = NULL, lease_until = NULL
         WHERE tenant_id = ? AND id = ? AND status = 'ready' AND lease_owner = ?`,
        [...params, item.tenantId, item.id, owner],
      )
      .then((changed) => changed === 1);

  return {
    add: (session, items) => session.insertNew(table, NEW_COLUMNS, items.map(newRow)),

    async holdWaiting(session, { tenantId, accountId, dedupeKey }) {
      // Nothing changes; the statement is there for the lock that it leaves on the row.
      const sql = `UPDATE ${table} SET status = 'ready' WHERE tenant_id = ? AND account_id = ? AND dedupe_key = ?
        AND status = 'ready' AND lease_owner IS NULL`;
      return (await session.execute(sql, [tenantId, accountId, dedupeKey])) === 1;
    },

    async settleWaiting(session, item, now) {
      const sql = `UPDATE ${table} SET status = 'done', payload = '', last_error = NULL, settled_at = ?
        WHERE tenant_id = ? AND id = ? AND status = 'ready' AND lease_owner IS NULL`;
      if ((await session.execute(sql, [now, item.tenantId, item.id])) !== 1)
        throw new LeaseLostError('the item no longer waits');
    },

    claim: (owner, limit, now, leaseMs) =>
      unitOfWork.run(async (session) => {
        const rows = await session.query<QueueRow>(candidates, [...dueAt(now), ...freeAt(now, leaseMs), limit]);
        if (skipLocked) {
          // They are ours until the transaction ends: nobody can have taken one meanwhile.
          for (const [tenantId, ids] of idsByTenant(rows.map(workItem)))
            await session.execute(
              `UPDATE ${table} SET lease_owner = ?, lease_until = ?
               WHERE tenant_id = ? AND id IN (${ids.map(() => '?').join(', ')})`,
              [owner, now + leaseMs, tenantId, ...ids],
            );
          return rows.map(workItem);
        }
        const leased: WorkItem[] = [];
        for (const row of rows) {
          const won = await session.execute(
            `UPDATE ${table} SET lease_owner = ?, lease_until = ?
             WHERE tenant_id = ? AND id = ? AND status = 'ready' AND ${free}`,
            [owner, now + leaseMs, row.tenant_id, row.id, ...freeAt(now, leaseMs)],
          );
          if (won === 1) leased.push(workItem(row));
        }
        return leased;
      }),

    renew: (items, owner, until) =>
      unitOfWork.run(async (session) => {
        for (const [tenantId, ids] of idsByTenant(items))
          await session.execute(
            `UPDATE ${table} SET lease_until = ? WHERE tenant_id = ? AND id IN (${ids.map(() => '?').join(', ')})
               AND status = 'ready' AND lease_owner = ?`,
            [until, tenantId, ...ids, owner],
          );
      }),

    async complete(session, item, owner, now) {
      const held = await settle(
        session,
        item,
        owner,
        `status = 'done', payload = '', last_error = NULL, settled_at = ?`,
        [now],
      );
      if (!held) throw new LeaseLostError('the item is no longer ours');
    },

    async release(item, owner, { availableAt, countAttempt, error }) {
      const assignments = `available_at = ?, attempts = attempts + ?, last_error = ?`;
      const params = [availableAt, countAttempt ? 1 : 0, error.slice(0, ERROR_LENGTH)];
      await unitOfWork.run((session) => settle(session, item, owner, assignments, params));
    },

    giveBack: (items, owner) =>
      unitOfWork.run(async (session) => {
        for (const { tenantId, id, takenOver } of items) {
          // Where a former holder vanished, somebody stays named: the next one shall know it, too.
          const lease = takenOver ? 'lease_until = 0' : 'lease_owner = NULL, lease_until = NULL';
          await session.execute(
            `UPDATE ${table} SET ${lease} WHERE tenant_id = ? AND id = ? AND status = 'ready' AND lease_owner = ?`,
            [tenantId, id, owner],
          );
        }
      }),

    async bury(item, owner, error, now) {
      const assignments = `status = 'dead', attempts = attempts + 1, last_error = ?, settled_at = ?`;
      await unitOfWork.run((session) => settle(session, item, owner, assignments, [error.slice(0, ERROR_LENGTH), now]));
    },

    backlog: (now = Number.MAX_SAFE_INTEGER) =>
      unitOfWork.read(async (session): Promise<Backlog> => {
        const [ready] = await session.query<{ n: number | string; oldest: number | string | null }>(
          `SELECT COUNT(*) AS n, MIN(queued_at) AS oldest FROM ${table} q
           WHERE status = 'ready' AND (${due} OR last_error IS NOT NULL)`,
          dueAt(now),
        );
        const [dead] = await session.query<{ n: number | string }>(
          `SELECT COUNT(*) AS n FROM ${table} WHERE status = 'dead'`,
        );
        const oldest = ready?.oldest ?? null;
        return {
          ready: Number(ready?.n ?? 0),
          dead: Number(dead?.n ?? 0),
          oldestQueuedAt: oldest === null ? null : Number(oldest),
        };
      }),

    dead: (limit) =>
      unitOfWork.read(async (session): Promise<DeadItem[]> => {
        const rows = await session.query<QueueRow & { last_error: string | null }>(
          `SELECT id, account_id, queued_at, attempts, last_error FROM ${table} WHERE status = 'dead' ORDER BY id DESC LIMIT ?`,
          [limit],
        );
        return rows.map((row) => ({
          id: row.id,
          accountId: row.account_id,
          queuedAt: Number(row.queued_at),
          attempts: Number(row.attempts),
          lastError: row.last_error,
        }));
      }),

    revive: (ids, now) =>
      unitOfWork.run(async (session) => {
        let revived = 0;
        for (const id of ids) {
          revived += await session.execute(
            `UPDATE ${table} SET status = 'ready', attempts = 0, available_at = ?, settled_at = NULL WHERE id = ? AND status = 'dead'`,
            [now, id],
          );
        }
        return revived;
      }),

    ...createQueueSweep(table, unitOfWork),
  };
}
