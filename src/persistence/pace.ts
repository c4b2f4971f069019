/** One row per place that messages and calls go to: when what was sent there would have left at an even pace. */
import { type Pace, takeSome } from '../work/pace.ts';
import type { UnitOfWork } from './unit-of-work.ts';

export function createPace(unitOfWork: UnitOfWork): Pace {
  const bookSome: Pace['bookSome'] = ({ tenantId, accountId, place }, rule, now, patienceMs, most) =>
    unitOfWork.run(async (session) => {
      const key = [tenantId, accountId, place];
      const where = 'WHERE tenant_id = ? AND account_id = ? AND place = ?';
      // Changing nothing takes the row at once: an insert that meets it would share it first, and two who share it and
      // then want it wait for each other.
      const known = (await session.execute(`UPDATE pace SET free_at = free_at ${where}`, key)) > 0;
      if (!known) await session.insertNew('pace', ['tenant_id', 'account_id', 'place', 'free_at'], [[...key, 0]]);
      const [row] = await session.query<{ free_at: number | string }>(`SELECT free_at FROM pace ${where}`, key);
      const turns = takeSome(Number(row?.free_at ?? 0), rule, now, patienceMs, most);
      if (turns.at.length > 0) await session.execute(`UPDATE pace SET free_at = ? ${where}`, [turns.freeAt, ...key]);
      return turns;
    });

  return {
    bookSome,

    async book(place, rule, now, patienceMs) {
      const {
        at: [turn],
        waitMs,
      } = await bookSome(place, rule, now, patienceMs, 1);
      return turn === undefined ? { booked: false, waitMs } : { booked: true, waitMs: turn - now };
    },

    forget: (before) =>
      unitOfWork.run(async (session) => {
        await session.execute('DELETE FROM pace WHERE free_at < ?', [before]);
      }),
  };
}
