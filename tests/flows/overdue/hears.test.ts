// A customer's own words on an alert: for who may read that customer, and no longer than that.

import { expect, it } from 'vitest';
import { describeDatabase } from '../../support/services/database.ts';
import { ACCOUNT, openFloor } from './floor.ts';

describeDatabase('what the customer said last', () => {
  it('is on the alert of who may read it, and on nobody else’s; who gave the customer away reads nothing new', async () => {
    await using floor = await openFloor();
    const boss = await floor.employ('郑总', 'manager');
    const [lina, wang, hans] = [
      await floor.employ('李娜', 'sales', boss),
      await floor.employ('王强'),
      await floor.employ('韩松'),
    ];
    const dealId = await floor.deal('轴承', lina);
    const chatId = await floor.group('客户群', true);
    const customerId = (await floor.run((tx) => tx.opportunity.get(dealId)))?.customerId ?? '';
    await floor.run(async (tx) => {
      await tx.chat.update({ id: chatId }, { customerId });
      await tx.collaborator.insert({ id: tx.newId(), customerId, staffId: hans, addedAt: tx.now });
      await tx.message.insert({
        ...{ id: tx.newId(), accountId: ACCOUNT, externalId: 'm1', chatId, speaker: 'customer', speakerName: '林工' },
        ...{ staffId: null, contactIdentityId: null, text: '价格再谈谈', sentAt: tx.now, expiresAt: tx.now + 1e9 },
      });
    });
    for (const to of [lina, boss, hans, wang]) await floor.alert(dealId, to);
    await floor.show();
    const hears = async (staffId: string) =>
      (await floor.face((await floor.cards({ staffId, kind: 'alert' }))[0])).words.includes('价格再谈谈');
    expect([await hears(lina), await hears(boss), await hears(hans), await hears(wang)]).toEqual([
      ...[true, true, true, false],
    ]);

    await floor.run(async (tx) => {
      await tx.customer.update({ id: customerId }, { ownerId: wang });
      await tx.opportunity.update({ id: dealId }, { ownerId: wang });
    });
    expect([await hears(lina), await hears(boss), await hears(hans), await hears(wang)]).toEqual([
      ...[false, false, true, true],
    ]);
  });
});
