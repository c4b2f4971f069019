/** The day's picture: what is counted is what is there, and it goes once, on a working day, after its hour, to colleagues alone. */
import { expect, it } from 'vitest';
import { openDesk } from '../../src/crm/access/desk.ts';
import { openOf, sumOf } from '../../src/crm/figures/figures.ts';
import { COMPANY } from '../../src/crm/figures/keep-figures.ts';
import { listOverdue, seePipeline } from '../../src/crm/figures/overdue-desk.ts';
import { drawPicture } from '../../src/crm/picture/send-picture.ts';
import type { OpportunityRow } from '../../src/crm/rows/deals.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { upcoming } from '../../src/crm/upcoming/upcoming.ts';
import { countFigures } from '../../src/scheduler/count-figures.ts';
import { tellTheDay } from '../../src/scheduler/daily-picture.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, type Office, openOffice } from './office.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Monday, 21 September 2026, in China. */
const monday = (time: string): number => Date.parse(`2026-09-21T${time}:00+08:00`);

/** The product at an instant. */
const atTime = (office: Office, now: number) => {
  const run = <T>(_: string, work: (tx: Tx) => Promise<T>) => office.run((tx) => work({ ...tx, now }));
  return { tenantId: 't1', look: run, transact: run };
};

async function deal(office: Office, ownerId: string, given: Partial<OpportunityRow>): Promise<string> {
  const customerId = await office.customer(`客户${Math.random()}`, ownerId);
  const id = await office.deal(customerId, '轴承座', ownerId, given.stage ?? 'qualified');
  await office.run((tx) => tx.opportunity.update({ id }, { createdAt: monday('10:00') - 30 * DAY_MS, ...given }));
  return id;
}

/** The deal has stood so long that its clock is behind a level. */
const overdue = (office: Office, id: string, level: number, fromAt: number) =>
  office.run((tx) => tx.stageClock.update({ id }, { stage: 'qualified', level, fromAt, highRisk: level === 3 }));

async function named(office: Office, given: { external?: boolean } = {}): Promise<string> {
  return office.run(async (tx) => {
    const links = { addedByStaffId: null, customerId: null, leadId: null, opportunityId: null };
    const facts = { accountId: ACCOUNT, externalId: '主管', kind: 'group', name: '主管', ignored: false } as const;
    const chat = { ...facts, ...links, external: given.external ?? false, createdAt: tx.now };
    const { id } = await tx.chat.insert({ id: tx.newId(), ...chat });
    await tx.namedGroup.insert({ id: 'supervisors', chatId: id, boundBy: 'x', boundAt: tx.now });
    return id;
  });
}

const sent = (office: Office) => office.run((tx) => tx.dailyPicture.list({}));
const company = (office: Office) =>
  office.run(async (tx) => (await tx.dailyFigure.list({ scope: COMPANY })).map(({ figures }) => figures));

describeDatabase('the picture of the day', () => {
  it('counts what is there: open deals by stage, what stands too long, and what the day brought', async () => {
    await using office = await openOffice();
    const [lina, wang] = [await office.employ('李娜'), await office.employ('王强')];
    const late = await deal(office, lina, { amountMinor: 100_00, stageEnteredAt: monday('09:00') - 9 * DAY_MS });
    const later = await deal(office, wang, { amountMinor: 300_00, stageEnteredAt: monday('09:00') - DAY_MS });
    await deal(office, wang, { stage: 'quoted', amountMinor: null });
    const closed = { status: 'won', amountMinor: 500_00 } as const;
    await deal(office, lina, { ...closed, closedAt: monday('11:00') });
    await deal(office, lina, { ...closed, closedAt: monday('11:00') - DAY_MS });
    await deal(office, wang, { status: 'lost', amountMinor: 700_00, closedAt: monday('12:00') });
    await deal(office, wang, { status: 'withdrawn' });
    await overdue(office, late, 3, monday('09:00') - 9 * DAY_MS);
    await overdue(office, later, 1, monday('09:00') - DAY_MS);
    await countFigures(atTime(office, monday('18:00')));
    const [figures] = await company(office);
    expect(figures?.stages.toSorted((a, b) => a.stage.localeCompare(b.stage))).toEqual([
      { stage: 'qualified', count: 2, amountMinor: 400_00, overdue: 2, enteredAt: monday('09:00') - 5 * DAY_MS },
      expect.objectContaining({ stage: 'quoted', count: 1, amountMinor: 0, overdue: 0 }),
    ]);
    expect(figures).toMatchObject({
      overdue: { count: 2, amountMinor: 400_00, highRisk: 1 },
      won: { count: 1, amountMinor: 500_00 },
      lost: { count: 1, amountMinor: 700_00 },
      fresh: { count: 0 },
    });
    const owners = await office.run((tx) => tx.ownerFigure.list({}));
    expect(sumOf(owners.map((row) => row.figures))).toEqual(figures);

    // What was counted goes with what is counted next, also where nothing is left of it.
    await office.run((tx) => tx.opportunity.update({ ownerId: lina }, { status: 'withdrawn' }));
    await countFigures(atTime(office, monday('18:30') + DAY_MS));
    const [, next] = await company(office);
    expect(next && openOf(next)).toEqual({ count: 2, amountMinor: 300_00 });
    expect((await office.run((tx) => tx.ownerFigure.get(lina)))?.figures.stages).toEqual([]);
  });

  it('shows a colleague what stands too long of those they may see, the worst first, page by page', async () => {
    await using office = await openOffice();
    const chen = await office.employ('陈总监', { role: 'manager' });
    const [lina, other] = [await office.employ('李娜', { supervisorId: chen }), await office.employ('王强')];
    const deals: string[] = [];
    for (const [owner, level, days] of [
      [lina, 1, 9],
      [lina, 3, 1],
      [other, 3, 5],
      [lina, 3, 2],
      [lina, 0, 20],
    ] as const) {
      const id = await deal(office, owner, {});
      await overdue(office, id, level, monday('09:00') - days * DAY_MS);
      deals.push(id);
    }
    await countFigures(atTime(office, monday('18:00')));
    const seen = await office.run(async (tx) => {
      const desk = await openDesk(tx, { staffId: chen, accountId: ACCOUNT });
      if (!desk) throw new Error('陈总监 is gone');
      const wanted = { stage: 'qualified', limit: 2 };
      const first = await listOverdue(desk, wanted, null);
      if (!first.ok) throw new Error(first.reason);
      const last = first.value.items.at(-1)?.clock;
      const place = last && { stage: 'qualified', level: last.level, after: last };
      const second = await listOverdue(desk, wanted, place ?? null);
      const none = await listOverdue(desk, { ...wanted, department: 'unknown' }, null);
      const { figures } = await seePipeline(desk, undefined);
      return { first, second, none, figures };
    });
    const ids = (page: Awaited<ReturnType<typeof listOverdue>>) =>
      page.ok ? page.value.items.map((one) => one.deal.id) : [];
    expect([ids(seen.first), ids(seen.second), ids(seen.none)]).toEqual([[deals[3], deals[1]], [deals[0]], []]);
    expect(seen.first.ok && seen.first.value.more).toBe(true);
    expect(seen.figures.overdue.count).toBe(3);
  });

  it('goes once: after its hour, by whoever asks, late that day, and never the next', async () => {
    await using office = await openOffice();
    await deal(office, await office.employ('李娜'), { amountMinor: 26_000_000 });
    await named(office);
    const ask = (now: number) => tellTheDay(atTime(office, now));
    expect(await ask(monday('17:59'))).toBe(false);
    expect((await Promise.all([ask(monday('22:30')), ask(monday('22:30'))])).filter(Boolean)).toEqual([true]);
    expect(await ask(monday('22:31'))).toBe(false);
    // A clock that is set back sends nothing twice.
    expect(await ask(monday('18:00'))).toBe(false);
    // Tuesday at nine: yesterday's is told, today's is not due.
    expect(await ask(monday('09:00') + DAY_MS)).toBe(false);
    expect((await sent(office)).map(({ id }) => id)).toEqual(['2026-09-21:supervisors']);
    // Saturday: nobody works.
    expect(await ask(monday('19:00') + 5 * DAY_MS)).toBe(false);

    const words = await office.run((tx) => drawPicture(tx, '2026-09-21:supervisors', 'words'));
    expect(words).toMatchObject({
      chatExternalId: '主管',
      text: expect.stringMatching(/^【每日简报】9月21日 周一\n在谈商机 1 个，共 ¥26万\n· 需求确认 1 个 ¥26万\n/),
    });
    expect(await office.run((tx) => drawPicture(tx, '2026-09-21:supervisors', 'chart'))).toMatchObject({
      chart: { title: '销售漏斗 9月21日 周一' },
    });
    const ahead = await office.run((tx) => upcoming({ ...tx, now: monday('22:40') }, 50));
    expect(ahead.find(({ kind }) => kind === 'picture')).toMatchObject({ at: monday('18:00') + DAY_MS, to: '主管群' });
  });

  it('never goes where an outsider reads, also one who comes in before it leaves', async () => {
    await using office = await openOffice();
    await office.employ('李娜');
    const chat = await named(office, { external: true });
    expect(await tellTheDay(atTime(office, monday('18:00')))).toBe(false);
    await office.run((tx) => tx.chat.update({ id: chat }, { external: false }));
    expect(await tellTheDay(atTime(office, monday('18:01')))).toBe(true);
    await office.run((tx) => tx.chat.update({ id: chat }, { external: true }));
    expect(await office.run((tx) => drawPicture(tx, '2026-09-21:supervisors', 'words'))).toBeNull();
  });

  it('is held against the same weekday of last week at the same hour', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    await named(office);
    await deal(office, lina, { amountMinor: 1_000_000 });
    await countFigures(atTime(office, monday('18:00') - 7 * DAY_MS));
    const more = await deal(office, lina, { amountMinor: 3_000_000 });
    // What comes after the hour is no part of that day's picture.
    await countFigures(atTime(office, monday('18:00') - 7 * DAY_MS + HOUR_MS));
    await tellTheDay(atTime(office, monday('18:00')));
    const words = await office.run((tx) => drawPicture(tx, '2026-09-21:supervisors', 'words'));
    expect(words && 'text' in words ? words.text : '').toMatch(/在谈商机 2 个，共 ¥4万（上周一 1 个，¥1万）/);
    expect(more).not.toBe('');
  });
});
