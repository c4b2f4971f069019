// Matters that take an unusual turn: what becomes of deals, leads, cards and words.

import { expect, it } from 'vitest';
import { recallMessage } from '../../src/crm/message/recall-message.ts';
import { settleDelivery } from '../../src/crm/settle-delivery.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, type Office, openOffice } from './office.ts';

/** 李娜, her supervisor 陈总监, her customer 恒锐 with one deal, and their group. */
async function hengrui(office: Office, stage: string) {
  const chen = await office.employ('陈总监', { role: 'manager' });
  const lina = await office.employ('李娜', { supervisorId: chen });
  const customerId = await office.customer('恒锐', lina);
  const deal = await office.deal(customerId, '轴承座', lina, stage);
  await office.group('恒锐群', { addedBy: lina, customerId });
  return { chen, lina, customerId, deal };
}

const dealOf = (office: Office, id: string) => office.run((tx) => tx.opportunity.get(id));

describeDatabase('matters', () => {
  it('one message moves the deal and asks for the next step; the question can still be confirmed', async () => {
    await using office = await openOffice();
    const { deal } = await hengrui(office, 'qualified');
    await office.hear('恒锐群', 'zhou', '报价没问题，合同我们已经签好了');
    expect((await dealOf(office, deal))?.stage).toBe('quoted');
    const [card] = await office.cards({ kind: 'ask' });
    const answer = await office.tap('李娜', card, 'advance');
    expect(answer.notice?.tone).toBe('success');
    expect((await dealOf(office, deal))?.stage).toBe('contracted');
    const moves = await office.run((tx) => tx.stageChange.list({ opportunityId: deal }));
    expect(moves.map(({ quote }) => quote)).toEqual(Array(2).fill('报价没问题，合同我们已经签好了'));
  });

  it('a card that asks which deal decides nothing for a colleague who has lost the customer meanwhile', async () => {
    await using office = await openOffice();
    const { customerId, deal } = await hengrui(office, 'qualified');
    const other = await office.employ('王强');
    await office.hear('李娜', '李娜', '麻烦报个价', {
      chat: { id: '李娜', kind: 'direct' },
      sender: { id: '李娜', tenant: null, internal: true },
      addressed: true,
    });
    const [card] = await office.cards({ kind: 'which_deal' });
    await office.run((tx) => tx.customer.update({ id: customerId }, { ownerId: other }));
    const answer = await office.tap('李娜', card, 'choose_deal', deal);
    expect(answer.notice?.text).toContain('由别的同事负责');
    expect((await dealOf(office, deal))?.stage).toBe('qualified');
  });

  it('ten thousand characters without a pause are judged, quoted short, and set nothing aside', async () => {
    await using office = await openOffice();
    const { deal } = await hengrui(office, 'qualified');
    await office.hear('恒锐群', 'zhou', `${'好'.repeat(5_000)}帮我报下价${'😀'.repeat(2_500)}`);
    await office.hear('恒锐群', 'zhou', '😀😀');
    await office.hear('恒锐群', 'zhou', '');
    await office.hear('恒锐群', 'zhou', '麻烦报个价');
    expect((await dealOf(office, deal))?.stage).toBe('quoted');
    const quotes = await office.run((tx) => tx.stageChange.list({ opportunityId: deal }));
    expect([...(quotes[0]?.quote ?? '')].length).toBeLessThanOrEqual(500);
  });

  it('names of any length are taken, shortened', async () => {
    await using office = await openOffice();
    await office.employ('李娜');
    const long = '名'.repeat(400);
    await office.hear('群', 'sun', '你好', { mentions: [{ id: 'sun', name: long }] });
    for (const [order, receipt] of [
      [
        { kind: 'person.lookup', chatExternalId: '群', personId: 'sun' },
        { kind: 'person', name: long },
      ],
      [
        { kind: 'chat.lookup', chatExternalId: '群' },
        { kind: 'chat', name: long },
      ],
    ] as const)
      await office.run((tx) => settleDelivery(tx, ACCOUNT, order, receipt));
    await office.hear('群', 'sun', '先报个价给我吧');
    const [deal] = await office.run((tx) => tx.opportunity.list({}));
    expect(deal).toMatchObject({ stage: 'quoted', name: expect.stringMatching(/^名+…?的商机$/) });
  });

  it('a stranger whose first words convert them: the name that comes later reaches customer and deal', async () => {
    await using office = await openOffice();
    await office.employ('李娜');
    await office.hear('群', 'sun', '先报个价给我吧');
    const order = { kind: 'person.lookup', chatExternalId: '群', personId: 'sun' } as const;
    await office.run((tx) => settleDelivery(tx, ACCOUNT, order, { kind: 'person', name: '孙小姐' }));
    expect(await office.run((tx) => tx.customer.list({}))).toMatchObject([{ name: '孙小姐' }]);
    expect(await office.run((tx) => tx.opportunity.list({}))).toMatchObject([{ name: '孙小姐的商机' }]);
  });

  it('undoing a conversion whose card was never out sends one', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    await office.group('询价', { addedBy: lina });
    await office.hear('询价', 'sun', '先报个价给我吧');
    // What was moot before it left was never sent.
    await office.store.unitOfWork.run((session) => session.execute("UPDATE outbox_order SET status = 'done'"));
    const [digest] = await office.cards({ kind: 'digest' });
    expect((await office.tap('李娜', digest, 'undo')).notice?.tone).toBe('success');
    const open = await office.cards({ kind: 'lead', status: 'open' });
    expect(open).toHaveLength(1);
    const orders = await office.store.unitOfWork.read((session) =>
      session.query<{ dedupe_key: string }>("SELECT dedupe_key FROM outbox_order WHERE status = 'ready'"),
    );
    expect(orders.map(({ dedupe_key }) => dedupe_key)).toContain(`card:${open[0]?.id}`);
    expect((await office.tap('李娜', open[0], 'adopt_lead')).notice?.tone).toBe('success');
  });

  it('undoing a conversion leaves a customer alone who has another deal by now', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    await office.group('询价', { addedBy: lina });
    await office.hear('询价', 'sun', '先报个价给我吧');
    const [customer] = await office.run((tx) => tx.customer.list({}));
    const second = await office.deal(customer?.id ?? '', '二期', lina, 'contacted');
    const [digest] = await office.cards({ kind: 'digest' });
    expect((await office.tap('李娜', digest, 'undo')).notice?.tone).toBe('success');
    expect(await office.run((tx) => tx.customer.list({}))).toMatchObject([{ withdrawnAt: null }]);
    expect(await office.run((tx) => tx.chat.list({ customerId: customer?.id ?? '' }))).toHaveLength(1);
    const deals = await office.run((tx) => tx.opportunity.list({ customerId: customer?.id ?? '' }));
    expect(deals.find(({ id }) => id !== second)).toMatchObject({ status: 'open', stage: 'contacted' });
  });

  it('a customer whom another colleague answers is that colleague’s lead, with its card', async () => {
    await using office = await openOffice();
    const [lina, wang] = [await office.employ('李娜'), await office.employ('王强')];
    await office.group('客服', { addedBy: lina });
    await office.hear('客服', 'sun', '你好');
    const order = { kind: 'session.assign', chatExternalId: '客服', staffExternalIds: ['李娜', '王强'] } as const;
    const taken = { kind: 'assigned', staffId: '王强' } as const;
    await office.run((tx) => settleDelivery(tx, ACCOUNT, order, taken));
    expect(await office.run((tx) => tx.lead.list({}))).toMatchObject([{ ownerId: wang }]);
    expect(await office.cards({ kind: 'lead' })).toMatchObject([
      { staffId: lina, status: 'closed', outcome: '已由王强接待' },
      { staffId: wang, status: 'open' },
    ]);
    await office.run((tx) => settleDelivery(tx, ACCOUNT, order, taken));
    expect(await office.cards({ kind: 'lead' })).toHaveLength(2);
  });

  it('when a lead is attached or dropped, the other questions about it close', async () => {
    await using office = await openOffice();
    const { lina, customerId } = await hengrui(office, 'qualified');
    await office.group('询价', { addedBy: lina });
    await office.hear('询价', 'sun', '你好');
    await office.hear('询价', 'sun', '合同我们已经签好了');
    expect(await office.cards({ kind: 'ask', status: 'open' })).toHaveLength(1);
    const [card] = await office.cards({ kind: 'lead' });
    await office.tap('李娜', card, 'attach_lead', customerId);
    expect(await office.cards({ status: 'open', kind: 'ask' })).toEqual([]);
    expect((await office.cards({ kind: 'lead' }))[0]?.outcome).toBe('李娜已归入客户「恒锐」');
  });

  it('words that a colleague handed over and then ignored are not kept', async () => {
    await using office = await openOffice();
    await hengrui(office, 'qualified');
    const direct = {
      chat: { id: 'p2p', kind: 'direct' as const },
      sender: { id: '李娜', tenant: null, internal: true },
    };
    await office.hear('p2p', '李娜', '客户说样品先寄两套过来', direct);
    const [card] = await office.cards({ kind: 'which_deal' });
    expect(JSON.stringify(card?.data)).toContain('样品先寄');
    await office.tap('李娜', card, 'ignore');
    expect(JSON.stringify(await office.cards())).not.toContain('样品先寄');
  });

  it('what was judged in a handed-over record leaves its words with the move only', async () => {
    await using office = await openOffice();
    const { deal } = await hengrui(office, 'qualified');
    const direct = {
      chat: { id: 'p2p', kind: 'direct' as const },
      sender: { id: '李娜', tenant: null, internal: true },
    };
    await office.hear('p2p', '李娜', '客户说麻烦报个价', direct);
    const [card] = await office.cards({ kind: 'which_deal' });
    await office.tap('李娜', card, 'choose_deal', deal);
    expect(await office.run((tx) => tx.stageChange.list({}))).toMatchObject([{ quote: '客户说麻烦报个价' }]);
    expect(JSON.stringify(await office.run((tx) => tx.signalDecision.list({})))).not.toContain('麻烦');
  });

  it('recalled words leave the decision and the open question too', async () => {
    await using office = await openOffice();
    await hengrui(office, 'qualified');
    await office.hear('恒锐群', 'zhou', '报价啥时候能出', { messageId: 'om_regret' });
    await office.run((tx) =>
      recallMessage(tx, ACCOUNT, { type: 'recalled', eventId: 'r1', messageId: 'om_regret', at: 0 }),
    );
    const left = await office.run(async (tx) => [
      await tx.message.list({}),
      await tx.signalDecision.list({}),
      await tx.card.list({}),
    ]);
    expect(JSON.stringify(left)).not.toContain('报价啥时候能出');
    expect(await office.cards({ kind: 'ask', status: 'open' })).toHaveLength(1);
  });

  it('the question of a person who left, or reads nowhere, goes to whoever stands above them', async () => {
    for (const away of [{ active: false }, { reads: false }]) {
      await using office = await openOffice();
      const boss = await office.employ('陈总监', { role: 'sales' });
      const lina = await office.employ('李娜', { supervisorId: boss, ...away });
      const customerId = await office.customer('恒锐', lina);
      await office.deal(customerId, '轴承座', lina, 'qualified');
      await office.group('恒锐群', { addedBy: lina, customerId });
      await office.hear('恒锐群', 'zhou', '报价啥时候能出');
      expect(await office.cards()).toMatchObject([{ kind: 'ask', staffId: boss }]);
    }
  });

  it('a supervisor two steps above may decide; a colleague beside may not', async () => {
    await using office = await openOffice();
    const top = await office.employ('总经理');
    const middle = await office.employ('主管', { supervisorId: top });
    const lina = await office.employ('李娜', { supervisorId: middle });
    await office.employ('王强', { supervisorId: middle });
    const customerId = await office.customer('恒锐', lina);
    await office.deal(customerId, '轴承座', lina, 'qualified');
    await office.group('恒锐群', { addedBy: lina, customerId });
    await office.hear('恒锐群', 'zhou', '报价啥时候能出');
    const [card] = await office.cards({ kind: 'ask' });
    expect((await office.tap('王强', card, 'advance')).notice?.text).toContain('由李娜处理');
    expect((await office.tap('总经理', card, 'advance')).notice?.tone).toBe('success');
    expect((await office.tap('李娜', card, 'ignore')).notice?.text).toBe('总经理已改到「报价发送」');
  });

  it('a message is kept by its age, not by when it reached us, and the future is now', async () => {
    await using office = await openOffice();
    await hengrui(office, 'qualified');
    const day = 86_400_000;
    const now = await office.run(async (tx) => tx.now);
    await office.hear('恒锐群', 'zhou', '旧的', { sentAt: now - 170 * day });
    await office.hear('恒锐群', 'zhou', '表快了', { sentAt: now + 3 * day });
    const kept = await office.run((tx) => tx.message.list({}, { orderBy: 'sentAt' }));
    expect(kept.map(({ sentAt, expiresAt }) => [sentAt - now, (expiresAt - now) / day])).toEqual([
      [-170 * day, 10],
      [0, 180],
    ]);
  });

  it('words of the same second are context for each other', async () => {
    await using office = await openOffice();
    const { deal } = await hengrui(office, 'qualified');
    await office.hear('恒锐群', '李娜', '要报价吗', { sender: { id: '李娜', tenant: null, internal: true } });
    await office.hear('恒锐群', 'zhou', '好的发我');
    expect((await dealOf(office, deal))?.stage).toBe('quoted');
  });
});
