// When time is over: reminded of, one up, decided by rule; each once, however many look.

import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { decideApproval } from '../../../src/crm/approval/decide.ts';
import { submitForApproval } from '../../../src/crm/approval/submit.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { lapseApprovals } from '../../../src/scheduler/approval-clock.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Firm, openFirm } from './desk.ts';

const DAY_MS = 86_400_000;

const lapse = (firm: Firm, at: number) =>
  lapseApprovals({ tenantId: 't1', transact: (_, work) => firm.later(at, work) });

const dueAt = async ({ office }: Firm) =>
  (await office.run((tx) => tx.approvalStep.find({ state: 'open' })))?.dueAt ?? 0;

describeDatabase('approval clock', () => {
  it('goes one up when eight working hours are over, once', async () => {
    await using firm = await openFirm();
    await firm.submit();
    const due = await dueAt(firm);
    expect(await lapse(firm, due - 1)).toBe(0);
    expect((await Promise.all([lapse(firm, due), lapse(firm, due)])).toSorted()).toEqual([0, 1]);
    expect((await firm.office.cards({ staffId: firm.staff.wang }))[0]).toMatchObject({ outcome: '已转给陈总' });
    const open = await firm.office.cards({ kind: 'approval', status: 'open' });
    expect(open.map(({ staffId }) => staffId)).toEqual([firm.staff.chen]);
    expect(await dueAt(firm)).toBeGreaterThan(due);
  });

  it('reminds with a fresh card, and the old one says where to look', async () => {
    await using firm = await openFirm();
    await firm.submit();
    const approvalId = await firm.approvalId();
    await firm.office.run((tx) =>
      decideApproval(tx, { approvalId, staffId: firm.staff.wang, agree: true, comment: null }),
    );
    expect(await lapse(firm, await dueAt(firm))).toBe(1);
    const cards = await firm.office.cards({ staffId: firm.staff.zhou });
    expect(cards.map(({ status }) => status)).toEqual(['closed', 'open']);
    expect(cards[0]?.data.replacedBy).toBe(cards[1]?.id);
  });

  it.each([
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ])('decides by the rule where the policy says so: %s', async (late, status) => {
    await using firm = await openFirm({ grossMinor: 100 });
    const document = parse(starterDocument());
    document.approvals.quote.rules = [document.approvals.quote.rules[0]];
    document.approvals.quote.rules[0].steps[0].late = late;
    const active = activate(2, stringify(document));
    await firm.office.run((tx) =>
      submitForApproval({ ...tx, active }, { kind: 'quote', id: firm.quoteId, submitterId: firm.staff.sun }),
    );
    expect(await lapse(firm, (await dueAt(firm)) + DAY_MS)).toBe(1);
    expect((await firm.quote())?.status).toBe(status);
    expect(await lapse(firm, (await dueAt(firm)) + 9 * DAY_MS)).toBe(0);
    expect(await firm.office.cards({ kind: 'approval', status: 'open' })).toEqual([]);
    // The submitter hears of it once: in words, or on the card that offers the next version.
    const told = (await firm.office.texts()).filter(({ text }) => text.includes('通过了：超过 8 个工作小时'));
    const refused = await firm.office.cards({ kind: 'verdict', staffId: firm.staff.sun });
    expect([told.length, refused.length]).toEqual(late === 'approve' ? [1, 0] : [0, 1]);
  });
});
