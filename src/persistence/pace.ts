/** One row per place that messages go to: when what was sent there would have left at an even pace. */
import { type Pace, take } from '../work/pace.ts';
import type { UnitOfWork } from './unit-of-work.ts';

export function createPace(unitOfWork: UnitOfWork): Pace {
  return {
    book: ({ tenantId, accountId, place }, rule, now, patienceMs) =>
      unitOfWork.run(async (session) => {
        const key = [tenantId, accountId, place];
        const where = 'WHERE tenant_id = ? AND account_id = ? AND place = ?';
        // Changing nothing takes the row at once: an insert that meets it would share it first, and two who share it and
        // then want it wait for each other.
        const known = (await session.execute(`UPDATE pace SET free_at = free_at ${where}`, key)) > 0;
        if (!known) await session.insertNew('pace', ['tenant_id', 'account_id', 'place', 'free_at'], [[...key, 0]]);
        const [row] = await session.query<{ free_at: number | string }>(`SELECT free_at FROM pace ${where}`, key);
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
