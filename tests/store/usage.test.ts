// Monthly counters of metered calls: many instances, one month, and a warning at each level.

import { expect, it } from 'vitest';
import type { Allowance } from '../../src/channel/channel.ts';
import { createLog } from '../../src/log.ts';
import { createUsage, monthOf, type UsageLevel } from '../../src/usage.ts';
import type { AccountRecord } from '../../src/work/store.ts';
import { describeDatabase } from '../support/services/database.ts';
import { openStore, type Store } from './open-store.ts';

const CALLS: Allowance = { kind: 'api', label: '调用', callsPerMonth: 100, paysForCards: true };
const PUSHES: Allowance = { kind: 'push', label: '推送', callsPerMonth: 50, paysForCards: false };
/** The last minute of November in China. */
const NOVEMBER = Date.UTC(2026, 10, 30, 15, 59);

async function instance(company: Store['database']['company'], account: AccountRecord, clock: { at: number }) {
  const levels: UsageLevel[] = [];
  const usage = createUsage({
    company,
    accounts: () => [{ account, allowances: [CALLS, PUSHES] }],
    onLevel: async (level) => void levels.push(level),
    now: () => clock.at,
    log: createLog('silent'),
  });
  await usage.start();
  return { usage, meter: usage.meter(() => account), levels };
}

describeDatabase('usage', () => {
  it('adds up over instances and restarts, and begins anew with the month of China', async () => {
    await using store = await openStore();
    const { company } = store.database;
    const account = await company.account(await company.firstTenant(), 'dingtalk', 'app');
    const clock = { at: NOVEMBER };
    const first = await instance(company, account, clock);
    const second = await instance((await store.another()).company, account, clock);
    first.meter.add('api', 30);
    second.meter.add('api', 12);
    second.meter.add('push');
    await first.usage.stop();
    await second.usage.stop();
    const third = await instance(company, account, clock);
    expect(third.meter.used('api')).toBe(42);
    expect(third.usage.of(account.id).map(({ kind, used }) => [kind, used])).toEqual([
      ['api', 42],
      ['push', 1],
    ]);
    clock.at += 60_000;
    expect(monthOf(clock.at)).toBe('2026-12');
    expect(third.meter.used('api')).toBe(0);
    third.meter.add('api');
    await third.usage.stop();
    clock.at -= 60_000;
    const again = await instance(company, account, clock);
    expect(again.meter.used('api')).toBe(42);
    await again.usage.stop();
  });

  it('tells each level once, and runs short only of what pays for cards', async () => {
    await using store = await openStore();
    const { company } = store.database;
    const account = await company.account(await company.firstTenant(), 'dingtalk', 'app');
    const { usage, meter, levels } = await instance(company, account, { at: NOVEMBER });
    meter.add('push', 50);
    meter.add('api', 69);
    await usage.stop();
    expect(levels.map(({ view, percent }) => [view.kind, percent])).toEqual([['push', 90]]);
    expect(usage.runsShort(account.id)).toBe(false);
    meter.add('api', 1);
    await usage.stop();
    await usage.stop();
    expect(levels.at(-1)).toMatchObject({ percent: 70, month: '2026-11', view: { kind: 'api', used: 70 } });
    meter.add('api', 20);
    expect(usage.runsShort(account.id)).toBe(true);
    await usage.stop();
    expect(levels.map(({ percent }) => percent)).toEqual([90, 70, 90]);
  });

  it('keeps what it could not write', async () => {
    await using store = await openStore();
    const { company } = store.database;
    const account = await company.account(await company.firstTenant(), 'dingtalk', 'app');
    const { usage, meter } = await instance(company, account, { at: NOVEMBER });
    await usage.stop();
    await store.database.unitOfWork.run((session) => session.execute('ALTER TABLE channel_usage RENAME TO gone'));
    meter.add('api', 7);
    await usage.stop();
    await store.database.unitOfWork.run((session) => session.execute('ALTER TABLE gone RENAME TO channel_usage'));
    await usage.stop();
    const after = await instance(company, account, { at: NOVEMBER });
    expect(after.meter.used('api')).toBe(7);
    await after.usage.stop();
  });
});
