/** The store of shared tokens, in memory: what instances of one test find when they look. */
import type { SharedToken, TokenPlace, TokenStore } from '../../src/work/shared-tokens.ts';

interface Row extends SharedToken {
  readonly buyer: string | null;
}

export function createMemoryTokenStore(): TokenStore & { readonly rows: ReadonlyMap<string, SharedToken> } {
  const rows = new Map<string, Row>();
  const keyOf = ({ tenantId, accountId, name }: TokenPlace) => `${tenantId} ${accountId} ${name}`;
  const nothing: Row = { sealed: '', usedUntil: 0, renewUntil: 0, buyer: null };

  function end(place: TokenPlace, buyer: string, change: Partial<Row>): void {
    const row = rows.get(keyOf(place));
    if (row?.buyer === buyer) rows.set(keyOf(place), { ...row, ...change, buyer: null, renewUntil: 0 });
  }

  return {
    rows,
    read: async (place) => rows.get(keyOf(place)) ?? null,
    async begin(place, seen, buyer, now, until) {
      const row = rows.get(keyOf(place)) ?? nothing;
      if (row.sealed !== seen || row.renewUntil > now) return false;
      rows.set(keyOf(place), { ...row, buyer, renewUntil: until });
      return true;
    },
    put: async (place, buyer, bought) => end(place, buyer, bought),
    giveUp: async (place, buyer) => end(place, buyer, {}),
  };
}
