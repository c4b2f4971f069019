/** Turns of an app's calls: the bucket against plain counting, and instances that share one. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { perApi as ofDingtalk } from '../../../adapters/dingtalk/limiter.ts';
import { perApi as ofFeishu } from '../../../adapters/feishu/limiter.ts';
import { createCallRates } from '../../../src/work/call-rates.ts';
import { takeSome } from '../../../src/work/pace.ts';
import { createVirtualTime } from './virtual-time.ts';

const START = 1_790_000_000_000;
const account = () => ({ id: 'a1', tenantId: 't1', platform: 'p', appKey: 'k', externalTenant: null });
const mostWithin = (times: readonly number[], spanMs: number) => {
  let [most, from] = [0, 0];
  for (const [n, at] of times.entries()) {
    while ((times[from] ?? 0) <= at - spanMs) from += 1;
    most = Math.max(most, n - from + 1);
  }
  return most;
};

const rules = fc.record({ burst: fc.integer({ min: 1, max: 40 }), everyMs: fc.integer({ min: 1, max: 500 }) });

it('several at once are what one after the other would be, and no window holds more than counting allows', () => {
  fc.assert(
    fc.property(
      rules,
      fc.array(fc.record({ afterMs: fc.nat(3_000), most: fc.nat(12), patienceMs: fc.nat(2_000) }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 10_000 }),
      (rule, asks, spanMs) => {
        const left: number[] = [];
        let [now, some, one] = [START, 0, 0];
        for (const { afterMs, most, patienceMs } of asks) {
          now += afterMs;
          const turns = takeSome(some, rule, now, patienceMs, most);
          some = turns.freeAt;
          left.push(...turns.at);
          const singly: number[] = [];
          for (let n = 0; n < most; n += 1) {
            const turn = takeSome(one, rule, now, patienceMs, 1);
            one = turn.freeAt;
            singly.push(...turn.at);
          }
          expect(turns.at).toEqual(singly);
          expect(turns.at.every((at) => at >= now && at - now <= patienceMs)).toBe(true);
          if (turns.at.length < most) expect(turns.waitMs).toBeGreaterThan(patienceMs);
        }
        left.sort((a, b) => a - b);
        expect(mostWithin(left, spanMs)).toBeLessThanOrEqual(rule.burst - 1 + Math.ceil(spanMs / rule.everyMs));
      },
    ),
    { numRuns: 200 },
  );
});

/** `lanes` of each instance call as fast as they may for so long; what left when, and how often the store was asked. */
async function flood(rule: typeof ofFeishu | typeof ofDingtalk, instances: number, lanes: number, forMs: number) {
  const time = createVirtualTime(START);
  let [freeAt, asked, away] = [0, 0, false];
  const pace = {
    async bookSome(_: unknown, ...how: [typeof rule, number, number, number]) {
      asked += 1;
      if (away) throw new Error('the database is away');
      const turns = takeSome(freeAt, ...how);
      freeAt = turns.freeAt;
      await time.sleep(3);
      return turns;
    },
  };
  const left: number[] = [];
  for (let n = 0; n < instances; n += 1) {
    const rates = createCallRates({ pace, account, now: time.now, pause: time.sleep });
    for (let lane = 0; lane < lanes; lane += 1)
      void (async () => {
        while (time.now() < START + forMs) {
          const waitMs = await rates.hold('send', rule, 300);
          if (waitMs > 0) {
            await time.sleep(waitMs);
            continue;
          }
          left.push(time.now());
          await time.sleep(20);
        }
      })();
  }
  return { time, left, asked: () => asked, cut: () => (away = true) };
}

it.each([
  ['feishu', ofFeishu, 50, 1_000],
  ['dingtalk', ofDingtalk, 20, 1_200],
] as const)(
  '%s: two instances stay under a second’s and a minute’s limit, and use most of it',
  async (_, rule, perSecond, perMinute) => {
    const { time, left, asked } = await flood(rule, 2, 8, 70_000);
    await time.goTo(START + 72_000);
    left.sort((a, b) => a - b);
    expect(mostWithin(left, 1_000)).toBeLessThanOrEqual(perSecond);
    expect(mostWithin(left, 60_000)).toBeLessThanOrEqual(perMinute);
    expect(mostWithin(left, 60_000)).toBeGreaterThan(perMinute * 0.8);
    // A few refusals of those who come too early are among them.
    expect(asked() / left.length).toBeLessThan(0.16);
  },
);

it('asks the store once for a burst, and without it keeps the pace alone', async () => {
  const quiet = await flood(ofFeishu, 1, 6, 10);
  await quiet.time.goTo(START + 100);
  expect([quiet.left.length, quiet.asked()]).toEqual([6, 1]);

  const { time, left, cut } = await flood(ofFeishu, 1, 8, 20_000);
  await time.goTo(START + 5_000);
  cut();
  await time.goTo(START + 22_000);
  expect(mostWithin(left, 1_000)).toBeLessThanOrEqual(50);
  expect(mostWithin(left, 10_000)).toBeGreaterThan(140);
});
