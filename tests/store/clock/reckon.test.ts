// Clocks that are made after an upgrade, and reckoned anew after a policy, a calendar or somebody's leave has changed.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startClock } from '../../../src/crm/clock/keep-clock.ts';
import { FROM_THE_BEGINNING, fillClocks, leaveChanged, reckonAnew } from '../../../src/crm/clock/reckon-anew.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { bareDeal, type Firm, HOUR, MONDAY, openFirm, PEOPLE, policyWith } from './firm.ts';

const DAY = 24 * HOUR;
const local = (at: number | null | undefined) => (at == null ? at : new Date(at + 8 * HOUR).toISOString().slice(5, 16));
const before = () => policyWith(1, {});

describeDatabase('clocks made and reckoned anew', () => {
  let firm: Firm;
  beforeAll(async () => {
    firm = await openFirm(before());
  });
  afterAll(() => firm[Symbol.asyncDispose]());

  async function company(deals: readonly string[]): Promise<string> {
    firm.now = MONDAY;
    firm.active = before();
    const tenantId = await firm.newCompany();
    await firm.within(tenantId, async (tx) => {
      for (const id of deals) await bareDeal(tx, id, { stage: 'qualified' });
    });
    return tenantId;
  }
  const nextOf = async (tenantId: string, id: string) => local((await firm.clock(tenantId, id))?.nextAt);

  it('deals of before the upgrade count from the upgrade, once, wherever the making was interrupted', async () => {
    const tenantId = await company(['d-1', 'd-2', 'd-3', 'd-4']);
    await firm.within(tenantId, async (tx) => {
      await tx.opportunity.update({ id: 'd-4' }, { status: 'won' });
      const lead = { name: '线索', ownerId: PEOPLE.sales, chatId: 'c', opportunityId: null, createdAt: MONDAY };
      await tx.lead.insert({ id: 'l-1', ...lead, status: 'open', version: 1 });
      await tx.lead.insert({ id: 'l-2', ...lead, status: 'dropped', version: 1 });
      // Answered long ago: nobody is waiting.
      await tx.lead.insert({ id: 'l-3', ...lead, status: 'open', version: 1 });
      const of = { accountId: 'a-1', customerId: null, opportunityId: null, ignored: false, addedByStaffId: null };
      const chat = { externalId: 'x', kind: 'group', name: null, external: true, createdAt: MONDAY } as const;
      await tx.chat.insert({ id: 'c', ...of, ...chat, leadId: 'l-3' });
      const by = { accountId: 'a-1', chatId: 'c', speakerName: null, contactIdentityId: null, expiresAt: MONDAY * 2 };
      const words = { staffId: null, text: '你好', externalId: 'm-1', sentAt: MONDAY };
      await tx.message.insert({ id: 'm-1', ...by, ...words, speaker: 'customer' });
      await tx.message.insert({
        id: 'm-2',
        ...by,
        ...words,
        speaker: 'staff',
        externalId: 'm-2',
        sentAt: MONDAY + HOUR,
      });
    });
    firm.now = MONDAY + 60 * DAY;
    const first = await firm.within(tenantId, (tx) => fillClocks(tx, FROM_THE_BEGINNING, 2));
    expect(first).toEqual({ deal: 'd-2', lead: 'l-2', made: 3 });
    expect(await firm.fill(tenantId)).toBe(2);
    expect(await firm.fill(tenantId)).toBe(0);
    const clocks = await firm.within(tenantId, (tx) => tx.stageClock.list({}));
    expect(clocks.map(({ id, subject, stage, fromAt }) => [id, subject, stage, fromAt])).toEqual([
      ...['d-1', 'd-2', 'd-3'].map((id) => [id, 'deal', 'qualified', firm.now]),
      ['l-1', 'lead', 'lead', firm.now],
      ['l-3', 'lead', 'lead', firm.now],
    ]);
    expect(clocks.map(({ nextAt }) => nextAt === null)).toEqual([false, false, false, false, true]);
    expect(await firm.sweep(tenantId)).toEqual({ fired: 0, alerts: 0 });
  });

  it('a published policy and calendar reach every clock, a batch at a time; nothing is told by the old one meanwhile', async () => {
    const deals = ['d-1', 'd-2', 'd-3'];
    const tenantId = await company(deals);
    await firm.within(tenantId, async (tx) => {
      for (const id of deals) await startClock(tx, 'deal', id);
    });
    expect(await nextOf(tenantId, 'd-1')).toBe('11-26T10:00');
    // Five days instead of three, and the Wednesday is off.
    firm.active = policyWith(2, {
      stages: { qualified: { limit: { days: 5 } } },
      calendar: { daysOff: [{ from: '2026-11-25', name: '年会' }] },
    });
    firm.now = Date.parse('2026-11-26T10:00:00+08:00');
    expect(await firm.sweep(tenantId)).toEqual({ fired: 0, alerts: 0 });
    await firm.within(tenantId, (tx) => tx.stageClock.update({ id: 'd-2' }, { policyVersion: 1 }));
    await firm.within(tenantId, (tx) => tx.stageClock.update({ id: 'd-3' }, { policyVersion: 1, nextAt: 1 }));
    expect(await firm.within(tenantId, (tx) => reckonAnew(tx, 1))).toBe(1);
    expect(await firm.reckon(tenantId)).toBe(1);
    expect(await firm.reckon(tenantId)).toBe(0);
    expect(await Promise.all(deals.map((id) => nextOf(tenantId, id)))).toEqual(deals.map(() => '12-01T10:00'));

    // Shorter: what is overdue by it is told with the next sweep.
    firm.active = policyWith(3, { stages: { qualified: { limit: { days: 1 } } } });
    expect(await firm.reckon(tenantId)).toBe(3);
    expect(await firm.sweep(tenantId)).toMatchObject({ fired: 3 });
    // No limit any more.
    firm.active = policyWith(4, { stages: { qualified: { limit: undefined } } });
    expect(await firm.reckon(tenantId)).toBe(3);
    expect(await nextOf(tenantId, 'd-1')).toBe(null);
  });

  it("the owner's leave does not count, from the moment it is known, and counts again when it is taken back", async () => {
    const tenantId = await company(['d-1']);
    await firm.within(tenantId, async (tx) => {
      await startClock(tx, 'deal', 'd-1');
      const [fromAt, untilAt] = [Date.parse('2026-11-24T00:00:00+08:00'), Date.parse('2026-11-26T00:00:00+08:00')];
      const by = { createdBy: PEOPLE.sales, createdAt: MONDAY, endedAt: null };
      await tx.leaveTime.insert({ id: 'leave', staffId: PEOPLE.sales, fromAt, untilAt, ...by });
      expect(await leaveChanged(tx, PEOPLE.sales)).toBe(1);
    });
    // Swept before it is reckoned: not told by what was known before.
    firm.now = Date.parse('2026-11-26T10:30:00+08:00');
    expect(await firm.sweep(tenantId)).toEqual({ fired: 0, alerts: 0 });
    expect(await nextOf(tenantId, 'd-1')).toBe('11-30T10:00');
    await firm.within(tenantId, async (tx) => {
      await tx.leaveTime.update({ id: 'leave' }, { endedAt: tx.now });
      await leaveChanged(tx, PEOPLE.sales);
    });
    expect(await firm.reckon(tenantId)).toBe(1);
    expect(await nextOf(tenantId, 'd-1')).toBe('11-26T10:00');
    expect(await firm.sweep(tenantId)).toMatchObject({ fired: 1 });
  });
});
