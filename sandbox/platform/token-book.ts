/** Access tokens that live for a while: handed out again while enough of their life is left, and remembered after their death. */

/** A caller that was told a token is dead may have calls on the way for so long (real ms). */
const GRACE_MS = 1000;

export type TokenState =
  | { readonly state: 'alive'; readonly owner: string }
  | { readonly state: 'unknown' }
  /** `excusable`: its holder could not know, or was told only just now. */
  | { readonly state: 'expired' | 'revoked'; readonly excusable: boolean };

export interface TokenBook {
  /** The owner's token and the ms it has left. */
  issue(owner: string): { readonly token: string; readonly leftMs: number };
  look(token: string): TokenState;
  /** Kills every token at once; the next request gets a new one. */
  revokeAll(): void;
}

export function createTokenBook(setup: {
  now: () => number;
  lifeMs: number;
  /** A token with less than this left is not handed out again. */
  reuseMs: number;
  newToken: () => string;
}): TokenBook {
  const { now, lifeMs, reuseMs, newToken } = setup;
  const tokens = new Map<string, { owner: string; expiresAt: number; revoked: boolean; toldDeadAt: number | null }>();
  const current = new Map<string, string>();

  return {
    issue(owner) {
      let token = current.get(owner) ?? '';
      const known = tokens.get(token);
      if (!known || known.revoked || known.expiresAt - now() <= reuseMs) {
        token = newToken();
        current.set(owner, token);
        tokens.set(token, { owner, expiresAt: now() + lifeMs, revoked: false, toldDeadAt: null });
      }
      return { token, leftMs: (tokens.get(token)?.expiresAt ?? now()) - now() };
    },
    look(token) {
      const known = tokens.get(token);
      if (!known) return { state: 'unknown' };
      if (!known.revoked && known.expiresAt > now()) return { state: 'alive', owner: known.owner };
      const toldLongAgo = known.toldDeadAt !== null && performance.now() - known.toldDeadAt > GRACE_MS;
      known.toldDeadAt ??= performance.now();
      return { state: known.revoked ? 'revoked' : 'expired', excusable: known.revoked && !toldLongAgo };
    },
    revokeAll() {
      for (const token of tokens.values()) token.revoked = true;
    },
  };
}
