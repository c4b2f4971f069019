// 200 taps by several approvers, none of them known to be a repetition: one decision a step, and everybody is told of it.
// On a server database by two instances; a file has one writer.

import { expect, it } from 'vitest';
import { decideTap } from '../../../src/crm/card/decide-tap.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import type { Database } from '../../../src/persistence/database.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { databaseKind, describeDatabase } from '../../support/services/database.ts';
import { ACCOUNT } from '../office.ts';
import { openFirm } from './desk.ts';

const TAPS = 200;
const active = activate(1, starterDocument());

const on = <T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  database.unitOfWork.run((session) =>
    work(
      database.tx(session, {
        ...{ tenantId: 't1', active, runsShort: () => false, onEnqueue: () => {} },
        cardsOf: () => ({ updates: 'free', updatableForMs: 86_400_000 }),
        guideOf: () => null,
      }),
    ),
  );

describeDatabase('approvals tapped by many at once', () => {
  it('are decided once a step', { timeout: 120_000 }, async () => {
    await using firm = await openFirm();
    const { office } = firm;
    const admins = ['陈总', '周总'];
    for (const name of ['吴总', '郑总', '冯总']) {
      await office.employ(name, { role: 'admin' });
      admins.push(name);
    }
    await firm.submit();
    const [first] = await office.cards({ kind: 'approval', status: 'open' });
    await office.tap('王总', first, 'agree');
    const cards = await office.cards({ kind: 'approval', status: 'open' });
    expect(cards).toHaveLength(admins.length);
    const buttons = await office.run((tx) => tx.cardAction.list({}));
    const { database } = office.store;
    const instances = [database, databaseKind === 'mysql' ? await office.store.another() : database];
    const answers = await Promise.all(
      Array.from({ length: TAPS }, (_, n) => {
        const card = cards[n % cards.length];
        const kind = n % 3 === 0 ? 'refuse' : 'agree';
        const tap = {
          eventId: `tap-${n}`,
          tapper: { id: card?.addressId ?? '', tenant: null, internal: true },
          actionKey: buttons.find((one) => one.cardId === card?.id && one.kind === kind)?.id ?? '',
          values: { [kind]: '价格太低' },
          ...{ messageId: 'om_card', chatId: null },
        };
        return on(instances[n % 2] as Database, (tx) => decideTap(tx, ACCOUNT, tap));
      }),
    );
    const won = answers.filter(({ notice }) => notice?.tone === 'success');
    expect(won).toHaveLength(1);
    const seats = await office.run((tx) => tx.approvalSeat.list({}));
    const decided = seats.filter(({ state }) => state === 'approved' || state === 'rejected');
    expect(decided).toHaveLength(2);
    const state = won[0]?.notice?.text === '已同意' ? 'approved' : 'rejected';
    expect((await firm.quote())?.status).toBe(state);
    const told = new Set(answers.filter((one) => one !== won[0]).map(({ notice }) => notice?.text));
    expect([...told]).toEqual([expect.stringMatching(/^..已(同意|驳回：价格太低)$/)]);
    expect(await office.cards({ kind: 'approval', status: 'open' })).toEqual([]);
  });
});
