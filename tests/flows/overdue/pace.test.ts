// How fast messages go to one place: the bucket's rule, and two instances that share one.

import { expect, it } from 'vitest';
import { paceOf } from '../../../adapters/wecom/pace.ts';
import { keepPace } from '../../../src/outbox/keep-pace.ts';
import { takeSome } from '../../../src/work/pace.ts';
import { openStore } from '../../store/open-store.ts';
import { databaseKind, describeDatabase } from '../../support/services/database.ts';

const place = { tenantId: 't1', accountId: 'a1', place: 'person:李娜' };
const MINUTE_MS = 60_000;

describeDatabase('the pace of messages', () => {
  it('never lets more through in any minute or hour than the platform takes', () => {
    for (const [to, perMinute, perHour] of [
      [{ kind: 'person', id: 'lina' }, 30, 1_000],
      [{ kind: 'chat', id: 'webhook:周会' }, 20, 1_200],
    ] as const) {
      const rule = paceOf(to);
      const sent: number[] = [];
      let freeAt = 0;
      // Bursts after pauses of many lengths, and then as fast as it goes.
      for (let now = 1_000_000; now < 1_000_000 + 200 * MINUTE_MS; now += 500) {
        const turn = takeSome(freeAt, rule, now, 0, 1);
        if (turn.at.length === 0) continue;
        freeAt = turn.freeAt;
        sent.push(now);
        if (sent.length % 40 === 0) now += (sent.length % 7) * MINUTE_MS;
      }
      const most = (span: number) =>
        Math.max(...sent.map((from, at) => sent.findLastIndex((one) => one < from + span) - at + 1));
      expect(most(MINUTE_MS)).toBeLessThanOrEqual(perMinute);
      expect(most(60 * MINUTE_MS)).toBeLessThanOrEqual(perHour);
      expect(most(MINUTE_MS)).toBeGreaterThan(perMinute / 2);
    }
  });

  it('is one for all instances, and each place has its own', async () => {
    await using store = await openStore();
    const instances = [store.database, databaseKind === 'mysql' ? await store.another() : store.database];
    const rule = { burst: 5, everyMs: 10_000 };
    const book = (n: number, where = place, now = 1_000_000) =>
      (instances[n % 2] as typeof store.database).pace.book(where, rule, now, 0);
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => book(n)));
    expect(all.filter(({ booked }) => booked)).toHaveLength(5);
    expect(all.filter(({ booked }) => !booked).every(({ waitMs }) => waitMs === 10_000)).toBe(true);
    expect(await book(0, { ...place, place: 'chat:群' })).toEqual({ booked: true, waitMs: 0 });
    expect(await book(1, place, 1_010_000)).toEqual({ booked: true, waitMs: 0 });
    await store.database.pace.forget(2_000_000);
    expect(await book(1, place, 1_010_000)).toEqual({ booked: true, waitMs: 0 });
  });

  it('puts off what must wait, which is no failed attempt, and counts no change of a card', async () => {
    await using store = await openStore();
    const paced = { pace: store.database.pace, now: () => 1_000_000 };
    const channel = { paceOf: () => ({ burst: 1, everyMs: 60_000 }) };
    const send = (kind: 'card.send' | 'card.update') =>
      keepPace(paced, place, channel, kind, { kind: 'chat', id: '群' });
    await send('card.send');
    await expect(send('card.send')).rejects.toMatchObject({ outcome: 'throttled', retryAfterMs: 60_000 });
    await send('card.update');
    await keepPace(paced, place, {}, 'card.send', { kind: 'chat', id: '群' });
  });
});
