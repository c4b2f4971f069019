// Whom an alert goes to, when it may be shown, and what else a level does.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startClock } from '../../../src/crm/clock/keep-clock.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { bareDeal, type Firm, HOUR, MONDAY, openFirm, PEOPLE, policyWith } from './firm.ts';

const { sales, boss, admin, engineer } = PEOPLE;
const everybody = [
  { percent: 100, to: [{ kind: 'owner' }] },
  { percent: 150, to: [{ kind: 'supervisor' }, { kind: 'rank', rank: '方案工程师' }] },
  { percent: 200, to: [{ kind: 'group', key: 'supervisors' }], action: 'high_risk' },
  { percent: 300, to: [{ kind: 'owner' }], action: 'to_supervisor' },
];
/** Two working hours in `qualified`; Monday 12:00 is the first level's. */
const policy = () => policyWith(1, { stages: { qualified: { limit: { hours: 2 } } }, alerts: { ladder: everybody } });

describeDatabase('alerts of the stage clock', () => {
  let firm: Firm;
  beforeAll(async () => {
    firm = await openFirm(policy());
  });
  afterAll(() => firm[Symbol.asyncDispose]());

  /** A company with one deal that has stood in `qualified` since Monday, ten o'clock. */
  async function begin(prepare: (tx: Tx) => Promise<unknown> = async () => {}): Promise<string> {
    firm.now = MONDAY;
    const tenantId = await firm.newCompany();
    await firm.within(tenantId, async (tx) => {
      await prepare(tx);
      await bareDeal(tx, 'deal', { stage: 'qualified' });
      await startClock(tx, 'deal', 'deal');
    });
    return tenantId;
  }
  /** Who was told what by then, levels in order. */
  async function told(tenantId: string, at: string): Promise<string[]> {
    firm.now = Date.parse(`2026-11-${at}:00+08:00`);
    await firm.sweep(tenantId);
    const alerts = await firm.within(tenantId, (tx) => tx.alert.list({}));
    return alerts.map(({ level, toId }) => `${level} ${toId}`).toSorted();
  }
  const rank = (tx: Tx, id: string, region: string | null = null) =>
    tx.staffProfile.insert({
      ...{ id, phone: null, email: null, region, productLines: [], jobRank: '方案工程师', updatedAt: MONDAY },
    });

  it('climbs the ladder: the owner, who stands above and who knows how, the group', async () => {
    const tenantId = await begin((tx) => rank(tx, engineer));
    expect(await told(tenantId, '23T11:59')).toEqual([]);
    expect(await told(tenantId, '23T12:00')).toEqual([`1 ${sales}`]);
    expect(await told(tenantId, '23T14:29')).toHaveLength(1);
    expect(await told(tenantId, '23T14:30')).toEqual([`1 ${sales}`, `2 ${boss}`, `2 ${engineer}`]);
    expect((await firm.clock(tenantId, 'deal'))?.highRisk).toBe(false);
    expect(await told(tenantId, '23T15:30')).toContain('3 supervisors');
    expect((await firm.clock(tenantId, 'deal'))?.highRisk).toBe(true);
  });

  it('asks those of a rank who help with the customer before all others, then the nearest', async () => {
    const engineers = ['e-near', 'e-far', 'e-helps'];
    const people = async (tx: Tx) => {
      for (const id of engineers) {
        await tx.staff.insert({ id, name: id, role: 'sales', supervisorId: boss, active: true, createdAt: MONDAY });
        await rank(tx, id, id === 'e-near' ? '华东' : '华南');
      }
      const known = { grade: null, productLine: null, industry: null, source: null, remark: null, tags: [] };
      await tx.customerProfile.insert({ id: 'of deal', normalName: 'x', region: '华东', updatedAt: MONDAY, ...known });
    };
    const near = await begin(people);
    expect(await told(near, '23T14:30')).toEqual([`1 ${sales}`, '2 e-near', `2 ${boss}`]);
    const helped = await begin(async (tx) => {
      await people(tx);
      await tx.collaborator.insert({ id: 'h', customerId: 'of deal', staffId: 'e-helps', addedAt: MONDAY });
    });
    expect(await told(helped, '23T14:30')).toEqual([`1 ${sales}`, '2 e-helps', `2 ${boss}`]);
  });

  it('never tells nobody: an owner who left, a supervisor who left, a group that nobody bound', async () => {
    const ownerLeft = await begin((tx) => tx.staff.update({ id: sales }, { active: false }));
    expect(await told(ownerLeft, '23T12:00')).toEqual([`1 ${boss}`]);
    const bothLeft = await begin(async (tx) => {
      await tx.staff.update({ id: sales }, { active: false });
      await tx.staff.update({ id: boss }, { active: false });
      await tx.namedGroup.remove({ id: 'supervisors' });
    });
    expect(await told(bothLeft, '23T15:30')).toEqual([`1 ${admin}`, `2 ${admin}`, `3 ${admin}`]);
    const headed = await begin(async (tx) => {
      await tx.staff.update({ id: sales }, { supervisorId: null });
      const place = { accountId: 'a-1', externalId: 'd-1', name: '销售部', parentExternalId: null, removedAt: null };
      await tx.department.insert({ id: 'd', ...place });
      await tx.staffDepartment.insert({ id: 'd-1', staffId: sales, departmentId: 'd', leads: false });
      await tx.staffDepartment.insert({ id: 'd-2', staffId: engineer, departmentId: 'd', leads: true });
    });
    expect(await told(headed, '23T14:30')).toEqual([`1 ${sales}`, `2 ${engineer}`]);
  });

  it('waits for the end of the quiet hours, each of their own, and of leave', async () => {
    const later = policyWith(1, {
      stages: { qualified: { limit: { hours: 2 } } },
      calendar: { hours: [{ from: '09:00', to: '22:00' }] },
    });
    firm.active = later;
    firm.now = Date.parse('2026-11-23T19:00:00+08:00');
    const tenantId = await firm.newCompany();
    await firm.within(tenantId, async (tx) => {
      const quiet = { quietFrom: '23:00', quietTo: '07:00', alerts: 'now', morning: true, updatedAt: MONDAY } as const;
      await tx.staffPreference.insert({ id: boss, ...quiet });
      await bareDeal(tx, 'deal', { stage: 'qualified' });
      await startClock(tx, 'deal', 'deal');
    });
    await told(tenantId, '23T21:00');
    const alerts = await firm.within(tenantId, (tx) => tx.alert.list({}));
    const shown = alerts.map(({ toId, showAt }) => [toId, new Date(showAt + 8 * HOUR).toISOString().slice(5, 16)]);
    expect(Object.fromEntries(shown)).toEqual({ [sales]: '11-24T08:30', [boss]: '11-23T21:00' });
    firm.active = policy();
  });

  it('hands over at the top: written down, told, and the time begins anew for the supervisor', async () => {
    const tenantId = await begin(async (tx) => {
      const task = { dueAt: null, cause: 'manual', templateKey: null, doneAt: null, doneBy: null } as const;
      const of = { customerId: 'of deal', opportunityId: 'deal', ownerId: sales, createdBy: sales };
      await tx.task.insert({ id: 't', ...of, ...task, title: '回访', createdAt: MONDAY, version: 1 });
    });
    const all = await told(tenantId, '23T17:30');
    expect(all).toEqual([`1 ${sales}`, `2 ${boss}`, '3 supervisors', `4 ${boss}`, `4 ${sales}`]);
    await firm.within(tenantId, async (tx) => {
      expect((await tx.opportunity.get('deal'))?.ownerId).toBe(boss);
      expect((await tx.task.get('t'))?.ownerId).toBe(boss);
      expect(await tx.auditEntry.list({ action: 'deal.owner' })).toMatchObject([
        { actorId: null, entityId: 'deal', detail: { from: sales, to: boss, why: 'overdue' } },
      ]);
      expect((await tx.activity.list({ customerId: 'of deal' })).map(({ text }) => text)).toEqual([
        '停留超时，商机「商机 deal」已从李娜转给主管王总负责。',
      ]);
    });
    expect(await firm.clock(tenantId, 'deal')).toMatchObject({ level: 0, highRisk: false, fromAt: firm.now });
    // Nobody is above the boss: the deal stays theirs, and all of the ladder is told.
    await told(tenantId, '24T17:30');
    expect((await firm.within(tenantId, (tx) => tx.opportunity.get('deal')))?.ownerId).toBe(boss);
    expect(await firm.clock(tenantId, 'deal')).toMatchObject({ level: 4, nextAt: null, highRisk: true });
  });

  it('of two sweeps at the same moment each alert comes from one', async () => {
    const tenantId = await begin();
    await firm.within(tenantId, async (tx) => {
      for (let n = 0; n < 120; n += 1) {
        await bareDeal(tx, `deal-${n}`, { stage: 'qualified' });
        await startClock(tx, 'deal', `deal-${n}`);
      }
    });
    firm.now = MONDAY + 4.5 * HOUR;
    const both = await Promise.all([firm.sweep(tenantId, 0), firm.sweep(tenantId, 1)]);
    expect(both.reduce((sum, one) => sum + one.fired, 0)).toBe(121);
    expect(await firm.within(tenantId, (tx) => tx.alert.list({}))).toHaveLength(2 * 121);
    expect(await firm.sweep(tenantId)).toEqual({ fired: 0, alerts: 0 });
  });
});
