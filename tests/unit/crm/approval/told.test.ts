// What goes to whom around a decision: reasons, words beside it, how it ended and what may be begun anew, and whom no card reaches.

import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { TapAnswer } from '../../../../src/channel/event.ts';
import { commentApproval } from '../../../../src/crm/approval/comment.ts';
import { decideApproval } from '../../../../src/crm/approval/decide.ts';
import { submitForApproval } from '../../../../src/crm/approval/submit.ts';
import { decideTap } from '../../../../src/crm/card/decide-tap.ts';
import { drawCard } from '../../../../src/crm/card/faces/draw-card.ts';
import { tellInWords, tellUnchanged } from '../../../../src/crm/card/tell-in-words.ts';
import type { CardRow } from '../../../../src/crm/rows/cards.ts';
import { activate, starterDocument } from '../../../../src/policies.ts';
import { type Firm, openFirm } from '../../../flows/approval/desk.ts';
import { ACCOUNT } from '../../../flows/office.ts';

/** One step: the supervisor. */
const SMALL = { grossMinor: 10_000_000 };

const openCard = async ({ office }: Firm, staffId: string) =>
  (await office.cards({ kind: 'approval', staffId, status: 'open' })).at(-1);

function tap(firm: Firm, person: string, card: CardRow | undefined, kind: 'agree' | 'refuse', values: object) {
  return firm.office.run(async (tx): Promise<TapAnswer> => {
    const action = await tx.cardAction.find({ cardId: card?.id ?? '', kind });
    return decideTap(tx, ACCOUNT, {
      ...{ eventId: tx.newId(), tapper: { id: person, tenant: null, internal: true } },
      ...{ actionKey: action?.id ?? '', values: { ...values }, messageId: 'om_card', chatId: null },
    });
  });
}

const faceOf = (firm: Firm, card: CardRow | undefined) => firm.office.run((tx) => drawCard(tx, card as CardRow));
const textsTo = async ({ office }: Firm, person: string) =>
  (await office.texts()).filter(({ to }) => to === person).map(({ text }) => text);
const timeline = async ({ office }: Firm) => (await office.run((tx) => tx.activity.list({}))).map(({ text }) => text);

describe('a reason', () => {
  it.each([
    [{ refuse: '价格太低' }, '价格太低'],
    [{ words: ' 先谈到 9.5 折 ' }, '先谈到 9.5 折'],
    [{ refuse: '价格太低', words: '先谈到 9.5 折' }, '价格太低：先谈到 9.5 折'],
    [{ words: '长'.repeat(600) }, '长'.repeat(500)],
    [{}, null],
  ])('is what was picked and what was typed: %o', async (values, comment) => {
    await using firm = await openFirm(SMALL);
    await firm.submit();
    const answer = await tap(firm, '王总', await openCard(firm, firm.staff.wang), 'refuse', values);
    expect(answer.notice).toEqual({ tone: 'success', text: '已驳回' });
    expect(await firm.office.run((tx) => tx.approvalSeat.find({ state: 'rejected' }))).toMatchObject({ comment });
  });

  it('may go with an agreement, and others read it', async () => {
    await using firm = await openFirm();
    await firm.submit();
    await tap(firm, '王总', await openCard(firm, firm.staff.wang), 'agree', { words: '老客户，可以' });
    const face = await faceOf(firm, await openCard(firm, firm.staff.chen));
    expect(JSON.stringify(face.blocks)).toContain('直接主管 王总 同意：老客户，可以');
    expect(await timeline(firm)).toContain('报价单 Q20260921-001 「直接主管」同意：老客户，可以');
  });

  it('is wanted where the policy says so, and under the policy the approval began with', async () => {
    await using firm = await openFirm(SMALL);
    const document = parse(starterDocument());
    Object.assign(document.approvals.quote, { reason: 'required', reasons: ['再谈谈'] });
    const active = activate(2, stringify(document));
    await firm.office.run((tx) =>
      submitForApproval({ ...tx, active }, { kind: 'quote', id: firm.quoteId, submitterId: firm.staff.sun }),
    );
    const card = await openCard(firm, firm.staff.wang);
    expect(await tap(firm, '王总', card, 'refuse', { words: ' ' })).toMatchObject({
      notice: { tone: 'warning', text: '驳回要写原因：请选一个，或自己写。' },
      card: { blocks: expect.arrayContaining([expect.objectContaining({ type: 'choice', optional: false })]) },
    });
    expect((await firm.quote())?.status).toBe('submitted');
    expect((await tap(firm, '王总', card, 'refuse', { refuse: '再谈谈' })).notice?.text).toBe('已驳回');
  });
});

describe('words beside the decisions', () => {
  const say = (firm: Firm, name: string, text: string) =>
    firm.office.run(async (tx) => {
      const by = await tx.staff.find({ name });
      const [row] = await tx.approval.list({});
      if (!row || !by) throw new Error('nobody there');
      return commentApproval(tx, { approvalId: row.id, by, text });
    });

  it('are said by whoever is named, shown on the cards, heard by the other side, and decide nothing', async () => {
    await using firm = await openFirm(SMALL);
    await firm.submit();
    expect(await say(firm, '周总', '我也说一句')).toMatchObject({ ok: false, reason: 'not_named' });
    for (const text of ['第一句', '账期多长？', '要三个月'])
      expect(await say(firm, text === '要三个月' ? '小孙' : '王总', text)).toEqual({ ok: true });
    expect(await textsTo(firm, '小孙')).toEqual([
      '报价单 Q20260921-001 热泵机组\n王总留言：第一句',
      '报价单 Q20260921-001 热泵机组\n王总留言：账期多长？',
    ]);
    expect(await textsTo(firm, '王总')).toEqual(['报价单 Q20260921-001 热泵机组\n小孙留言：要三个月']);
    const { blocks } = await faceOf(firm, await openCard(firm, firm.staff.wang));
    expect(blocks.filter(({ type }) => type === 'quote')).toEqual([
      { type: 'quote', speaker: '王总留言', text: '账期多长？' },
      { type: 'quote', speaker: '小孙留言', text: '要三个月' },
    ]);
    expect(await timeline(firm)).toContain('报价单 Q20260921-001 审批留言：要三个月');
    const noted = await firm.office.run((tx) => tx.auditEntry.list({ action: 'approval.comment' }));
    expect(noted).toHaveLength(3);
    expect(JSON.stringify(noted)).not.toContain('账期');
    expect((await firm.quote())?.status).toBe('submitted');
  });
});

describe('a refusal', () => {
  async function refused(firm: Firm) {
    await firm.submit();
    await tap(firm, '王总', await openCard(firm, firm.staff.wang), 'refuse', { refuse: '毛利不够' });
    const [card, ...more] = await firm.office.cards({ kind: 'verdict' });
    expect(more).toEqual([]);
    return card;
  }

  it('comes back with its reason and a button that makes the next version, once', async () => {
    await using firm = await openFirm(SMALL);
    const card = await refused(firm);
    const face = await faceOf(firm, card);
    expect(face.blocks[0]).toEqual({ type: 'text', style: 'emphasis', text: '王总已驳回：毛利不够' });
    expect(face.blocks).toContainEqual({ type: 'buttons', buttons: [expect.objectContaining({ label: '改一版' })] });
    const answer = await firm.office.tap('小孙', card, 'remake');
    expect(answer).toMatchObject({ notice: { tone: 'success', text: '已建好第 2 版，从下面打开修改' } });
    const [first, draft] = await firm.office.run((tx) => tx.quote.list({}, { orderBy: 'revision' }));
    expect([first?.status, draft?.status, draft?.revision]).toEqual(['rejected', 'draft', 2]);
    expect(answer.card?.blocks.at(-1)).toMatchObject({
      links: [{ label: '打开第 2 版', path: `/app/quotes/${draft?.id}` }, {}, {}],
    });
    expect(JSON.stringify(answer.card)).not.toContain('改一版');
    expect((await firm.office.tap('小孙', card, 'remake')).notice?.tone).toBe('info');
    expect(await firm.office.run((tx) => tx.quote.list({}))).toHaveLength(2);
    expect(await firm.office.run((tx) => tx.auditEntry.find({ action: 'quote.create' }))).not.toBeNull();
  });

  it('is nobody else’s to begin anew', async () => {
    await using firm = await openFirm(SMALL);
    const card = await refused(firm);
    expect((await firm.office.tap('周总', card, 'remake')).notice?.tone).toBe('success');
    const other = await firm.office.employ('路人');
    expect(other).not.toBe('');
    expect((await firm.office.tap('路人', card, 'remake')).notice?.tone).toBe('error');
  });
});

describe('whom no card reaches', () => {
  const troubles = ({ office }: Firm) => office.run((tx) => tx.approvalNote.list({ kind: 'trouble' }));

  it('is told of when it is submitted, later steps included: to the submitter and an administrator', async () => {
    await using firm = await openFirm();
    const { office, staff } = firm;
    await office.run(async (tx) => {
      for (const staffId of [staff.wang, staff.zhou]) await tx.staffIdentity.remove({ staffId });
    });
    await firm.submit();
    expect((await troubles(firm)).map(({ text }) => text)).toEqual([
      '王总没有绑定任何聊天账号，收不到审批卡片',
      '周总没有绑定任何聊天账号，收不到审批卡片',
    ]);
    for (const reader of ['小孙', '陈总']) {
      const texts = await textsTo(firm, reader);
      expect(texts).toHaveLength(2);
      expect(texts[0]).toMatch(/^报价单 Q20260921-001 热泵机组：王总没有绑定.*请当面告诉对方/);
    }
    // The same again when their turn comes: it is known.
    const approvalId = await firm.approvalId();
    const agree = { approvalId, staffId: staff.wang, agree: true, comment: null };
    await office.run((tx) => decideApproval(tx, agree));
    expect(await troubles(firm)).toHaveLength(2);
  });

  it('reads in words what a card could not say, once, and the approval shows why', async () => {
    await using firm = await openFirm(SMALL);
    await firm.submit();
    const card = await openCard(firm, firm.staff.wang);
    for (let n = 0; n < 2; n += 1)
      await firm.office.run((tx) => tellInWords(tx, card?.id ?? '', '这位同事没有接口许可。'));
    expect(await textsTo(firm, '王总')).toEqual([expect.stringMatching(/^【请审批：[\s\S]*¥100,000\.00/)]);
    expect(await textsTo(firm, '小孙')).toHaveLength(1);
    expect((await troubles(firm)).map(({ text }) => text)).toEqual([
      '王总的审批卡片发不出去，已改发文字：这位同事没有接口许可',
    ]);
  });

  it('learns how it ended where the card could not be changed', async () => {
    await using firm = await openFirm(SMALL);
    await firm.submit();
    const card = await openCard(firm, firm.staff.wang);
    await tap(firm, '王总', card, 'agree', {});
    await firm.office.run((tx) => tellUnchanged(tx, card?.id ?? '', '飞书拒绝了这个请求。'));
    expect(await textsTo(firm, '王总')).toEqual(['报价单 Q20260921-001 热泵机组\n之前的卡片不用再处理：王总已同意']);
    expect(await troubles(firm)).toHaveLength(1);
  });
});
