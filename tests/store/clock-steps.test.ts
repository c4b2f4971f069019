/** The clock was hours ahead and is put right: what was given its times meanwhile does not wait until they come again. */
import { expect, it } from 'vitest';
import { createCompanyStore } from '../../src/persistence/company-store.ts';
import { createSqlWorkQueue } from '../../src/persistence/sql-work-queue.ts';
import { describeDatabase } from '../support/services/database.ts';
import { NOW, openStore, work } from './open-store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LEASE_MS = 15_000;
/** What the wrong clock said. */
const THEN = NOW + 3 * HOUR_MS;
const RULE = { burst: 3, everyMs: 350 };

describeDatabase('a clock that is put back by hours', () => {
  it('what was queued meanwhile is due, what somebody held is free, and what failed is tried', async () => {
    await using store = await openStore();
    const { inbox } = store.database;
    const soon = { queuedAt: THEN, availableAt: THEN + 250 };
    await store.unitOfWork.run((session) =>
      inbox.add(session, [
        work(store, { ...soon, dedupeKey: 'waits' }),
        work(store, { ...soon, dedupeKey: 'held' }),
        work(store, { queuedAt: NOW, availableAt: NOW, dedupeKey: 'failed' }),
      ]),
    );
    for (const item of await inbox.claim('dead', 10, THEN + 1_000, LEASE_MS)) {
      if (item.dedupeKey === 'waits')
        await inbox.release(item, 'dead', { availableAt: THEN, countAttempt: false, error: 'stopped' });
      if (item.dedupeKey === 'failed')
        await inbox.release(item, 'dead', { availableAt: THEN + MINUTE_MS, countAttempt: true, error: 'away' });
    }
    expect(await inbox.backlog(NOW)).toMatchObject({ ready: 3 });
    const claimed = await inbox.claim('next', 10, NOW, LEASE_MS);
    expect(claimed.map(({ dedupeKey }) => dedupeKey).toSorted()).toEqual(['failed', 'held', 'waits']);
  });

  it('what is for the evening stays for the evening, and who has a lease of now keeps it', async () => {
    await using store = await openStore();
    const { outbox } = store.database;
    await store.unitOfWork.run((session) =>
      outbox.add(session, [
        work(store, { queuedAt: NOW, availableAt: NOW + 8 * HOUR_MS, dedupeKey: 'evening' }),
        work(store, { queuedAt: NOW, availableAt: NOW, dedupeKey: 'now' }),
      ]),
    );
    expect(await outbox.claim('one', 10, NOW, LEASE_MS)).toHaveLength(1);
    // A clock half a minute behind ours.
    expect(await outbox.claim('two', 10, NOW - 30_000, LEASE_MS)).toHaveLength(0);
    expect(await outbox.backlog(NOW)).toMatchObject({ ready: 1 });
  });

  it('a clock known to be behind takes nothing from those who are on time', async () => {
    await using store = await openStore();
    const { unitOfWork, newId } = store;
    const { outbox, company } = store.database;
    const ours = { now: () => NOW - 5 * MINUTE_MS, clockAgrees: () => false };
    const behind = createSqlWorkQueue({ table: 'outbox_order', unitOfWork, skipLocked: false, ...ours });
    const rows = createCompanyStore({ unitOfWork, newId, ...ours });
    const early = { queuedAt: NOW - HOUR_MS, availableAt: NOW - HOUR_MS };
    await unitOfWork.run((session) => outbox.add(session, [work(store, early)]));
    expect(await outbox.claim('on time', 10, NOW, LEASE_MS)).toHaveLength(1);
    expect(await behind.claim('behind', 10, ours.now(), LEASE_MS)).toEqual([]);

    expect(await company.claimTick('sweep', NOW, 'on time')).toBe(true);
    await rows.claimTick('sweep', ours.now(), 'behind');
    expect(await company.claimTick('sweep', NOW, 'again')).toBe(false);

    const account = await company.account(await company.firstTenant(), 'wecom', 'app');
    expect(await company.takeTurn(account, 'kf', 'on time', NOW + 8 * MINUTE_MS)).toBe(true);
    expect(await rows.takeTurn(account, 'kf', 'behind', NOW)).toBe(false);
  });

  it('the timetable goes on, sources are pulled, places are free, and tokens are bought', async () => {
    await using store = await openStore();
    const { company, pace, tokens } = store.database;
    expect(await company.claimTick('sweep', THEN, 'a')).toBe(true);
    expect(await company.claimTick('sweep', NOW, 'b')).toBe(true);
    expect(await company.claimTick('sweep', NOW, 'a')).toBe(false);

    const tenantId = await company.firstTenant();
    const account = await company.account(tenantId, 'wecom', 'app');
    expect(await company.takeTurn(account, 'kf', 'dead', THEN + MINUTE_MS)).toBe(true);
    expect(await company.takeTurn(account, 'kf', 'next', NOW + MINUTE_MS)).toBe(true);
    expect(await company.takeTurn(account, 'kf', 'third', NOW + MINUTE_MS)).toBe(false);

    const place = { tenantId, accountId: account.id, place: 'person:lina' };
    for (let n = 0; n < 4; n += 1) await pace.book(place, RULE, THEN, 500);
    expect(await pace.book(place, RULE, NOW, 500)).toEqual({ booked: true, waitMs: 0 });

    const token = { tenantId, accountId: account.id, name: 'access' };
    expect(await tokens.begin(token, '', 'dead', THEN, THEN + LEASE_MS)).toBe(true);
    expect(await tokens.begin(token, '', 'next', NOW, NOW + LEASE_MS)).toBe(true);
    expect(await tokens.begin(token, '', 'third', NOW, NOW + LEASE_MS)).toBe(false);
  });
});
