// /health tells the truth: what waits, what is merely put off, and a database that does not answer.

import { createConnection } from 'mysql2/promise';
import { expect, it } from 'vitest';
import { readHealth } from '../../src/health.ts';
import { NOW, openStore, work } from '../store/open-store.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';

const MINUTE_MS = 60_000;

describeDatabase('health', () => {
  it('a digest put off until the evening is no backlog; words that wait for minutes are, and are said', async () => {
    await using store = await openStore();
    const { database } = store;
    const health = () => readHealth({ database, channels: [], now: () => NOW });
    await store.unitOfWork.run((session) =>
      database.outbox.add(session, [work(store, { queuedAt: NOW - MINUTE_MS, availableAt: NOW + 480 * MINUTE_MS })]),
    );
    expect((await health()).outbox).toMatchObject({ ready: 0, oldestAgeMs: null });
    await store.unitOfWork.run((session) =>
      database.inbox.add(session, [work(store, { queuedAt: NOW - 5 * MINUTE_MS })]),
    );
    const { inbox, status, advice } = await health();
    expect(inbox).toMatchObject({ ready: 1, oldestAgeMs: 5 * MINUTE_MS });
    expect(status).toBe('attention');
    expect(advice).toContain('收件有积压：最早的一条已等了 5 分钟，请查看日志里的原因。');
  });

  it('what failed and is to be tried again later still counts', async () => {
    await using store = await openStore();
    const { database } = store;
    await store.unitOfWork.run((session) => database.outbox.add(session, [work(store)]));
    const [item] = await database.outbox.claim('me', 1, NOW, MINUTE_MS);
    if (!item) throw new Error('nothing claimed');
    const change = { availableAt: NOW + MINUTE_MS, countAttempt: false, error: 'throttled' };
    await database.outbox.release(item, 'me', change);
    expect(await database.outbox.backlog(NOW)).toMatchObject({ ready: 1 });
  });

  if (databaseKind === 'mysql') {
    it('a database that hangs is said within seconds', async () => {
      await using store = await openStore();
      const other = await createConnection(store.url);
      await other.query('LOCK TABLES inbox_event WRITE');
      const begun = Date.now();
      const health = await readHealth({ database: store.database, channels: [], now: () => NOW });
      expect(health.database.ok).toBe(false);
      expect(health.advice).toContain('数据库没有回应，请检查数据库是否在运行。');
      expect(Date.now() - begun).toBeLessThan(6_000);
      await other.query('UNLOCK TABLES');
      await other.end();
    });
  }
});
