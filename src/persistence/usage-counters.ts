/** The monthly counters of metered calls: many instances add to one row. */
import type { UsageCount } from '../work/store.ts';
import type { Session } from './session.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const KEY = ['tenant_id', 'account_id', 'month', 'kind'];
const WHERE = KEY.map((column) => `${column} = ?`).join(' AND ');

export function createUsageCounters(unitOfWork: UnitOfWork) {
  return {
    countUsage: (month: string, calls: readonly UsageCount[]) =>
      unitOfWork.run(async (session) => {
        // Instances take the rows in one order, and each at once for themselves: they wait in a queue, not for each other.
        const counted = new Map<UsageCount, UsageCount>();
        for (const count of calls.toSorted(byKey)) counted.set(count, await add(session, month, count));
        return calls.map((count) => counted.get(count) ?? count);
      }),
  };
}

async function add(session: Session, month: string, count: UsageCount): Promise<UsageCount> {
  const key = [count.account.tenantId, count.account.id, month, count.kind];
  if (count.calls > 0) {
    const sql = `UPDATE channel_usage SET used = used + ? WHERE ${WHERE}`;
    const more = () => session.execute(sql, [count.calls, ...key]);
    // The first of the month makes the row. An insert that meets another's shares it first, and who shares cannot change.
    if ((await more()) === 0) {
      await session.insertNew('channel_usage', [...KEY, 'used'], [[...key, 0]]);
      await more();
    }
  }
  const [row] = await session.query<{ used: number | string }>(`SELECT used FROM channel_usage WHERE ${WHERE}`, key);
  return { ...count, calls: Number(row?.used ?? 0) };
}

const byKey = (a: UsageCount, b: UsageCount): number => compare(keyOf(a), keyOf(b));
const keyOf = ({ account, kind }: UsageCount): string => `${account.id} ${kind}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
