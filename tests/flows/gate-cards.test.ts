// A stage that wants a field, seen from the chat: the card says what is missing, its button waits for it, and nothing is half done.

import { expect, it } from 'vitest';
import { type Desk, openDesk } from '../../src/crm/access/desk.ts';
import { drawCard } from '../../src/crm/card/faces/draw-card.ts';
import { recallMessage } from '../../src/crm/message/recall-message.ts';
import { changeDeal } from '../../src/crm/opportunity/change-deal.ts';
import { moveDeal, undoMoveOf } from '../../src/crm/opportunity/deal-desk.ts';
import { handOver } from '../../src/crm/staff/hand-over.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, type Office, openOffice } from './office.ts';

const DAY_MS = 86_400_000;
const PAID = '首款已经打过去了，请查收';

async function face(office: Office): Promise<string> {
  const [card] = await office.cards({ kind: 'ask' });
  if (!card) throw new Error('no card asks');
  return JSON.stringify(await office.run((tx) => drawCard(tx, card)));
}

describeDatabase('cards before a gate', () => {
  it('says what is missing, refuses 推进 until it is there, and moves then by itself', async () => {
    await using office = await openOffice();
    const owner = await office.employ('李娜');
    const customerId = await office.customer('恒锐', owner);
    const dealId = await office.deal(customerId, '轴承座', owner, 'contracted');
    await office.outsider('周工', '周工');
    await office.group('恒锐群', { addedBy: owner, customerId });
    await office.hear('恒锐群', '周工', PAID);
    const [card] = await office.cards({ kind: 'ask' });
    expect(await face(office)).toContain('进入「订单执行」还缺：金额。补齐后自动进入「订单执行」。');
    const early = await office.tap('李娜', card, 'advance');
    expect(early.notice).toEqual({ tone: 'warning', text: '还缺：金额。补齐后自动进入「订单执行」。' });
    await office.run(async (tx) => {
      const desk = await openDesk(tx, { staffId: owner, accountId: ACCOUNT });
      if (desk) await changeDeal(desk, dealId, { amountMinor: 7_140_000, expectedVersion: 1 });
    });
    const [move] = await office.run((tx) => tx.stageChange.list({ opportunityId: dealId }));
    // Whoever tapped wants it from then on, and the words are its evidence.
    expect(move).toMatchObject({ cause: 'confirmed', staffId: owner, quote: PAID, toStage: 'fulfilling' });
    expect(await face(office)).toContain('商机已是「订单执行」，不用再处理');
    expect(await office.run((tx) => tx.stageWish.list({}))).toEqual([]);
  });

  it('ignored words want nothing any more, and words that were taken back only ask', async () => {
    await using office = await openOffice();
    const owner = await office.employ('李娜');
    const customerId = await office.customer('恒锐', owner);
    await office.outsider('周工', '周工');
    await office.group('恒锐群', { addedBy: owner, customerId });
    const dealId = await office.deal(customerId, '轴承座', owner, 'contracted');
    const fill = (amountMinor: number | null) =>
      office.run(async (tx) => {
        const desk = await openDesk(tx, { staffId: owner, accountId: ACCOUNT });
        if (desk)
          expect(await changeDeal(desk, dealId, { amountMinor, expectedVersion: 1 })).toMatchObject({ ok: true });
      });
    await office.hear('恒锐群', '周工', PAID);
    const [card] = await office.cards({ kind: 'ask' });
    await office.tap('李娜', card, 'ignore');
    await fill(7_140_000);
    expect(await office.run((tx) => tx.stageChange.list({ opportunityId: dealId }))).toEqual([]);
    await fill(null);
    await office.hear('恒锐群', '周工', `${PAID}！`, { messageId: 'taken-back' });
    await office.run((tx) =>
      recallMessage(tx, ACCOUNT, { type: 'recalled', eventId: 'r1', messageId: 'taken-back', at: tx.now }),
    );
    await fill(7_140_000);
    expect(await office.run((tx) => tx.stageChange.list({ opportunityId: dealId }))).toEqual([]);
    expect(await office.cards({ kind: 'ask', status: 'open' })).toHaveLength(1);
    expect(await office.run((tx) => tx.stageWish.list({}))).toEqual([]);
  });

  it('asks anew when what was missing comes days later, and forgets a wish with any move', async () => {
    await using office = await openOffice();
    const owner = await office.employ('李娜');
    const customerId = await office.customer('恒锐', owner);
    const dealId = await office.deal(customerId, '轴承座', owner, 'contracted');
    await office.outsider('周工', '周工');
    await office.group('恒锐群', { addedBy: owner, customerId });
    await office.hear('恒锐群', '周工', PAID);
    const atDesk = <T>(work: (desk: Desk) => Promise<T>) =>
      office.run(async (tx) => {
        const desk = await openDesk(tx, { staffId: owner, accountId: ACCOUNT });
        if (!desk) throw new Error('the owner is gone');
        return work(desk);
      });
    await office.run((tx) => tx.stageWish.update({ opportunityId: dealId }, { createdAt: tx.now - 8 * DAY_MS }));
    await atDesk((desk) => changeDeal(desk, dealId, { amountMinor: 7_140_000, expectedVersion: 1 }));
    expect((await office.run((tx) => tx.opportunity.get(dealId)))?.stage).toBe('contracted');
    const [before, now] = await office.cards({ kind: 'ask' });
    expect(before?.outcome).toBe('要的已经齐了，请看新的卡片');
    expect(now).toMatchObject({ status: 'open', data: { toStage: 'fulfilling', pending: [{ quote: PAID }] } });
    const tap = await office.tap('李娜', now, 'advance');
    expect(tap.notice).toEqual({ tone: 'success', text: '已推进到「订单执行」' });

    await atDesk((desk) => moveDeal(desk, dealId, { toStage: 'contracted', expectedVersion: 2 }));
    await atDesk((desk) => changeDeal(desk, dealId, { amountMinor: null, expectedVersion: 3 }));
    const wish = { toStage: 'fulfilling', expectedVersion: 3 };
    expect(await atDesk((desk) => moveDeal(desk, dealId, { ...wish, whenReady: true }))).toMatchObject({ ok: true });
    const moved = await atDesk((desk) => moveDeal(desk, dealId, { toStage: 'sampling', expectedVersion: 3 }));
    expect(moved).toMatchObject({ ok: true, value: { wish: null } });
    // Undone, the deal stands where it was wanted from; what was wanted is forgotten all the same.
    const [last] = await office.run((tx) =>
      tx.stageChange.list({ opportunityId: dealId }, { orderBy: 'opportunityVersion', descending: true, limit: 1 }),
    );
    expect(await atDesk((desk) => undoMoveOf(desk, dealId, last?.id ?? ''))).toMatchObject({ ok: true });
    await atDesk((desk) => changeDeal(desk, dealId, { amountMinor: 7_140_000, expectedVersion: 5 }));
    expect((await office.run((tx) => tx.opportunity.get(dealId)))?.stage).toBe('contracted');
  });

  it('takes no move back through a gate that is shut by now', async () => {
    await using office = await openOffice();
    const owner = await office.employ('李娜');
    const dealId = await office.deal(await office.customer('恒锐', owner), '轴承座', owner, 'fulfilling');
    await office.run(async (tx) => {
      const desk = await openDesk(tx, { staffId: owner, accountId: ACCOUNT });
      if (!desk) throw new Error('the owner is gone');
      await moveDeal(desk, dealId, { toStage: 'quoted', expectedVersion: 1 });
      const [back] = await tx.stageChange.list({ opportunityId: dealId });
      expect(await undoMoveOf(desk, dealId, back?.id ?? '')).toMatchObject({
        ...{ ok: false, reason: 'fields_missing' },
        detail: '进入「订单执行」还缺：金额。补齐再改。',
      });
    });
  });

  it('leaves a lead a lead where the stage wants what only a deal can have', async () => {
    await using office = await openOffice();
    const owner = await office.employ('李娜');
    await office.outsider('孙总', '孙总');
    await office.group('新群', { addedBy: owner });
    await office.hear('新群', '孙总', '你好');
    await office.hear('新群', '孙总', PAID);
    const [card] = await office.cards({ kind: 'ask' });
    const early = await office.tap('李娜', card, 'advance');
    expect(early.notice?.text).toBe('还缺：金额。先建为客户，在商机页填好，再推进。');
    expect(await office.run((tx) => tx.lead.list({ status: 'open' }))).toHaveLength(1);
    expect(await office.run((tx) => tx.opportunity.list({}))).toEqual([]);
  });

  it('what a colleague who leaves had to do for customers goes along, what was their own does not', async () => {
    await using office = await openOffice();
    const [fromId, toId] = [await office.employ('李娜'), await office.employ('王强')];
    const customerId = await office.customer('恒锐', fromId);
    const base = { opportunityId: null, ownerId: fromId, dueAt: null, cause: 'manual' as const, templateKey: null };
    await office.run(async (tx) => {
      const made = { createdBy: fromId, createdAt: tx.now, doneAt: null, doneBy: null, version: 1 };
      await tx.task.insert({ id: tx.newId(), title: '寄样', customerId, ...base, ...made });
      await tx.task.insert({ id: tx.newId(), title: '交周报', customerId: null, ...base, ...made });
      await handOver(tx, { fromId, toId, actorId: null });
    });
    const tasks = await office.run((tx) => tx.task.list({ ownerId: toId }));
    expect(tasks.map(({ title, version }) => [title, version])).toEqual([['寄样', 2]]);
  });
});
