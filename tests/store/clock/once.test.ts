// Whatever happens in whatever order, each level of each round is told to each of its recipients once, and nobody else.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { extendClock, holdClock } from '../../../src/crm/clock/hold-clock.ts';
import { startClock, stopClock } from '../../../src/crm/clock/keep-clock.ts';
import { quoteSent, touchClock } from '../../../src/crm/clock/touch-clock.ts';
import { databaseKind, describeDatabase } from '../../support/services/database.ts';
import { bareDeal, type Firm, HOUR, MONDAY, openFirm, PEOPLE, policyWith } from './firm.ts';
import { ALERTS, createModel, NIGHT_AND_DAY, STAGES, type StageKey } from './model.ts';

const MINUTES = 60_000;
const stage = fc.constantFrom(...(Object.keys(STAGES) as StageKey[]));
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tick'), how: fc.constantFrom('one', 'twice', 'both') }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('touch'), by: fc.constantFrom('customer', 'staff', 'activity') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move'), stage }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold'), hours: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('extend'), hours: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('sent', 'close') }) },
);
/** Missed ticks are long steps; a clock that is set back takes one back. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 40 }).map((tens) => tens * 10 * MINUTES) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 90 }).map((seconds) => seconds * 1_000) },
  { weight: 1, arbitrary: fc.integer({ min: -30, max: -1 }).map((tens) => tens * 10 * MINUTES) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 100 }).map((hours) => hours * HOUR) },
);
const course = fc.array(fc.tuple(step, happening), { minLength: 1, maxLength: 25 });

type Course = typeof course extends fc.Arbitrary<infer Happenings> ? Happenings : never;

async function live(firm: Firm, happenings: Course) {
  const tenantId = await firm.newCompany();
  const within = <T>(work: Parameters<typeof firm.within<T>>[1]) => firm.within(tenantId, work);
  firm.now = MONDAY;
  const model = createModel(MONDAY);
  const enter = (to: StageKey) =>
    within(async (tx) => {
      await tx.opportunity.update({ id: 'deal' }, { stage: to, stageEnteredAt: tx.now, status: 'open' });
      await startClock(tx, 'deal', 'deal');
    });
  await within((tx) => bareDeal(tx, 'deal', { stage: 'contacted' }));
  await enter('contacted');
  for (const [by, what] of happenings) {
    firm.now += by;
    const { now } = firm;
    if (what.kind === 'tick') {
      const both = [firm.sweep(tenantId), ...(what.how === 'both' ? [firm.sweep(tenantId, 1)] : [])];
      await Promise.all(both);
      if (what.how === 'twice') await firm.sweep(tenantId);
      model.tick(now);
    } else if (what.kind === 'touch') {
      await within((tx) => touchClock(tx, { customerId: 'of deal' }, what.by, now));
      model.touch(what.by, now);
    } else if (what.kind === 'move') {
      await enter(what.stage);
      model.move(what.stage, now);
    } else if (what.kind === 'hold') {
      await within((tx) => holdClock(tx, 'deal', PEOPLE.sales, now + what.hours * HOUR));
      model.hold(now + what.hours * HOUR);
    } else if (what.kind === 'extend') {
      await within((tx) => extendClock(tx, 'deal', PEOPLE.sales, { workingMs: what.hours * HOUR, reason: '等资料' }));
      model.extend(what.hours * HOUR, now);
    } else if (what.kind === 'sent') {
      await within((tx) => quoteSent(tx, 'deal'));
      model.sent(now);
    } else {
      await within((tx) =>
        tx.opportunity.update({ id: 'deal' }, { status: 'won' }).then(() => stopClock(tx, 'deal', '赢单')),
      );
      model.close();
    }
  }
  // Time enough for everything that is left.
  for (let week = 0; week < 3; week += 1) {
    firm.now += 500 * HOUR;
    await firm.sweep(tenantId);
    model.tick(firm.now);
  }
  const alerts = await within((tx) => tx.alert.list({ clockId: 'deal' }));
  const rounds = [...Map.groupBy(alerts, ({ round }) => round).values()];
  const told = [...Map.groupBy(model.told, ({ round }) => round).values()];
  const seen = (list: readonly { fromAt: number; level: number }[], to: (one: never) => string) =>
    JSON.stringify(list.map((one) => `${one.fromAt - MONDAY} ${one.level} ${to(one as never)}`).toSorted());
  return {
    real: rounds.map((list) => seen(list, ({ toId }: { toId: string }) => toId)).toSorted(),
    model: told.map((list) => seen(list, ({ to }: { to: string }) => to)).toSorted(),
    risk: [(await firm.clock(tenantId, 'deal'))?.highRisk ?? null, model.highRisk],
  };
}

describeDatabase('stage clock', () => {
  it('tells each level of each round to each of its recipients once', async () => {
    await using firm = await openFirm(policyWith(1, { stages: STAGES, alerts: ALERTS, calendar: NIGHT_AND_DAY }));
    await fc.assert(
      fc.asyncProperty(course, async (happenings) => {
        const { real, model, risk } = await live(firm, happenings);
        expect(real).toEqual(model);
        if (risk[0] !== null) expect(risk[0]).toBe(risk[1]);
      }),
      { numRuns: databaseKind === 'sqlite' ? 60 : 15 },
    );
  });
});
