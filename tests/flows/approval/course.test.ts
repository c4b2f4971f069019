// An approval from its request to its end: cards to whoever is asked, one decision per step, and everybody told.

import { expect, it } from 'vitest';
import { decideApproval, transferApproval } from '../../../src/crm/approval/decide.ts';
import { reseatApprovals } from '../../../src/crm/approval/people-change.ts';
import { setStandIn } from '../../../src/crm/approval/stand-in.ts';
import { foreseeApproval, withdrawApproval } from '../../../src/crm/approval/submit.ts';
import { drawCard } from '../../../src/crm/card/faces/draw-card.ts';
import { passOn } from '../../../src/crm/staff/hand-over.ts';
import { NOW } from '../../store/open-store.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Firm, openFirm } from './desk.ts';

const cardOf = async ({ office }: Firm, staffId: string, status: 'open' | 'closed' = 'open') =>
  (await office.cards({ kind: 'approval', staffId, status })).at(-1);

describeDatabase('approval', () => {
  it('is asked of the supervisor, then of an administrator; each step by one tap, and all are told', async () => {
    await using firm = await openFirm();
    const { office, staff } = firm;
    const submitted = await firm.submit();
    expect(submitted).toMatchObject({
      ok: true,
      approval: { state: 'open', reasons: ['折扣超过 10%', '金额 50 万元以上'] },
    });
    expect(await office.cards({ kind: 'approval' })).toHaveLength(1);
    const first = await cardOf(firm, staff.wang);
    expect(await office.tap('王总', first, 'agree')).toMatchObject({ notice: { tone: 'success', text: '已同意' } });
    expect((await firm.quote())?.status).toBe('submitted');
    expect(await cardOf(firm, staff.wang, 'closed')).toMatchObject({ outcome: '王总已同意' });
    // Either administrator may: whoever is second is told who was first.
    const [chen, zhou] = [await cardOf(firm, staff.chen), await cardOf(firm, staff.zhou)];
    await office.tap('周总', zhou, 'agree');
    expect((await firm.quote())?.status).toBe('approved');
    expect(await office.tap('陈总', chen, 'refuse', '价格太低')).toMatchObject({
      notice: { tone: 'info', text: '周总已同意' },
    });
    expect(await office.cards({ kind: 'approval', status: 'open' })).toEqual([]);
    expect(await office.texts()).toContainEqual({
      to: '小孙',
      text: '报价单 Q20260921-001 热泵机组 通过了：王总、周总已同意。可以发给客户了。',
    });
  });

  it('shows what one decides by, and no buttons once it is decided', async () => {
    await using firm = await openFirm({ grossMinor: 10_000_000 });
    await firm.submit();
    const card = await cardOf(firm, firm.staff.wang);
    const open = await firm.office.run((tx) => drawCard(tx, card as never));
    expect(JSON.stringify(open)).toMatch(
      /恒锐[\s\S]*¥100,000\.00[\s\S]*20%[\s\S]*12%[\s\S]*折扣超过 10%[\s\S]*小孙提交/,
    );
    expect(open.blocks.map(({ type }) => type)).toEqual(['fields', 'text', 'text', 'choice', 'links']);
    expect(open.blocks.at(-1)).toMatchObject({
      links: [{ path: `/app/approvals/${await firm.approvalId()}` }, { path: `/app/quotes/${firm.quoteId}` }, {}],
    });
    const answer = await firm.office.tap('王总', card, 'refuse', '毛利不够');
    expect(answer).toMatchObject({ notice: { text: '已驳回' }, card: { tone: 'danger' } });
    expect(answer.card?.blocks.map(({ type }) => type)).toEqual(['text', 'fields', 'text', 'text', 'links']);
    expect((await firm.quote())?.status).toBe('rejected');
    const [verdict] = await firm.office.cards({ kind: 'verdict' });
    expect(verdict).toMatchObject({ staffId: firm.staff.sun, status: 'open' });
    const told = await firm.office.run((tx) => drawCard(tx, verdict as never));
    expect(told).toMatchObject({ title: '被驳回：报价单 Q20260921-001 热泵机组', tone: 'danger' });
    expect(told.blocks[0]).toMatchObject({ text: '王总已驳回：毛利不够' });
  });

  it('is decided by whoever it names: not by those above them', async () => {
    await using firm = await openFirm();
    await firm.submit();
    const card = await cardOf(firm, firm.staff.wang);
    expect(await firm.office.tap('陈总', card, 'agree')).toEqual({
      notice: { tone: 'error', text: '这件事由王总审批，你不能代为决定。' },
      card: null,
    });
    const approvalId = await firm.approvalId();
    const other = { approvalId, staffId: firm.staff.zhou, agree: true, comment: null };
    expect(await firm.office.run((tx) => decideApproval(tx, other))).toMatchObject({ ok: false, reason: 'not_yours' });
    expect((await firm.quote())?.status).toBe('submitted');
  });

  it('is open once for each subject; the second request says where it is', async () => {
    await using firm = await openFirm();
    const first = await firm.submit();
    expect(await firm.submit()).toEqual({
      ok: false,
      reason: 'already_open',
      approvalId: first.ok ? first.approval?.id : '',
      why: '已经在审批中：「直接主管」等王总审批。',
    });
  });

  it('is not needed below every rule, and says beforehand whom it will ask', async () => {
    await using firm = await openFirm({ discountBp: 500, grossMinor: 1_000_000 });
    expect(await firm.submit()).toEqual({ ok: true, approval: null });
    const asked = { kind: 'quote' as const, id: firm.quoteId, submitterId: firm.staff.sun };
    await firm.office.run((tx) => tx.quote.update({ id: firm.quoteId }, { marginBp: 1_000 }));
    expect(await firm.office.run((tx) => foreseeApproval(tx, asked))).toEqual([
      { step: '直接主管', reasons: ['毛利率低于 15%'], people: ['王总'] },
      { step: '管理员', reasons: ['毛利率低于 15%'], people: ['陈总', '周总'] },
    ]);
  });

  it('is taken back by who submitted it, and its card says so', async () => {
    await using firm = await openFirm();
    await firm.submit();
    const by = (staffId: string) =>
      firm.office.run((tx) => withdrawApproval(tx, { kind: 'quote', id: firm.quoteId, staffId }));
    expect(await by(firm.staff.wang)).toMatchObject({ ok: false, reason: 'not_yours' });
    expect(await by(firm.staff.sun)).toEqual({ ok: true });
    expect(await by(firm.staff.sun)).toMatchObject({ ok: false, reason: 'closed' });
    expect((await firm.quote())?.status).toBe('withdrawn');
    expect(await cardOf(firm, firm.staff.wang, 'closed')).toMatchObject({ outcome: '小孙已撤回，不用再审批' });
  });

  it('is handed to a colleague, who gets the card; who stands in for somebody away is asked at once', async () => {
    await using firm = await openFirm();
    const { office, staff } = firm;
    const li = await office.employ('李经理', { role: 'manager' });
    await office.run((tx) => setStandIn(tx, staff.wang, { toId: li, fromAt: NOW, untilAt: NOW + 1_000 }));
    await firm.submit();
    const [approvalId, from] = [await firm.approvalId(), await office.run((tx) => tx.staff.get(li))];
    const card = await cardOf(firm, li);
    const face = await office.run((tx) => drawCard(tx, card as never));
    expect(JSON.stringify(face)).toContain('第 1/2 步「直接主管」 · 代王总');
    const hand = (to: string) => office.run((tx) => transferApproval(tx, { approvalId, from: from as never, to }));
    expect(await hand(staff.sun)).toMatchObject({ ok: false, reason: 'bad_colleague' });
    expect(await hand(staff.zhou)).toMatchObject({ ok: true });
    expect(await cardOf(firm, li, 'closed')).toMatchObject({ outcome: '已转给周总' });
    expect(await cardOf(firm, staff.zhou)).toBeDefined();
    // A question that passes on with a hand-over is not this one.
    const zhouCard = await cardOf(firm, staff.zhou);
    expect(await office.run(async (tx) => passOn(tx, zhouCard as never, from as never))).toBe(false);
  });

  it('waits for somebody else when a colleague leaves', async () => {
    await using firm = await openFirm();
    await firm.submit();
    await firm.office.run(async (tx) => {
      await tx.staff.update({ id: firm.staff.wang }, { active: false });
      await reseatApprovals(tx, firm.staff.wang);
    });
    expect(await cardOf(firm, firm.staff.wang)).toBeUndefined();
    expect(await cardOf(firm, firm.staff.chen)).toBeDefined();
  });

  it('is sent however many cards the day has brought, and counts as none of them', async () => {
    await using firm = await openFirm();
    await firm.submit();
    expect(await cardOf(firm, firm.staff.wang)).toMatchObject({ digestId: null });
    expect(await firm.office.run((tx) => tx.queries.pushesSince(firm.staff.wang, 0))).toBe(0);
  });
});
