// Several messages in one transaction: all of them or none, and what is not easy is left to be handled by itself.

import { expect, it } from 'vitest';
import type { Channel } from '../../src/channel/channel.ts';
import { createHandleTogether } from '../../src/inbox/handle-together.ts';
import type { WorkItem } from '../../src/work/queue.ts';
import { ACCOUNT, type Office, openOffice, said } from '../flows/office.ts';
import { describeDatabase } from '../support/services/database.ts';
import { NOW } from './open-store.ts';

const OWNER = 'me';

describeDatabase('messages handled together', () => {
  it('are stored and settled, each once', async () => {
    await using office = await openOffice();
    const items = await receive(office, 4);
    expect(await together(office)(items)).toEqual([]);
    expect(await wordsIn(office)).toEqual(['words 0', 'words 1', 'words 2', 'words 3']);
    expect(await office.store.database.inbox.backlog()).toMatchObject({ ready: 0, dead: 0 });
  });

  it('are none of them when one has been taken over by another: all are left', async () => {
    await using office = await openOffice();
    const items = await receive(office, 4);
    await office.store.database.inbox.giveBack(items.slice(2, 3), OWNER);
    expect(await together(office)(items)).toEqual(items);
    expect(await wordsIn(office)).toEqual([]);
    expect(await office.store.database.inbox.backlog()).toMatchObject({ ready: 4, dead: 0 });
  });

  it('are without what has failed before, what cannot be read, and what was handed over', async () => {
    await using office = await openOffice();
    const items = await receive(office, 6);
    const [failed, broken, record] = [at(items, 1), at(items, 2), at(items, 4)];
    const handed = JSON.stringify(said('group-4', 'sun', '', { record: [] }));
    const odd = new Map([
      [failed, { ...failed, attempts: 1 }],
      [broken, { ...broken, payload: '{' }],
      [record, { ...record, payload: handed }],
    ]);
    const given = items.map((item) => odd.get(item) ?? item);
    expect(await together(office)(given)).toEqual([...odd.values()]);
    expect(await wordsIn(office)).toEqual(['words 0', 'words 3', 'words 5']);
  });

  it('are left alone when it is only one', async () => {
    await using office = await openOffice();
    const items = await receive(office, 1);
    expect(await together(office)(items)).toEqual(items);
    expect(await wordsIn(office)).toEqual([]);
  });
});

const at = (items: readonly WorkItem[], n: number): WorkItem => items[n] ?? expect.fail('too few items');

/** Words of as many customers, claimed by us. */
async function receive(office: Office, count: number): Promise<WorkItem[]> {
  const { newId, unitOfWork, database } = office.store;
  const lina = await office.employ('李娜');
  const customer = await office.customer('恒锐', lina);
  for (let n = 0; n < count; n += 1) await office.group(`group-${n}`, { addedBy: lina, customerId: customer });
  const rows = Array.from({ length: count }, (_, n) => ({
    ...{ id: newId(), tenantId: 't1', accountId: ACCOUNT, queuedAt: NOW, availableAt: NOW },
    ...{ dedupeKey: `event-${n}`, orderKey: `chat-${n}` },
    payload: JSON.stringify(said(`group-${n}`, 'sun', `words ${n}`)),
  }));
  await unitOfWork.run((session) => database.inbox.add(session, rows));
  return database.inbox.claim(OWNER, count, NOW, 60_000);
}

function together({ store, run }: Office) {
  return createHandleTogether({
    ...{ inbox: store.database.inbox, owner: OWNER, now: () => NOW },
    channelOf: () => ({ normalise: (payload: string) => JSON.parse(payload) }) as Channel,
    transact: (_, work) => store.unitOfWork.run((session) => run((tx) => work(tx, session))),
  });
}

async function wordsIn({ run }: Office): Promise<string[]> {
  const stored = await run((tx) => tx.message.list({}));
  return stored.map(({ text }) => text).sort();
}
