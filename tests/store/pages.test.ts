/** Pages of a pulled source: all of it or nothing, however much one page holds. */
import { expect, it } from 'vitest';
import { createInbound } from '../../src/inbox/inbound.ts';
import { describeDatabase } from '../support/services/database.ts';
import { NOW, openStore } from './open-store.ts';

describeDatabase('a pulled page', () => {
  it('of a thousand long records is stored with its place', async () => {
    await using store = await openStore();
    const { database, unitOfWork, newId } = store;
    const tenantId = await database.company.firstTenant();
    const account = await database.company.account(tenantId, 'wecom', 'ww1');
    const inbound = createInbound({
      account: () => account,
      unitOfWork,
      inbox: database.inbox,
      company: database.company,
      ingest: async () => {},
      onStored: () => {},
      answerTap: async () => ({ notice: null, card: null }),
      owner: 'a',
      newId,
      now: () => NOW,
    });
    const payload = '话'.repeat(20_000);
    const events = Array.from({ length: 1_000 }, (_, n) => ({ eventKey: `msg:${n}`, orderKey: 'chat', payload }));
    await inbound.storePage(events, { name: 'kf:wkA', value: 'c1' });
    const [row] = await unitOfWork.read((session) =>
      session.query<{ n: number | string }>('SELECT COUNT(*) AS n FROM inbox_event'),
    );
    expect(Number(row?.n)).toBe(1_000);
    expect(await inbound.cursor('kf:wkA')).toBe('c1');
  });
});
