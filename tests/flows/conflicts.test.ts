// Two transactions that want the same matter at the same moment, as lanes, instances and taps do on a server database.

import { expect, it } from 'vitest';
import { decideTap } from '../../src/crm/card/decide-tap.ts';
import { openCard } from '../../src/crm/card/open-card.ts';
import { convertLead } from '../../src/crm/lead/convert-lead.ts';
import { receiveMessage } from '../../src/crm/message/receive-message.ts';
import { meetStaff } from '../../src/crm/staff/known-staff.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, type Office, openOffice, said } from './office.ts';

/** Long enough for the other to arrive where it can; where a lock keeps it away, we go on without it. */
const PATIENCE_MS = 300;

type Step = { readonly table: keyof Tx; readonly method: 'insert' | 'update' };

/** Runs several at once; before their first `step` they wait for each other. */
async function together(office: Office, step: Step, works: readonly ((tx: Tx) => Promise<unknown>)[]): Promise<void> {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  const meet = async () => {
    arrived += 1;
    if (arrived === works.length) open();
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  };
  await Promise.all(works.map((work) => office.run((tx) => work(waitingAt(tx, step, meet)))));
}

function waitingAt(tx: Tx, { table, method }: Step, meet: () => Promise<void>): Tx {
  let met = false;
  const watched = new Proxy(tx[table] as object, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (property !== method || typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        if (!met) {
          met = true;
          await meet();
        }
        return Reflect.apply(value, target, given) as unknown;
      };
    },
  });
  return { ...tx, [table]: watched };
}

describeDatabase('at the same moment', () => {
  const inBoth = [
    (tx: Tx) => receiveMessage(tx, ACCOUNT, said('one', 'sun', '你好')),
    (tx: Tx) => receiveMessage(tx, ACCOUNT, said('two', 'sun', '在吗')),
  ];

  it.each([true, false])('a stranger writes in two chats: one lead (seen before: %s)', async (seen) => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    for (const name of ['one', 'two']) await office.group(name, { addedBy: lina });
    if (seen) await office.outsider('sun', '孙小姐');
    await together(office, { table: seen ? 'lead' : 'contactIdentity', method: 'insert' }, inBoth);
    const leads = await office.run((tx) => tx.lead.list({}));
    expect(leads).toHaveLength(1);
    const chats = await office.run((tx) => tx.chat.list({}));
    expect(chats.map((chat) => chat.leadId)).toEqual([leads[0]?.id, leads[0]?.id]);
    expect(await office.run((tx) => tx.message.list({}))).toHaveLength(2);
    expect(await office.cards({ kind: 'lead' })).toHaveLength(1);
  });

  it('a colleague is met in two chats: one colleague', async () => {
    await using office = await openOffice();
    const wang = { id: 'wang', tenant: null, internal: true };
    await together(office, { table: 'staffIdentity', method: 'insert' }, [
      (tx) => meetStaff(tx, ACCOUNT, wang, 'one'),
      (tx) => meetStaff(tx, ACCOUNT, wang, 'two'),
    ]);
    expect(await office.run((tx) => tx.staff.list({}))).toHaveLength(1);
  });

  it('a lead is converted twice: the second finds it done', async () => {
    await using office = await openOffice();
    await office.group('询价', { addedBy: await office.employ('李娜') });
    await office.hear('询价', 'sun', '你好');
    const [lead] = await office.run((tx) => tx.lead.list({}));
    const convert = (tx: Tx) => convertLead(tx, lead?.id ?? '');
    await together(office, { table: 'customer', method: 'insert' }, [convert, convert]);
    expect(await office.run((tx) => tx.customer.list({}))).toHaveLength(1);
    expect(await office.run((tx) => tx.opportunity.list({}))).toHaveLength(1);
  });

  it('questions to one person: the cap of the day holds, and what is above it shares one digest', async () => {
    await using office = await openOffice();
    const staffId = await office.employ('李娜');
    const ask = (subject: string) => (tx: Tx) =>
      openCard(tx, { kind: 'ask', staffId, accountId: ACCOUNT, subject, data: {}, actions: [{ kind: 'ignore' }] });
    for (const subject of ['a', 'b', 'c', 'd']) await office.run(ask(subject));
    await together(office, { table: 'card', method: 'insert' }, [ask('e'), ask('f'), ask('g')]);
    const cards = await office.cards();
    expect(cards.filter((card) => card.kind === 'digest')).toHaveLength(1);
    expect(cards.filter((card) => card.kind === 'ask' && card.digestId === null)).toHaveLength(5);
  });

  it('two chats of one customer say the same: the deal moves once, and nothing fails', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    const customerId = await office.customer('恒锐', lina);
    const deal = await office.deal(customerId, '轴承座', lina, 'qualified');
    for (const name of ['one', 'two']) await office.group(name, { addedBy: lina, customerId });
    await together(office, { table: 'opportunity', method: 'update' }, [
      (tx) => receiveMessage(tx, ACCOUNT, said('one', 'zhou', '帮我报下价')),
      (tx) => receiveMessage(tx, ACCOUNT, said('two', 'qian', '麻烦报个价')),
    ]);
    expect(await office.run((tx) => tx.stageChange.list({ opportunityId: deal }))).toHaveLength(1);
    const outcomes = (await office.run((tx) => tx.signalDecision.list({}))).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['advanced', 'already_there']);
  });

  it('新建一个商机 tapped twice makes one', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    const customerId = await office.customer('恒锐', lina);
    await office.group('恒锐群', { addedBy: lina, customerId });
    await office.hear('恒锐群', 'zhou', '帮我报下价');
    const [card] = await office.cards({ kind: 'which_deal' });
    const action = await office.run((tx) => tx.cardAction.find({ cardId: card?.id ?? '', kind: 'choose_deal' }));
    const choose = (tx: Tx) =>
      decideTap(tx, ACCOUNT, {
        eventId: tx.newId(),
        tapper: { id: '李娜', tenant: null, internal: true },
        actionKey: action?.id ?? '',
        values: { choose_deal: 'new' },
        messageId: 'om_card',
        chatId: null,
      });
    await together(office, { table: 'opportunity', method: 'insert' }, [choose, choose]);
    expect(await office.run((tx) => tx.opportunity.list({ customerId }))).toHaveLength(1);
  });
});
