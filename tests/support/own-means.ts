/** What the core gives an adapter besides its inbox, of an instance that is alone: tokens and turns, made by the real parts. */
import type { ChannelContext } from '../../src/channel/channel.ts';
import { createCallRates } from '../../src/work/call-rates.ts';
import { takeSome } from '../../src/work/pace.ts';
import { createTokens } from '../../src/work/shared-tokens.ts';
import type { AccountRecord } from '../../src/work/store.ts';
import { createMemoryTokenStore } from './token-store.ts';

const account = (): AccountRecord => ({ id: 'a1', tenantId: 't1', platform: 'p', appKey: 'k', externalTenant: null });

export function ownMeans(now: () => number): Pick<ChannelContext, 'tokens' | 'rates'> {
  const free = new Map<string, number>();
  return {
    tokens: createTokens({ store: createMemoryTokenStore(), owner: 'one', now }).vault(account),
    rates: createCallRates({
      pace: {
        async bookSome({ place }, ...how) {
          const turns = takeSome(free.get(place) ?? 0, ...how);
          free.set(place, turns.freeAt);
          return turns;
        },
      },
      account,
      now,
    }),
  };
}
