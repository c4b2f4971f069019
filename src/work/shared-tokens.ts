/** Tokens that all instances share: one of them buys, the others find it in the database, where only who has the secret can read it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Box, TokenHolder, TokenVault, TokenWish } from '../channel/token.ts';
import { keyOf, seal, unseal } from '../sealing.ts';
import { within } from '../within.ts';
import { SKEW_MS } from './skew.ts';
import type { AccountRecord } from './store.ts';

export interface TokenPlace {
  readonly tenantId: string;
  readonly accountId: string;
  readonly name: string;
}

export interface SharedToken {
  /** Empty until the first was bought. */
  readonly sealed: string;
  /** Until when it is used, ms: short of its end. */
  readonly usedUntil: number;
  /** Until when somebody is buying the next one, ms. */
  readonly renewUntil: number;
}

export interface TokenStore {
  read(place: TokenPlace): Promise<SharedToken | null>;
  /** True for exactly one caller: nobody else is buying, and the token is still the one that was `seen` (sealed). */
  begin(place: TokenPlace, seen: string, buyer: string, now: number, until: number): Promise<boolean>;
  /** Puts what was bought in its place, and ends the buying; nothing where somebody else has taken the buying over. */
  put(place: TokenPlace, buyer: string, bought: Pick<SharedToken, 'sealed' | 'usedUntil'>): Promise<void>;
  /** Ends the buying without a token. */
  giveUp(place: TokenPlace, buyer: string): Promise<void>;
}

export interface TokensOptions {
  readonly store: TokenStore;
  /** This instance. */
  readonly owner: string;
  readonly now: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

export interface Tokens {
  vault(account: () => AccountRecord): TokenVault;
  /** From now on each holder asks the platform itself: for whoever wants to know whether the secret is right. */
  standAlone(): void;
}

/** Platforms answer within a second; whoever buys longer than this may have died. All of them give the same token twice. */
const BUYING_MS = 6_000;
/** Whoever has waited so long for another's token buys one. */
const PATIENCE_MS = 8_000;
const POLL_MS = 100;
/** A database that takes longer is as good as away: no call fails or hangs for the vault's sake. */
const STORE_PATIENCE_MS = 2_000;
const PURPOSE = 'liaodan shared tokens';
const BOX_PURPOSE = 'liaodan closed words';

interface Held {
  readonly token: string;
  /** ms. */
  readonly until: number;
}

export function createTokens({ store, owner, now, pause = sleep }: TokensOptions): Tokens {
  let alone = false;

  /** In memory first, then in the database, then from the platform. */
  function holder(account: () => AccountRecord, wish: TokenWish): TokenHolder {
    const key = keyOf(wish.secret, PURPOSE);
    let current: Held | null = null;
    let pending: Promise<string> | null = null;
    let resting: { readonly failure: unknown; readonly until: number } | null = null;
    let refused: string | null = null;

    function place(): TokenPlace {
      const { tenantId, id } = account();
      return { tenantId, accountId: id, name: wish.name };
    }
    const boundTo = ({ tenantId, accountId, name }: TokenPlace) => `${tenantId}/${accountId}/${name}`;

    async function buy(): Promise<Held> {
      const { token, expiresInSeconds } = await wish.fetch();
      const lifeMs = expiresInSeconds * 1000;
      return { token, until: now() + lifeMs - wish.marginMs(lifeMs) };
    }

    async function buyForAll(where: TokenPlace): Promise<Held> {
      try {
        const bought = await buy();
        const sealed = seal(key, bought.token, boundTo(where));
        // Whoever bought it need not wait until the others can read it.
        void tried(() => store.put(where, owner, { sealed, usedUntil: bought.until }));
        return bought;
      } catch (error) {
        await tried(() => store.giveUp(where, owner));
        throw error;
      }
    }

    function found(row: SharedToken, where: TokenPlace): Held | null {
      if (row.sealed === '' || row.usedUntil <= now()) return null;
      const token = unseal(key, row.sealed, boundTo(where));
      return token === null || token === refused ? null : { token, until: row.usedUntil };
    }

    async function obtain(): Promise<Held> {
      if (alone) return buy();
      const where = place();
      for (const deadline = now() + PATIENCE_MS; now() < deadline; await pause(POLL_MS)) {
        const looked = await tried(() => store.read(where));
        if (!looked) break;
        const row = looked.value;
        const held = row && found(row, where);
        if (held) return held;
        // A purchase that ends later than ours would was begun by a clock that has since been put back.
        if (row && row.renewUntil > now() && row.renewUntil <= now() + BUYING_MS + SKEW_MS) continue;
        const began = await tried(() => store.begin(where, row?.sealed ?? '', owner, now(), now() + BUYING_MS));
        if (!began) break;
        if (began.value) return buyForAll(where);
      }
      return buy();
    }

    async function renew(): Promise<string> {
      try {
        current = await obtain();
        return current.token;
      } catch (error) {
        const restMs = wish.restAfter(error);
        if (restMs > 0) resting = { failure: error, until: now() + restMs };
        throw error;
      } finally {
        pending = null;
      }
    }

    return {
      async get() {
        if (current !== null && now() < current.until) return current.token;
        if (resting !== null && now() < resting.until) throw resting.failure;
        pending ??= renew();
        return pending;
      },
      drop(token) {
        refused = token;
        if (current?.token === token) current = null;
      },
    };
  }

  return {
    vault: (account) => ({
      share: (wish) => holder(account, wish),
      box: (secret) => boxOf(account, secret),
    }),
    standAlone() {
      alone = true;
    },
  };
}

function boxOf(account: () => AccountRecord, secret: string): Box {
  const key = keyOf(secret, BOX_PURPOSE);
  const place = () => `${account().tenantId}/${account().id}`;
  return { close: (text) => seal(key, text, place()), open: (closed) => unseal(key, closed, place()) };
}

/** Null where the database failed, or took too long. */
const tried = <T>(ask: () => Promise<T>): Promise<{ readonly value: T } | null> =>
  within(
    STORE_PATIENCE_MS,
    ask().then((value) => ({ value })),
  );
