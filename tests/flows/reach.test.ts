// How far words carry a deal: what moves by itself, what asks, and what is only noted.

import { expect, it } from 'vitest';
import { movesOf, settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

/** Puts the one deal of 宁波恒锐 into a stage and lets the customer speak. */
async function say(sandbox: Sandbox, stage: string, text: string): Promise<void> {
  const { platform, company, app } = sandbox;
  await app.transact((tx) => tx.opportunity.update({ id: company.deals.bearing }, { stage }));
  platform.say(company.customers.zhou, company.chats.hengrui, text);
  await settled(sandbox);
}

async function outcomes(sandbox: Sandbox): Promise<string[]> {
  const rows = await sandbox.app.look((tx) => tx.signalDecision.list({}));
  return rows.map((row) => `${row.signal}:${row.verdict}:${row.outcome}`);
}

describeDatabase('reach of a signal', () => {
  const open = useSandbox();

  it('a jump of several stages asks, names the distance, and moves on 推进', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    await say(sandbox, 'qualified', '合同盖好章了，顺丰寄出！');
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('qualified');
    const card = await platform.waitForCard(company.staff.lina, '要推进到「合同签订」吗');
    expect(card.text).toContain('跨了 3 个阶段');
    await platform.tap(company.staff.lina, card.messageId, '推进到「合同签订」');
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('contracted');
    const [move] = await movesOf(sandbox, company.deals.bearing);
    expect(move).toMatchObject({ cause: 'confirmed', quote: expect.stringContaining('合同盖好章了') });
  });

  it('payment moves a signed deal by itself, and only asks before the contract', async () => {
    const signed = await open();
    await say(signed, 'contracted', '预付款已经打过去了，麻烦查收');
    expect(await stageOf(signed, signed.company.deals.bearing)).toBe('fulfilling');

    const sampling = await open();
    await say(sampling, 'sampling', '预付款已经打过去了，麻烦查收');
    expect(await stageOf(sampling, sampling.company.deals.bearing)).toBe('sampling');
    expect(await outcomes(sampling)).toEqual(['fulfilling:advance:asked']);
  });

  it('an after-sales word never moves an unsold deal', async () => {
    const sandbox = await open();
    await say(sandbox, 'quoted', '设备报修，机器不转了');
    expect(await stageOf(sandbox, sandbox.company.deals.bearing)).toBe('quoted');
    expect(await outcomes(sandbox)).toEqual(['after_sales:advance:noted']);
  });

  it('never backwards, and the stage it already stands in stays', async () => {
    const sandbox = await open();
    await say(sandbox, 'contracted', '帮我报下价');
    await say(sandbox, 'contracted', '合同发来吧');
    expect(await stageOf(sandbox, sandbox.company.deals.bearing)).toBe('contracted');
    expect(await outcomes(sandbox)).toEqual(['quoted:advance:backwards', 'contracted:advance:already_there']);
    expect(sandbox.platform.cardsOf(sandbox.company.staff.lina)).toEqual([]);
  });

  it('two signals in one message are one move, to the furthest stage in reach', async () => {
    const sandbox = await open();
    await say(sandbox, 'qualified', '报价没问题，样品先来一套');
    expect(await stageOf(sandbox, sandbox.company.deals.bearing)).toBe('sampling');
    expect(await movesOf(sandbox, sandbox.company.deals.bearing)).toHaveLength(1);
    expect(await outcomes(sandbox)).toEqual(['quoted:advance:covered', 'sampling:advance:advanced']);
  });

  it('losing a deal only ever asks, needs a reason, and can be taken back', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    await say(sandbox, 'quoted', '项目黄了，不好意思');
    const card = await platform.waitForCard(company.staff.lina, '客户可能要放弃');
    const without = await platform.tap(company.staff.lina, card.messageId, '确认输单');
    expect(without).toEqual({ ok: false, reason: 'required_field' });
    const tap = await platform.tap(company.staff.lina, card.messageId, '确认输单', { lose: '项目取消' });
    expect(tap).toMatchObject({ ok: true, toast: { content: '已记为输单' } });
    const deal = await app.look((tx) => tx.opportunity.get(company.deals.bearing));
    expect(deal).toMatchObject({ status: 'lost', lostReason: '项目取消', stage: 'quoted' });
    // A lost deal hears nothing more.
    platform.say(company.customers.zhou, company.chats.hengrui, '样品寄来看看');
    await settled(sandbox);
    const digest = await platform.waitForCard(company.staff.lina, '今日进展');
    await platform.tap(company.staff.lina, digest.messageId, '撤销');
    expect(await app.look((tx) => tx.opportunity.get(company.deals.bearing))).toMatchObject({
      status: 'open',
      stage: 'quoted',
    });
  });

  it('the same question is not asked twice while it is open', async () => {
    const sandbox = await open();
    await say(sandbox, 'qualified', '合同盖好章了');
    await say(sandbox, 'qualified', '合同我们已经签好了');
    expect(sandbox.platform.cardsOf(sandbox.company.staff.lina)).toHaveLength(1);
    expect(await outcomes(sandbox)).toEqual(['contracted:advance:asked', 'contracted:advance:open_card']);
  });

  it('改阶段 moves to the chosen stage and closes the question', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    await say(sandbox, 'contacted', '合同盖好章了');
    const card = await platform.waitForCard(company.staff.lina, '要推进到「合同签订」吗');
    await platform.tap(company.staff.lina, card.messageId, '改阶段', { change_stage: 'sampling' });
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('sampling');
    expect(platform.card(card.messageId).text).toContain('李娜已改到「样品交付」');
  });

  it('a question that a later message answers closes by itself', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    await say(sandbox, 'qualified', '报价啥时候能出');
    const card = await platform.waitForCard(company.staff.lina, '要推进到「报价发送」吗');
    platform.say(company.staff.lina, company.chats.hengrui, '报价单发您邮箱了，请查收。');
    await settled(sandbox);
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
    expect(platform.card(card.messageId).text).toContain('商机已是「报价发送」');
    expect(platform.card(card.messageId).buttons).toEqual([]);
  });

  it('a rule that people keep correcting asks instead of moving', async () => {
    const sandbox = await open();
    const { app, company } = sandbox;
    const rule = await app.look(async (tx) => {
      const [found] = tx.active.detector.detect({ speaker: 'customer', text: '帮我报下价' });
      return found?.rule ?? '';
    });
    await app.transact(async (tx) => {
      for (let i = 0; i < 20; i += 1) {
        await tx.signalDecision.insert({
          id: tx.newId(),
          messageId: null,
          chatId: null,
          opportunityId: company.deals.shaft,
          leadId: null,
          signal: 'quoted',
          verdict: 'advance',
          ruleKey: rule,
          phrase: '报价',
          quote: '报价',
          outcome: 'advanced',
          label: i < 2 ? 'undone' : null,
          policyVersion: 1,
          at: tx.now - 86_400_000,
        });
      }
    });
    await say(sandbox, 'qualified', '帮我报下价');
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('qualified');
    const card = await sandbox.platform.waitForCard(company.staff.lina, '要推进到「报价发送」吗');
    expect(card.text).toContain('近期准确率只有 90%');
  });
});
