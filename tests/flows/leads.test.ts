// Strangers: a lead with its chat as context, and what a person makes of it.

import { expect, it } from 'vitest';
import { settled } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

async function stranger(sandbox: Sandbox, ...texts: string[]) {
  const { platform, company } = sandbox;
  platform.addBotToGroup(company.chats.newcomer, company.staff.wangqiang);
  for (const text of texts) platform.say(company.customers.sun, company.chats.newcomer, text);
  await settled(sandbox);
  return platform.waitForCard(company.staff.wangqiang, '东莞佳盛');
}

describeDatabase('leads', () => {
  const open = useSandbox();

  it('the card knows the name, which no event carries', async () => {
    const card = await stranger(await open(), '你好');
    expect(card.text).toContain('孙小姐');
  });

  it('建为客户 makes customer, contact and deal; a second tap is told', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const card = await stranger(sandbox, '你好');
    expect(await platform.tap(company.staff.wangqiang, card.messageId, '建为客户')).toMatchObject({
      ok: true,
      cardChanged: true,
    });
    const customers = await app.look((tx) => tx.customer.list({ name: '东莞佳盛 询价' }));
    expect(customers).toHaveLength(1);
    const contacts = await app.look((tx) => tx.contact.list({ customerId: customers[0]?.id ?? '' }));
    expect(contacts.map((contact) => contact.name)).toEqual(['孙小姐']);
  });

  it('归入 puts the person and the chat with a customer we have', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const chat = platform.world.createGroup({
      name: '恒锐 采购新人',
      members: [company.staff.lina, company.customers.sun],
    });
    platform.addBotToGroup(chat, company.staff.lina);
    platform.say(company.customers.sun, chat, '你好，我接手周工的采购');
    const card = await platform.waitForCard(company.staff.lina, '恒锐 采购新人');
    const [hengrui] = await app.look((tx) => tx.customer.list({ name: '宁波恒锐机电' }));
    await platform.tap(company.staff.lina, card.messageId, '归入', { attach_lead: hengrui?.id ?? '' });
    platform.say(company.customers.sun, chat, '麻烦报个价');
    await platform.waitForCard(company.staff.lina, '需求确认 → 报价发送');
  });

  it('不是客户 ends the matter, and later words of the chat are dropped', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const card = await stranger(sandbox, '送快递的');
    await platform.tap(company.staff.wangqiang, card.messageId, '不是客户');
    platform.say(company.customers.sun, company.chats.newcomer, '帮我报下价');
    await settled(sandbox);
    const kept = await app.look((tx) => tx.message.list({ speaker: 'customer' }));
    expect(kept.map((message) => message.text)).toEqual(['送快递的']);
    expect(await app.look((tx) => tx.opportunity.list({ ownerId: 'nobody' }))).toEqual([]);
  });

  it('undoing the automatic conversion gives the lead back, with its chat', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    await stranger(sandbox, '你好', '先报个价给我吧');
    const digest = await platform.waitForCard(company.staff.wangqiang, '初步接触 → 报价发送');
    await platform.tap(company.staff.wangqiang, digest.messageId, '撤销');
    await settled(sandbox);
    const [lead] = await app.look((tx) => tx.lead.list({}));
    expect(lead?.status).toBe('open');
    const [chat] = await app.look((tx) => tx.chat.list({ leadId: lead?.id ?? '' }));
    expect(chat?.customerId).toBeNull();
    // The next request converts it again, as a new deal.
    platform.say(company.customers.sun, company.chats.newcomer, '价格发我一下');
    await settled(sandbox);
    expect((await app.look((tx) => tx.lead.get(lead?.id ?? '')))?.status).toBe('converted');
  });

  it('a known face in a new chat brings their customer along', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    const chat = platform.world.createGroup({
      name: '恒锐 二期',
      members: [company.staff.lina, company.customers.zhou],
    });
    platform.addBotToGroup(chat, company.staff.lina);
    platform.say(company.customers.zhou, chat, '帮我报下价');
    await platform.waitForCard(company.staff.lina, '需求确认 → 报价发送');
    expect(platform.cardsOf(company.staff.lina).some((card) => card.text.includes('新线索'))).toBe(false);
  });

  it('a customer without an open deal is offered a new one', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    await app.transact((tx) =>
      tx.opportunity.update({ id: company.deals.bearing }, { status: 'won', closedAt: tx.now }),
    );
    platform.say(company.customers.zhou, company.chats.hengrui, '麻烦报个价');
    const card = await platform.waitForCard(company.staff.lina, '要新建商机吗');
    const tap = await platform.tap(company.staff.lina, card.messageId, '就是它', { choose_deal: 'new' });
    expect(tap).toMatchObject({ ok: true, toast: { content: expect.stringContaining('已推进') } });
    const open2 = await app.look((tx) => tx.opportunity.list({ status: 'open', name: '宁波恒锐机电 商机2' }));
    expect(open2[0]?.stage).toBe('quoted');
  });
});
