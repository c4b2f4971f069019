/** An update of a card that has left does not stand in for a change that came after it. */
import { expect, it } from 'vitest';
import { describeDatabase } from '../support/services/database.ts';
import { NOW, openStore, type Store } from './open-store.ts';
import { as } from './rows.ts';

const refresh = (store: Store) =>
  as(store, 't1', (tx) =>
    tx.enqueue({
      accountId: 'a',
      dedupeKey: 'update:card:7',
      orderKey: 'to:lina',
      order: { kind: 'card.update', cardId: 'card' },
    }),
  );

const waiting = async (store: Store) => (await store.database.outbox.backlog()).ready;

describeDatabase('updates of one card', () => {
  it('leave as one while they wait', async () => {
    await using store = await openStore();
    await refresh(store);
    await refresh(store);
    expect(await waiting(store)).toBe(1);
  });

  it('follow one that is leaving, and one that has left, under the same key', async () => {
    await using store = await openStore();
    const { outbox, unitOfWork } = store.database;
    await refresh(store);
    const [leaving] = await outbox.claim('worker', 10, NOW, 1000);
    await refresh(store);
    expect(await waiting(store)).toBe(2);
    if (leaving) await unitOfWork.run((session) => outbox.complete(session, leaving, 'worker', NOW));
    await refresh(store);
    await refresh(store);
    expect(await waiting(store)).toBe(3);
  });

  it('are not taken while a transaction counts on one of them', async () => {
    await using store = await openStore();
    const { outbox } = store.database;
    await refresh(store);
    const order: string[] = [];
    const held = Promise.withResolvers<void>();
    const claimed = held.promise.then(() => untilClaimed(store.database)).then(() => order.push('claimed'));
    await store.unitOfWork.run(async (session) => {
      await outbox.holdWaiting(session, { tenantId: 't1', accountId: 'a', dedupeKey: 'update:card:7' });
      held.resolve();
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push('committing');
    });
    await claimed;
    expect(order).toEqual(['committing', 'claimed']);
  });
});

/** Looks again and again, as a worker does. */
async function untilClaimed({ outbox }: Store['database']): Promise<void> {
  while ((await outbox.claim('worker', 10, NOW, 1000)).length === 0) await new Promise((go) => setTimeout(go, 5));
}
