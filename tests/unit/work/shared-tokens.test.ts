/** Tokens that instances share: one buys, the others find it; nobody waits for ever, and nobody without the secret reads it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTokens, type TokenStore } from '../../../src/work/shared-tokens.ts';
import { createMemoryTokenStore } from '../../support/token-store.ts';
import { createVirtualTime } from './virtual-time.ts';

const account = () => ({ id: 'a1', tenantId: 't1', platform: 'p', appKey: 'k', externalTenant: null });
const START = 1_790_000_000_000;
const LIFE_MS = 7_200_000;
const margin = 300_000;

/** Instances of one app on one store, and a platform that counts what it is asked. */
function firm(store: TokenStore = createMemoryTokenStore()) {
  const clock = { now: START };
  const platform = { asked: 0, failure: null as Error | null };
  const instance = (owner: string, secret = 'the secret', restMs = 0) =>
    createTokens({ store, owner, now: () => clock.now, pause: async (ms) => (clock.now += ms) })
      .vault(account)
      .share({
        name: 'token',
        secret,
        marginMs: () => margin,
        async fetch() {
          platform.asked += 1;
          if (platform.failure) throw platform.failure;
          return { token: `t${platform.asked}`, expiresInSeconds: LIFE_MS / 1000 };
        },
        restAfter: () => restMs,
      });
  return { clock, platform, instance };
}

it('is bought once for all who wait and for all instances, and again shortly before its end', async () => {
  const { clock, platform, instance } = firm();
  const [one, two] = [instance('one'), instance('two')];
  expect(await Promise.all([one.get(), one.get()])).toEqual(['t1', 't1']);
  expect(await two.get()).toBe('t1');
  clock.now = START + LIFE_MS - margin - 1;
  expect([await one.get(), await two.get()]).toEqual(['t1', 't1']);
  clock.now += 1;
  expect(await Promise.all([one.get(), two.get()])).toEqual(['t2', 't2']);
  // Begun anew after a restart.
  expect(await instance('three').get()).toBe('t2');
  expect(platform.asked).toBe(2);
});

it('is given up when the platform refuses it, unless another came since', async () => {
  const { platform, instance } = firm();
  const [one, two] = [instance('one'), instance('two')];
  expect([await one.get(), await two.get()]).toEqual(['t1', 't1']);
  one.drop('t1');
  expect(await one.get()).toBe('t2');
  one.drop('t1');
  two.drop('t1');
  expect([await one.get(), await two.get()]).toEqual(['t2', 't2']);
  expect(platform.asked).toBe(2);
});

it('a failure reaches everybody who waits, and keeps others away as long as the platform wants it', async () => {
  const { clock, platform, instance } = firm();
  const one = instance('one', 'the secret', 60_000);
  platform.failure = new Error('wrong secret');
  await expect(Promise.all([one.get(), one.get()])).rejects.toThrow('wrong secret');
  platform.failure = null;
  await expect(one.get()).rejects.toThrow('wrong secret');
  // Another one need not wait for who has given up.
  expect(await instance('two').get()).toBe('t2');
  clock.now += 60_000;
  expect(await one.get()).toBe('t2');
});

it('is read by nobody without the secret; a changed secret is another token', async () => {
  const store = createMemoryTokenStore();
  const { instance } = firm(store);
  expect(await instance('one').get()).toBe('t1');
  expect(JSON.stringify([...store.rows])).not.toContain('t1"');
  expect(await instance('two', 'a new secret').get()).toBe('t2');
  expect(await instance('three', 'a new secret').get()).toBe('t2');
});

it.each(['read', 'begin', 'put'] as const)('a database that fails at %s stands in nobody’s way', async (at) => {
  const fail = async () => {
    throw new Error('the database is away');
  };
  const { platform, instance } = firm({ ...createMemoryTokenStore(), [at]: fail });
  const one = instance('one');
  expect([await one.get(), await one.get()]).toEqual(['t1', 't1']);
  expect(platform.asked).toBe(1);
});

it('who died while buying is waited for no longer than a buying lasts', async () => {
  const store = createMemoryTokenStore();
  const { clock, instance } = firm(store);
  await store.begin({ tenantId: 't1', accountId: 'a1', name: 'token' }, '', 'dead', START, START + 6_000);
  expect(await instance('one').get()).toBe('t1');
  expect(clock.now - START).toBeLessThanOrEqual(6_100);
});

it('an instance that stands alone finds out for itself', async () => {
  const store = createMemoryTokenStore();
  const { instance, platform } = firm(store);
  await instance('one').get();
  const tokens = createTokens({ store, owner: 'doctor', now: () => START });
  const fetch = async () => ({ token: 'own', expiresInSeconds: 60 });
  const holder = tokens
    .vault(account)
    .share({ name: 'token', secret: 'the secret', marginMs: () => 0, fetch, restAfter: () => 0 });
  tokens.standAlone();
  expect([await holder.get(), platform.asked]).toEqual(['own', 1]);
});

type Step = { readonly who: number; readonly afterMs: number; readonly what: 'use' | 'revoke' | 'crash' | 'fail' };

it('any number of instances buy one token per lifetime, whatever dies, fails or is revoked', async () => {
  const step = fc.record({
    who: fc.nat(3),
    afterMs: fc.oneof(fc.nat(300), fc.nat(20_000), fc.constant(LIFE_MS)),
    what: fc.oneof({ weight: 6, arbitrary: fc.constant('use' as const) }, fc.constantFrom('revoke', 'crash', 'fail')),
  }) as fc.Arbitrary<Step>;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.nat(3_000), async (steps, answerMs) => {
      const time = createVirtualTime(START);
      const store = createMemoryTokenStore();
      const bought: { begunAt: number; until: number; ended: 'no' | 'well' | 'failed'; by: object }[] = [];
      const dead = new Set<object>();
      let valid = '';
      let lastDeathAt = Number.NEGATIVE_INFINITY;
      let failing = 0;

      function mayBuy(): boolean {
        const last = bought.at(-1);
        if (!last || last.ended === 'failed' || time.now() - lastDeathAt <= 14_100) return true;
        if (last.ended === 'no') return time.now() - last.begunAt >= 6_000;
        return valid !== `t${bought.length}` || time.now() >= last.until - margin;
      }
      const instance = () => {
        const self = {};
        const fetch = async () => {
          expect(mayBuy(), JSON.stringify(bought)).toBe(true);
          const one = { begunAt: time.now(), until: time.now() + LIFE_MS, ended: 'no' as const, by: self };
          const token = `t${bought.push(one)}`;
          await time.sleep(answerMs);
          if (dead.has(self)) return new Promise<never>(() => {});
          if (failing-- > 0) {
            Object.assign(one, { ended: 'failed' });
            throw new Error('the platform is away');
          }
          valid = token;
          Object.assign(one, { ended: 'well', until: time.now() + LIFE_MS });
          return { token, expiresInSeconds: LIFE_MS / 1000 };
        };
        const holder = createTokens({ store, owner: String(Math.random()), now: time.now, pause: time.sleep })
          .vault(account)
          .share({ name: 'token', secret: 's', marginMs: () => margin, fetch, restAfter: () => 0 });
        return { self, holder };
      };
      const instances = Array.from({ length: 4 }, instance);
      const waiting = new Set<{ readonly self: object }>();
      const use = async ({ self, holder }: ReturnType<typeof instance>): Promise<void> => {
        const mark = { self };
        waiting.add(mark);
        const token = await holder.get().catch(() => null);
        if (token !== null && token !== valid) holder.drop(token);
        const again = await holder.get().catch(() => null);
        if (token !== valid && !dead.has(self) && again !== null) expect(again).not.toBe(token);
        waiting.delete(mark);
      };
      const uses: Promise<void>[] = [];
      for (const { who, afterMs, what } of steps) {
        await time.goTo(time.now() + afterMs);
        const one = instances[who] as ReturnType<typeof instance>;
        if (what === 'revoke') valid = '';
        if (what === 'fail') failing = 1;
        if (what === 'crash') {
          dead.add(one.self);
          lastDeathAt = time.now();
          instances[who] = instance();
        }
        if (what === 'use') uses.push(use(one));
      }
      await time.goTo(time.now() + 60_000);
      failing = 0;
      // Whoever slept through two revocations finds the second one with the second use.
      for (let round = 1; round <= 2; round += 1) {
        uses.push(...instances.map(use));
        await time.goTo(time.now() + 60_000);
      }
      // Whoever asked has been answered, unless it died, and all go on with the token that is valid.
      const hanging = [...waiting].filter((mark) => !dead.has(mark.self));
      expect(hanging).toEqual([]);
      expect(await Promise.all(instances.map(({ holder }) => holder.get()))).toEqual(Array(4).fill(valid));
    }),
    {
      numRuns: 60,
      examples: [
        [
          [
            { who: 0, afterMs: 0, what: 'use' },
            { who: 0, afterMs: 0, what: 'revoke' },
            { who: 1, afterMs: 0, what: 'use' },
            { who: 0, afterMs: 0, what: 'revoke' },
          ],
          0,
        ],
      ],
    },
  );
});
