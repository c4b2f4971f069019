// People change while an approval waits: somebody is away, comes back, leaves, hands over, or turns out to be one and the same.

import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { decideApproval } from '../../../../src/crm/approval/decide.ts';
import { setStandIn } from '../../../../src/crm/approval/stand-in.ts';
import { submitForApproval, withdrawApproval } from '../../../../src/crm/approval/submit.ts';
import { handOver } from '../../../../src/crm/staff/hand-over.ts';
import { mergeStaff } from '../../../../src/crm/staff/merge-staff.ts';
import { staffLeft } from '../../../../src/crm/staff/staff-left.ts';
import { activate, starterDocument } from '../../../../src/policies.ts';
import { coverAbsences } from '../../../../src/scheduler/approval-clock.ts';
import { type Firm, openFirm } from '../../../flows/approval/desk.ts';
import { ACCOUNT } from '../../../flows/office.ts';
import { NOW } from '../../../store/open-store.ts';

const DAY_MS = 86_400_000;
/** One step: the supervisor. */
const SMALL = { grossMinor: 10_000_000 };

const waitingFor = async ({ office }: Firm) => {
  const open = await office.cards({ kind: 'approval', status: 'open' });
  const seats = await office.run((tx) => tx.approvalSeat.list({ state: 'open' }));
  // Whoever is asked has the card, and nobody else.
  expect(open.map(({ staffId }) => staffId).sort()).toEqual(seats.map(({ staffId }) => staffId).sort());
  const names = await office.run((tx) => tx.queries.staffNames(seats.map(({ staffId }) => staffId)));
  return seats.map(({ staffId }) => names.get(staffId)).sort();
};
const leaves = (firm: Firm, name: string) =>
  firm.office.run((tx) =>
    staffLeft(tx, ACCOUNT, { type: 'staff.left', person: { id: name, tenant: null, internal: true } } as never),
  );
const away = (firm: Firm, toId: string | null, fromAt = NOW) =>
  firm.office.run((tx) =>
    setStandIn(tx, firm.staff.wang, toId === null ? null : { toId, fromAt, untilAt: NOW + 9 * DAY_MS }),
  );

describe('who is away', () => {
  it('what already waits goes to the stand-in, and back when they return early', async () => {
    await using firm = await openFirm(SMALL);
    const li = await firm.office.employ('李经理');
    await firm.submit();
    await away(firm, li);
    expect(await waitingFor(firm)).toEqual(['李经理']);
    expect(await firm.office.cards({ staffId: firm.staff.wang, status: 'closed' })).toMatchObject([
      { outcome: '已转给李经理' },
    ]);
    await away(firm, null);
    expect(await waitingFor(firm)).toEqual(['王总']);
    const actions = await firm.office.run((tx) => tx.auditEntry.list({ entityId: firm.quoteId }));
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['approval.stand_in', 'approval.stand_in_ended']),
    );
  });

  it('another stand-in takes the place of the first; what was decided stays', async () => {
    await using firm = await openFirm();
    const [li, ma] = [await firm.office.employ('李经理'), await firm.office.employ('马经理')];
    await firm.submit();
    await away(firm, li);
    await away(firm, ma);
    expect(await waitingFor(firm)).toEqual(['马经理']);
    const approvalId = await firm.approvalId();
    await firm.office.run((tx) => decideApproval(tx, { approvalId, staffId: ma, agree: true, comment: null }));
    await away(firm, null);
    expect(await waitingFor(firm)).toEqual(['周总', '陈总']);
  });

  it('from a later day on: the clock brings it over when the day comes, once', async () => {
    await using firm = await openFirm(SMALL);
    const li = await firm.office.employ('李经理');
    await firm.submit();
    await away(firm, li, NOW + DAY_MS);
    const look = (at: number) => coverAbsences({ tenantId: 't1', transact: (_, work) => firm.later(at, work) });
    expect(await look(NOW + DAY_MS - 1)).toBe(0);
    expect(await waitingFor(firm)).toEqual(['王总']);
    expect([await look(NOW + DAY_MS), await look(NOW + DAY_MS + 1)]).toEqual([1, 0]);
    expect(await waitingFor(firm)).toEqual(['李经理']);
  });
});

describe('who leaves', () => {
  it('the one who asks: it stays to be decided, and whoever has the deal hears of it and may take it back', async () => {
    await using firm = await openFirm(SMALL);
    const { office, staff } = firm;
    const li = await office.employ('李接手');
    await firm.submit();
    await leaves(firm, '小孙');
    expect(await waitingFor(firm)).toEqual(['王总']);
    await office.run((tx) => handOver(tx, { fromId: staff.sun, toId: li, actorId: null }));
    expect(await office.run((tx) => tx.approval.find({}))).toMatchObject({ submitterId: li, state: 'open' });
    const [card] = await office.cards({ kind: 'approval', status: 'open' });
    await office.tap('王总', card, 'agree');
    expect((await office.texts()).filter(({ text }) => text.includes('通过了')).map(({ to }) => to)).toEqual([
      '李接手',
    ]);
  });

  it('the one who asks, and nobody has taken over: whoever stands above hears of it', async () => {
    await using firm = await openFirm();
    const { office, staff } = firm;
    await firm.submit();
    await leaves(firm, '小孙');
    const back = (staffId: string) =>
      office.run((tx) => withdrawApproval(tx, { kind: 'quote', id: firm.quoteId, staffId }));
    expect(await back(staff.zhou)).toMatchObject({ ok: false, reason: 'not_yours' });
    expect(await back(staff.wang)).toEqual({ ok: true });
    expect((await firm.quote())?.status).toBe('withdrawn');
  });

  it('the one who is asked: whoever is above is asked instead', async () => {
    await using firm = await openFirm(SMALL);
    await firm.submit();
    await leaves(firm, '王总');
    expect(await waitingFor(firm)).toEqual(['陈总']);
  });

  it('who takes over what they were asked to agree to does not agree to it', async () => {
    await using firm = await openFirm(SMALL);
    const { office, staff } = firm;
    await firm.submit();
    await leaves(firm, '小孙');
    await office.run((tx) => handOver(tx, { fromId: staff.sun, toId: staff.wang, actorId: null }));
    expect(await waitingFor(firm)).toEqual(['陈总']);
    const approvalId = await firm.approvalId();
    const own = { approvalId, staffId: staff.wang, agree: true, comment: null };
    expect(await office.run((tx) => decideApproval(tx, own))).toMatchObject({ ok: false, reason: 'not_yours' });
  });
});

describe('two rows of one colleague', () => {
  it('who asks and who is asked: somebody else is asked', async () => {
    await using firm = await openFirm(SMALL);
    const { office, staff } = firm;
    await firm.submit();
    await office.run((tx) => mergeStaff(tx, { fromId: staff.sun, intoId: staff.wang, by: 'command' }));
    expect(await waitingFor(firm)).toEqual(['陈总']);
  });

  it('two who are asked at one step are asked once', async () => {
    await using firm = await openFirm();
    const { office, staff } = firm;
    await firm.submit();
    const approvalId = await firm.approvalId();
    const first = { approvalId, staffId: staff.wang, agree: true, comment: null };
    await office.run((tx) => decideApproval(tx, first));
    expect(await waitingFor(firm)).toEqual(['周总', '陈总']);
    await office.run((tx) => mergeStaff(tx, { fromId: staff.zhou, intoId: staff.chen, by: 'command' }));
    const open = await office.cards({ kind: 'approval', status: 'open' });
    const seats = await office.run((tx) => tx.approvalSeat.list({ state: 'open' }));
    expect([open.length, seats.map(({ staffId }) => staffId)]).toEqual([1, [staff.chen]]);
  });

  it('two who both have to agree: what one of them agreed to is agreed', async () => {
    await using firm = await openFirm();
    const { office, staff } = firm;
    const document = parse(starterDocument());
    const both = { key: 'both', name: '会签', who: [{ kind: 'role', role: 'admin' }], mode: 'all' };
    document.approvals.quote.rules = [{ key: 'always', name: '总要批', steps: [both] }];
    const active = activate(2, stringify(document));
    await office.run((tx) =>
      submitForApproval({ ...tx, active }, { kind: 'quote', id: firm.quoteId, submitterId: staff.sun }),
    );
    const approvalId = await firm.approvalId();
    const agree = { approvalId, staffId: staff.zhou, agree: true, comment: null };
    await office.run((tx) => decideApproval(tx, agree));
    expect(await waitingFor(firm)).toEqual(['陈总']);
    await office.run((tx) => mergeStaff(tx, { fromId: staff.zhou, intoId: staff.chen, by: 'command' }));
    expect((await firm.quote())?.status).toBe('approved');
    expect(await waitingFor(firm)).toEqual([]);
  });
});
