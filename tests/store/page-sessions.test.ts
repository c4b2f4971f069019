/** Sessions of pages as they are kept: found while they live, replaced by one of many, gone when they are over. */
import { expect, it } from 'vitest';
import type { PageSession } from '../../src/work/store.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { NOW, openStore, type Store } from './open-store.ts';
import { as } from './rows.ts';

const HOUR_MS = 3_600_000;

const session = (more: Partial<PageSession> = {}): PageSession => ({
  tenantId: 't1',
  id: 'a'.repeat(64),
  staffId: 'staff-1',
  accountId: 'account-1',
  createdAt: NOW,
  signedInAt: NOW,
  expiresAt: NOW + 8 * HOUR_MS,
  ...more,
});

const employ = (store: Store, id: string, tenantId = 't1') =>
  as(store, tenantId, (tx) =>
    tx.staff.insert({ id, name: '李娜', role: 'sales', supervisorId: null, active: true, createdAt: NOW }),
  );

describeDatabase('page sessions', () => {
  const open = async () => {
    const store = await openStore();
    await employ(store, 'staff-1');
    return { store, sessions: store.database.pageSessions, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
  };

  it('are found until they end, in their own company only, with whether the colleague is still there', async () => {
    await using desk = await open();
    const { store, sessions } = desk;
    const one = session();
    await sessions.create(one);
    const find = (tenantId: string, now: number) => sessions.find(tenantId, one.id, now);
    expect(await find('t1', NOW)).toEqual({ session: one, staffActive: true });
    expect(await find('t1', one.expiresAt - 1)).not.toBeNull();
    expect(await find('t1', one.expiresAt)).toBeNull();
    await employ(store, 'staff-1', 't2');
    expect(await find('t2', NOW)).toBeNull();
    expect(await sessions.find('t1', 'b'.repeat(64), NOW)).toBeNull();
    await as(store, 't1', (tx) => tx.staff.update({ id: 'staff-1' }, { active: false }));
    expect(await find('t1', NOW)).toEqual({ session: one, staffActive: false });
  });

  it('are replaced by one of many who try at once; the old one lives on for a moment', async () => {
    await using desk = await open();
    const { store, sessions } = desk;
    // SQLite serves one process.
    const other = databaseKind === 'mysql' ? (await store.another()).pageSessions : sessions;
    const old = session();
    await sessions.create(old);
    const at = NOW + HOUR_MS;
    const next = Array.from({ length: 8 }, (_, i) =>
      session({ id: String(i).repeat(64), createdAt: at, expiresAt: at + 8 * HOUR_MS }),
    );
    const won = await Promise.all(next.map((one, i) => (i % 2 ? sessions : other).rotate(old, one, at + 60_000)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const alive = await Promise.all(next.map(({ id }) => sessions.find('t1', id, at)));
    expect(alive.map((found) => found !== null)).toEqual(won);
    expect(await sessions.find('t1', old.id, at + 59_999)).not.toBeNull();
    expect(await sessions.find('t1', old.id, at + 60_000)).toBeNull();
  });

  it('go one by one, all of a colleague, or all that are over', async () => {
    await using desk = await open();
    const { store, sessions } = desk;
    await employ(store, 'staff-2');
    const ids = ['1', '2', '3', '4'].map((digit) => digit.repeat(64));
    const [first = '', second = '', third = '', fourth = ''] = ids;
    await sessions.create(session({ id: first }));
    await sessions.create(session({ id: second }));
    await sessions.create(session({ id: third, staffId: 'staff-2', expiresAt: NOW + 1 }));
    await sessions.create(session({ id: fourth, staffId: 'staff-2' }));
    const there = async () => {
      const found = await Promise.all(ids.map((id) => sessions.find('t1', id, NOW)));
      return found.flatMap((one) => one?.session.id[0] ?? []);
    };
    expect(await sessions.remove('t1', first)).toBe(1);
    expect(await sessions.remove('t1', first)).toBe(0);
    expect(await there()).toEqual(['2', '3', '4']);
    expect(await sessions.removeExpired(NOW + 1)).toBe(1);
    expect(await there()).toEqual(['2', '4']);
    expect(await sessions.removeAllOf('t1', 'staff-1')).toBe(1);
    expect(await there()).toEqual(['4']);
  });
});
