/** The app's tenant_access_token: fetched once for all who wait, renewed early, dropped when the platform refuses it. */

export interface TokenHolder {
  /** The current token; concurrent callers share one request. Rejects with ApiFailure. */
  get(): Promise<string>;
  /** Forgets this token, if it is still the current one: the platform has said that it is not valid. */
  drop(token: string): void;
}

/** The platform hands out the same token while 30 minutes are left, and keeps the old one alive beside the new. */
const marginMs = 5 * 60_000;

export function createTokenHolder(
  fetchToken: () => Promise<{ readonly token: string; readonly expiresInSeconds: number }>,
  now: () => number,
): TokenHolder {
  let current: { readonly token: string; readonly until: number } | null = null;
  let pending: Promise<string> | null = null;

  async function renew(): Promise<string> {
    try {
      const { token, expiresInSeconds } = await fetchToken();
      const life = expiresInSeconds * 1000;
      current = { token, until: now() + life - Math.min(marginMs, life / 10) };
      return token;
    } finally {
      pending = null;
    }
  }

  return {
    get() {
      if (current !== null && now() < current.until) return Promise.resolve(current.token);
      pending ??= renew();
      return pending;
    },
    drop(token) {
      if (current?.token === token) current = null;
    },
  };
}
