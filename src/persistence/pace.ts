/** One row per place that messages go to: when what was sent there would have left at an even pace. */
import { type Pace, take } from '../work/pace.ts';
import type { UnitOfWork } from './unit-of-work.ts';

export function createPace(unitOfWork: UnitOfWork): Pace {
  return {
    book: ({ tenantId, accountId, place }, rule, now, patienceMs) =>
      unitOfWork.run(async (session) => {
        const key = [tenantId, accountId, place];
        await session.insertNew('pace', ['tenant_id', 'account_id', 'place', 'free_at'], [[...key, 0]]);
        const where = 'WHERE tenant_id = ? AND account_id = ? AND place = ?';
        const [row] = await session.query<{ free_at: number | string }>(
          `SELECT free_at FROM pace ${where}${session.forUpdate}`,
          key,
        );
        const { freeAt, waitMs } = take(Number(row?.free_at ?? 0), rule, now, patienceMs);
        if (freeAt === null) return { booked: false, waitMs };
        await session.execute(`UPDATE pace SET free_at = ? ${where}`, [freeAt, ...key]);
        return { booked: true, waitMs };
      }),

    forget: (before) =>
      unitOfWork.run(async (session) => {
        await session.execute('DELETE FROM pace WHERE free_at < ?', [before]);
      }),
  };
}
