/** What becomes of queue rows that nobody needs: settled ones go, and what has waited for weeks is set aside; a slice at a time. */
import { lowestId } from '../ids.ts';
import type { WorkQueue } from '../work/queue.ts';
import type { Session, SqlValue } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Rows of one transaction: about 10 ms on SQLite. */
const SLICE = 500;

export function createQueueSweep(
  table: 'inbox_event' | 'outbox_order',
  unitOfWork: UnitOfWork,
): Pick<WorkQueue<Session>, 'abandon' | 'sweep'> {
  /** Returns how many rows the change met. */
  async function some(
    session: Session,
    where: string,
    params: readonly SqlValue[],
    change = `DELETE FROM ${table}`,
    values: readonly SqlValue[] = [],
  ): Promise<number> {
    const found = await session.query<{ tenant_id: string; id: string }>(
      `SELECT tenant_id, id FROM ${table} WHERE ${where} LIMIT ${SLICE}${session.forUpdate}`,
      params,
    );
    let changed = 0;
    for (const [tenantId, rows] of Map.groupBy(found, (row) => row.tenant_id)) {
      const ids = rows.map(({ id }) => id).toSorted();
      // As many marks each time: a statement that is kept by its text is kept once.
      const padded = [...ids, ...Array<string>(SLICE - ids.length).fill(ids[0] ?? '')];
      const sql = `${change} WHERE tenant_id = ? AND id IN (${padded.map(() => '?').join(', ')})`;
      changed += await session.execute(sql, [...values, tenantId, ...padded]);
    }
    return changed;
  }

  return {
    abandon: (before, now) =>
      unitOfWork.run((session) =>
        some(
          session,
          `status = 'ready' AND id < ? AND queued_at < ? AND available_at < ? AND (lease_until IS NULL OR lease_until < ?)`,
          [lowestId(before), before, before, now],
          `UPDATE ${table} SET status = 'dead', last_error = 'waited_too_long', settled_at = ?`,
          [now],
        ),
      ),

    sweep: (doneBefore, deadBefore) =>
      unitOfWork.run(async (session) => {
        const past = `status = ? AND settled_at < ?`;
        return (await some(session, past, ['done', doneBefore])) + (await some(session, past, ['dead', deadBefore]));
      }),
  };
}
