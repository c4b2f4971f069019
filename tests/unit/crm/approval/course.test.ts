// What holds of every approval under any policy, in any company, whatever people do; and the stories one would tell.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, decide, lapse, type Now, passOn, withdraw } from '../../../../src/crm/approval/course.ts';
import { cover, reseat, succeed, uncover } from '../../../../src/crm/approval/departures.ts';
import { courseOf } from '../../../../src/crm/approval/match-rules.ts';
import type { Approval } from '../../../../src/crm/approval/shape.ts';
import { type ApprovalPolicy, approvalSchema } from '../../../../src/policy/schema/approvals.ts';
import { anyFirm, anyPolicy, type Firm, peopleOf, staffIds } from './company.ts';
import { rightPeople } from './named.ts';

const facts = { amountMinor: 1, marginBp: 1, discountBp: 0, grade: null, productLines: [], region: null };
const HOUR = 3_600_000;
const nowOf = (firm: Firm, rules: ApprovalPolicy, at: number): Now => ({
  at,
  people: peopleOf(firm),
  rules,
  after: (from, hours) => from + hours * HOUR,
});
const submit = (policy: ApprovalPolicy, submitterId: string, now: Now) =>
  begin({ submitterId, ...courseOf(policy, facts) }, now);
const open = (approval: Approval) => approval.steps.filter(({ state }) => state === 'open');

/** What must hold of an approval at any time. */
function holds(approval: Approval, policy: ApprovalPolicy, firm: Firm): void {
  const opened = open(approval);
  if (approval.state === 'open') {
    expect(opened).toHaveLength(1);
    const free = opened[0]?.seats.filter(({ state }) => state === 'open') ?? [];
    expect(free.length).toBeGreaterThan(0);
    for (const { staffId } of free) expect(firm.active.has(staffId)).toBe(true);
  } else if (approval.state !== 'withdrawn') expect(opened).toEqual([]);
  for (const step of approval.steps) {
    const states = step.seats.map(({ state }) => state);
    expect(new Set(step.seats.map(({ staffId }) => staffId)).size).toBe(step.seats.length);
    if (step.state === 'passed') expect(step.why).toMatch(/提交人自己|没有可以审批|已经同意|自动同意/);
    if (step.state === 'approved') {
      expect(states).toContain('approved');
      if (step.plan.mode === 'all')
        expect(states.filter((state) => state === 'open' || state === 'rejected')).toEqual([]);
    }
    // Who takes over what they had agreed to has agreed before it was theirs.
    if (policy.self !== 'allow' && step.state === 'open')
      expect(step.seats.filter(({ staffId, state }) => staffId === approval.submitterId && state === 'open')).toEqual(
        [],
      );
  }
  if (approval.state === 'approved')
    expect(approval.steps.every(({ state }) => state === 'approved' || state === 'passed')).toBe(true);
  if (approval.state === 'rejected') {
    const [last] = approval.steps.filter(({ state }) => state === 'rejected');
    expect(last?.why !== null || last.seats.some(({ state }) => state === 'rejected')).toBe(true);
  }
}

/** Without a decision it is agreed only by a rule, or where all who are still asked had agreed. */
function whyApproved(before: Approval, after: Approval): boolean {
  return after.steps.every((step, at) => {
    if (step.state === 'passed' || before.steps[at]?.state === step.state) return true;
    return step.state === 'approved' && step.seats.some(({ state }) => state === 'approved');
  });
}

/** What somebody decided stays as they decided it, in their name. */
function kept(before: Approval, after: Approval): void {
  for (const [at, step] of before.steps.entries())
    for (const seat of step.seats)
      if (seat.state === 'approved' || seat.state === 'rejected') expect(after.steps[at]?.seats).toContainEqual(seat);
}

const deed = fc.oneof(
  fc.record({ kind: fc.constant('decide' as const), who: fc.constantFrom(...staffIds), agree: fc.boolean() }),
  fc.record({
    kind: fc.constant('pass_on' as const),
    who: fc.constantFrom(...staffIds),
    to: fc.constantFrom(...staffIds),
  }),
  fc.record({ kind: fc.constant('leave' as const), who: fc.constantFrom(...staffIds) }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    kind: fc.constant('away' as const),
    who: fc.constantFrom(...staffIds),
    to: fc.constantFrom(...staffIds),
  }),
  fc.record({ kind: fc.constant('back' as const), who: fc.constantFrom(...staffIds) }),
  fc.record({ kind: fc.constant('take_over' as const), who: fc.constantFrom(...staffIds) }),
);

describe('every approval', () => {
  it('has somebody who may decide, a rule that decided, or a sentence why not; and nobody decides who was not named', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        anyFirm,
        fc.constantFrom(...staffIds),
        fc.array(deed, { maxLength: 14 }),
        (policy, firm, submitterId, deeds) => {
          const away = new Map(firm.away);
          const company: Firm = { ...firm, active: new Set([...firm.active, submitterId]), away };
          let at = 0;
          const now = () => nowOf(company, policy, at);
          const begun = submit(policy, submitterId, now());
          if (!begun.ok) {
            expect(begun.why).toMatch(/[\u4e00-\u9fff]/);
            return;
          }
          let approval = begun.approval;
          holds(approval, policy, company);
          for (const one of deeds) {
            const before = approval;
            const free = open(before).flatMap(({ seats }) =>
              seats.filter(({ state }) => state === 'open').map(({ staffId }) => staffId),
            );
            if (one.kind === 'decide') {
              const decided = decide(before, { staffId: one.who, agree: one.agree, comment: null }, now());
              expect(decided.ok).toBe(free.includes(one.who));
              if (decided.ok) approval = decided.approval;
            } else if (one.kind === 'pass_on') {
              const passed = passOn(before, one.who, one.to, now());
              if (passed.ok) approval = passed.approval;
              expect(passed.ok && !free.includes(one.who)).toBe(false);
            } else if (one.kind === 'leave' && one.who !== before.submitterId) {
              company.active.delete(one.who);
              approval = reseat(before, now());
            } else if (one.kind === 'wait') {
              at += one.hours * HOUR;
              approval = lapse(before, now());
            } else if (one.kind === 'away' && one.who !== one.to) {
              away.set(one.who, one.to);
              approval = cover(before, one.who, now());
              // Whoever looks again finds nothing more to move.
              expect(cover(approval, one.who, now())).toBe(approval);
            } else if (one.kind === 'back') {
              const stoodIn = away.get(one.who) ?? one.who;
              away.delete(one.who);
              approval = uncover(before, one.who, stoodIn, now());
            } else if (one.kind === 'take_over' && company.active.has(one.who)) {
              approval = succeed(before, one.who, now());
              if (before.state === 'open') expect(approval.submitterId).toBe(one.who);
            }
            if (one.kind !== 'decide' && approval.state === 'approved' && before.state === 'open')
              expect(whyApproved(before, approval)).toBe(true);
            kept(before, approval);
            holds(approval, policy, company);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('comes to an end when everybody who is asked agrees', () => {
    fc.assert(
      fc.property(anyPolicy, anyFirm, fc.constantFrom(...staffIds), (policy, firm, submitterId) => {
        const now = nowOf(firm, policy, 0);
        const begun = submit(policy, submitterId, now);
        if (!begun.ok) return;
        let approval = begun.approval;
        for (let turn = 0; turn < 40 && approval.state === 'open'; turn += 1) {
          const staffId = open(approval)[0]?.seats.find(({ state }) => state === 'open')?.staffId ?? '';
          const decided = decide(approval, { staffId, agree: true, comment: null }, now);
          if (decided.ok) approval = decided.approval;
        }
        expect(approval.state).toBe('approved');
        for (const step of approval.steps) expect(rightPeople(step, policy, firm, submitterId)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** 小孙 works for 钱组长, who works for 赵总; 会计 is a manager. */
const firm = (away: readonly (readonly [string, string])[] = []): Firm => ({
  active: new Set(['小孙', '小李', '钱组长', '赵总', '会计']),
  supervisors: new Map([
    ['小孙', '钱组长'],
    ['小李', '钱组长'],
    ['钱组长', '赵总'],
  ]),
  heads: ['钱组长'],
  managers: ['会计'],
  admins: ['赵总'],
  away: new Map(away),
});
const two = (given: object = {}) =>
  approvalSchema.parse({
    ...given,
    rules: [
      {
        key: 'r',
        name: '总要批',
        steps: [
          { key: 'lead', name: '主管', who: [{ kind: 'supervisor' }], hours: 8, late: 'one_up' },
          { key: 'both', name: '会签', who: [{ kind: 'staff', ids: ['钱组长', '会计'] }], mode: 'all' },
        ],
      },
    ],
  });
const seatsOf = (approval: Approval) =>
  open(approval).flatMap(({ seats }) => seats.map(({ staffId, state }) => `${staffId} ${state}`));

describe('one approval', () => {
  const begun = (policy: ApprovalPolicy, company: Firm, by = '小孙') => {
    const now = nowOf(company, policy, 0);
    const result = submit(policy, by, now);
    if (!result.ok) throw new Error(result.why);
    return { approval: result.approval, now };
  };
  const agree = (approval: Approval, staffId: string, now: Now): Approval => {
    const decided = decide(approval, { staffId, agree: true, comment: null }, now);
    if (!decided.ok) throw new Error(decided.reason);
    return decided.approval;
  };

  it('goes from the supervisor to both, who need not ask the same person twice', () => {
    const { approval, now } = begun(two(), firm());
    expect(seatsOf(approval)).toEqual(['钱组长 open']);
    const second = agree(approval, '钱组长', now);
    expect(seatsOf(second)).toEqual(['钱组长 spared', '会计 open']);
    expect(decide(second, { staffId: '钱组长', agree: false, comment: null }, now)).toEqual({
      ok: false,
      reason: 'already_decided',
    });
    expect(decide(second, { staffId: '小李', agree: true, comment: null }, now)).toEqual({
      ok: false,
      reason: 'not_yours',
    });
    const done = agree(second, '会计', now);
    expect(done.state).toBe('approved');
    expect(decide(done, { staffId: '会计', agree: true, comment: null }, now)).toEqual({ ok: false, reason: 'closed' });
  });

  it('asks again where the policy says each', () => {
    const { approval, now } = begun(two({ again: 'each' }), firm());
    expect(seatsOf(agree(approval, '钱组长', now))).toEqual(['钱组长 open', '会计 open']);
  });

  it('goes one up after eight hours, and back to nobody', () => {
    const policy = two();
    const { approval } = begun(policy, firm());
    const later = nowOf(firm(), policy, 8 * HOUR);
    expect(lapse(approval, nowOf(firm(), policy, 8 * HOUR - 1))).toBe(approval);
    const up = lapse(approval, later);
    expect(seatsOf(up)).toEqual(['钱组长 moved', '赵总 open']);
    expect(decide(up, { staffId: '钱组长', agree: true, comment: null }, later)).toEqual({
      ok: false,
      reason: 'already_decided',
    });
    const top = lapse(up, nowOf(firm(), policy, 16 * HOUR));
    expect(seatsOf(top)).toEqual(['钱组长 moved', '赵总 open']);
  });

  it('is with the stand-in while somebody is away, never with the one who asks', () => {
    expect(seatsOf(begun(two(), firm([['钱组长', '小李']])).approval)).toEqual(['小李 open']);
    expect(seatsOf(begun(two(), firm([['钱组长', '小孙']])).approval)).toEqual(['钱组长 open']);
  });

  it('a supervisor’s own goes one up, is allowed, or passes, as the policy says', () => {
    const own = (given: object) =>
      begun(
        approvalSchema.parse({
          ...given,
          rules: [{ key: 'r', name: '总', steps: [{ key: 's', name: '负责人', who: [{ kind: 'department_head' }] }] }],
        }),
        firm(),
        '钱组长',
      ).approval;
    expect(seatsOf(own({}))).toEqual(['赵总 open']);
    expect(seatsOf(own({ self: 'allow' }))).toEqual(['钱组长 open']);
    expect(own({ self: 'skip' })).toMatchObject({
      state: 'approved',
      steps: [{ state: 'passed', why: expect.stringContaining('自己') }],
    });
  });

  it('with nobody to ask it is refused, passes, or is the administrator’s', () => {
    const ask = (given: object) => {
      const policy = approvalSchema.parse({
        ...given,
        rules: [
          { key: 'r', name: '总', steps: [{ key: 's', name: '法务', who: [{ kind: 'staff', ids: ['已离职'] }] }] },
        ],
      });
      return submit(policy, '小孙', nowOf(firm(), policy, 0));
    };
    expect(ask({ nobody: 'refuse' })).toEqual({ ok: false, why: expect.stringContaining('「法务」没有可以审批的人') });
    expect(ask({ nobody: 'pass' })).toMatchObject({ ok: true, approval: { state: 'approved' } });
    expect(ask({})).toMatchObject({ ok: true, approval: { steps: [{ seats: [{ staffId: '赵总' }] }] } });
  });

  it('a no ends it, a withdrawal too; a seat is handed on but not to the one who asks', () => {
    const { approval, now } = begun(two(), firm());
    expect(decide(approval, { staffId: '钱组长', agree: false, comment: '价格太低' }, now)).toMatchObject({
      ok: true,
      approval: {
        state: 'rejected',
        steps: [{ state: 'rejected', seats: [{ comment: '价格太低' }] }, { state: 'waiting' }],
      },
    });
    expect(withdraw(approval).state).toBe('withdrawn');
    expect(passOn(approval, '钱组长', '小孙', now)).toEqual({ ok: false, reason: 'is_submitter' });
    expect(passOn(approval, '小李', '会计', now)).toEqual({ ok: false, reason: 'not_yours' });
    const passed = passOn(approval, '钱组长', '会计', now);
    expect(passed.ok && seatsOf(passed.approval)).toEqual(['钱组长 moved', '会计 open']);
  });

  it('when the one who was asked leaves, whoever is above is asked; what was agreed stays', () => {
    const company = firm();
    const { approval, now } = begun(two(), company);
    company.active.delete('钱组长');
    expect(seatsOf(reseat(approval, now))).toEqual(['赵总 open']);
  });

  it('goes to the stand-in who is named while it waits, and back when that ends early, if nothing was done', () => {
    const { approval } = begun(two(), firm());
    const away = nowOf(firm([['钱组长', '小李']]), two(), HOUR);
    const covered = cover(approval, '钱组长', away);
    expect(seatsOf(covered)).toEqual(['钱组长 moved', '小李 open']);
    expect(open(covered)[0]?.seats[1]).toMatchObject({ insteadOf: '钱组长' });
    const back = nowOf(firm(), two(), 2 * HOUR);
    expect(seatsOf(uncover(covered, '钱组长', '小李', back))).toEqual(['钱组长 open']);
    const passed = passOn(covered, '小李', '会计', away);
    expect(passed.ok && uncover(passed.approval, '钱组长', '小李', back)).toBe(passed.ok && passed.approval);
    expect(seatsOf(agree(covered, '小李', away))).toEqual(['小李 spared', '会计 open']);
  });

  it('of several who all have to agree, one who stands in for another agrees once', () => {
    const policy = two();
    const { approval, now } = begun(policy, firm(), '小李');
    const second = agree(approval, '钱组长', now);
    const away = nowOf(firm([['会计', '钱组长']]), policy, HOUR);
    // 钱组长 was spared here, having agreed before: 会计 is asked all the same.
    expect(cover(second, '会计', away)).toBe(second);
  });

  it('is not decided by who takes over what was asked for', () => {
    const { approval, now } = begun(two(), firm());
    const taken = succeed(approval, '钱组长', now);
    expect(taken.submitterId).toBe('钱组长');
    expect(seatsOf(taken)).toEqual(['赵总 open']);
    const allowed = two({ self: 'allow' });
    const own = begun(allowed, firm());
    expect(seatsOf(succeed(own.approval, '钱组长', own.now))).toEqual(['钱组长 open']);
  });

  it('one up and gone: the matter is the first one’s again, and agreed to by nobody', () => {
    const company = firm();
    const policy = two();
    const { approval } = begun(policy, company);
    const later = nowOf(company, policy, 8 * HOUR);
    const up = lapse(approval, later);
    company.active.delete('赵总');
    const back = reseat(up, later);
    expect(back.state).toBe('open');
    expect(seatsOf(back)).toEqual(['钱组长 open']);
  });
});
