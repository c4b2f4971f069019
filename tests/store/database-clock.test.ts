/** The machine's clock is compared with the database's: a difference is said, an agreement is not. */
import { expect, it } from 'vitest';
import { readHealth } from '../../src/health.ts';
import { createDatabaseClock } from '../../src/persistence/database-clock.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { NOW, openStore } from './open-store.ts';

describeDatabase('the clock of the database', () => {
  it('is said once when it differs by more than five seconds, whichever is ahead', async () => {
    await using store = await openStore();
    const said: number[] = [];
    let off = 3_000;
    const machine = () => Date.now() + off;
    const clock = createDatabaseClock(databaseKind, store.unitOfWork, (aheadMs) => said.push(aheadMs), machine);
    await clock.compare();
    expect(clock.ahead()).toBe(0);
    off = 90_000;
    await clock.compare();
    await clock.compare();
    const differs = databaseKind === 'mysql';
    expect(said.map((aheadMs) => Math.round(aheadMs / 1_000))).toEqual(differs ? [90] : []);
    off = -20_000;
    await clock.compare();
    expect(Math.round(clock.ahead() / 1_000)).toBe(differs ? -20 : 0);

    const health = async (ahead: () => number) =>
      (await readHealth({ database: { ...store.database, clockAhead: ahead }, channels: [], now: () => NOW })).advice;
    const words = '服务器时钟与数据库相差 20 秒（服务器慢）';
    expect((await health(clock.ahead)).some((line) => line.startsWith(words))).toBe(differs);
    expect((await health(store.database.clockAhead)).join()).not.toContain('校时');
  });
});
