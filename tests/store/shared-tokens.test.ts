// The rows of shared tokens: one buyer at a time, and only who still buys may put something in its place.

import { expect, it } from 'vitest';
import { createTokens } from '../../src/work/shared-tokens.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { NOW, openStore } from './open-store.ts';

const place = { tenantId: 't1', accountId: 'a1', name: 'token' };

describeDatabase('shared tokens', () => {
  it('have one buyer at a time, who is replaced when the time is over', async () => {
    await using store = await openStore();
    const instances = [store.database, databaseKind === 'mysql' ? await store.another() : store.database];
    const at = (n: number) => (instances[n % 2] as typeof store.database).tokens;
    expect(await at(0).read(place)).toBeNull();
    const race = (seen: string, now: number) =>
      Promise.all(Array.from({ length: 8 }, (_, n) => at(n).begin(place, seen, `buyer${n}`, now, now + 6_000)));
    const first = await race('', NOW);
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await race('', NOW + 5_999)).not.toContain(true);
    const second = await race('', NOW + 6_000);
    expect(second.filter(Boolean)).toHaveLength(1);

    const [late, buyer] = [`buyer${first.indexOf(true)}`, `buyer${second.indexOf(true)}`];
    if (late !== buyer) await at(0).put(place, late, { sealed: 'late', usedUntil: NOW });
    await at(1).put(place, buyer, { sealed: 'sealed 报价', usedUntil: NOW + 7_000 });
    await at(1).put(place, buyer, { sealed: 'twice', usedUntil: NOW });
    expect(await at(0).read(place)).toEqual({ sealed: 'sealed 报价', usedUntil: NOW + 7_000, renewUntil: 0 });
    // Who has seen something else has to look again.
    expect(await race('', NOW + 7_000)).not.toContain(true);
    expect((await race('sealed 报价', NOW + 7_000)).filter(Boolean)).toHaveLength(1);
    for (let n = 0; n < 8; n += 1) await at(n).giveUp(place, `buyer${n}`);
    expect(await at(0).read(place)).toEqual({ sealed: 'sealed 报价', usedUntil: NOW + 7_000, renewUntil: 0 });
  });

  it('of two instances that start at once are bought once', async () => {
    await using store = await openStore();
    const databases = [store.database, databaseKind === 'mysql' ? await store.another() : store.database];
    let bought = 0;
    const holders = databases.map(({ tokens: rows }, n) =>
      createTokens({ store: rows, owner: `instance${n}`, now: () => NOW })
        .vault(() => ({ id: 'a1', tenantId: 't1', platform: 'p', appKey: 'k', externalTenant: null }))
        .share({
          name: 'other',
          secret: 's',
          marginMs: () => 0,
          fetch: async () => ({ token: `t${++bought}`, expiresInSeconds: 60 }),
          restAfter: () => 0,
        }),
    );
    expect(await Promise.all(holders.map((holder) => holder.get()))).toEqual(['t1', 't1']);
    const [row] = await store.unitOfWork.read((session) =>
      session.query<{ sealed: string }>("SELECT sealed FROM shared_token WHERE name = 'other'"),
    );
    expect(row?.sealed).toMatch(/^v1\./);
  });
});
