/** The monthly counters of metered calls: many instances add to one row. */
import type { UsageCount } from '../work/store.ts';
import type { Session } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const KEY = ['tenant_id', 'account_id', 'month', 'kind'];

export function createUsageCounters(unitOfWork: UnitOfWork) {
  return {
    countUsage: (month: string, calls: readonly UsageCount[]) =>
      unitOfWork.run((session) => Promise.all(calls.map((count) => add(session, month, count)))),
  };
}

async function add(session: Session, month: string, count: UsageCount): Promise<UsageCount> {
  const key = [count.account.tenantId, count.account.id, month, count.kind];
  await session.insertNew('channel_usage', [...KEY, 'used'], [[...key, 0]]);
  const where = KEY.map((column) => `${column} = ?`).join(' AND ');
  if (count.calls > 0)
    await session.execute(`UPDATE channel_usage SET used = used + ? WHERE ${where}`, [count.calls, ...key]);
  const [row] = await session.query<{ used: number | string }>(`SELECT used FROM channel_usage WHERE ${where}`, key);
  return { ...count, calls: Number(row?.used ?? 0) };
}
