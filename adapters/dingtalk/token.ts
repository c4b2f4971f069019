/** The app's access token: fetched once for all who wait, renewed early, dropped when the platform refuses it. */
import { ApiFailure } from './api-failure.ts';

export interface TokenHolder {
  /** The current token; concurrent callers share one request. Rejects with ApiFailure. */
  get(): Promise<string>;
  /** Forgets this token, if it is still the current one: the platform has said that it is not valid. */
  drop(token: string): void;
}

/** The platform hands out the same token while it lives, and asking for it prolongs it (dingtalk.md §5.1). */
const marginMs = 5 * 60_000;
/** A wrong secret does not mend itself within a minute. */
const pauseMs = 60_000;

export function createTokenHolder(
  fetchToken: () => Promise<{ readonly token: string; readonly expiresInSeconds: number }>,
  now: () => number,
): TokenHolder {
  let current: { readonly token: string; readonly until: number } | null = null;
  let pending: Promise<string> | null = null;
  let refused: { readonly failure: ApiFailure; readonly until: number } | null = null;

  async function renew(): Promise<string> {
    try {
      const { token, expiresInSeconds } = await fetchToken();
      const life = expiresInSeconds * 1000;
      current = { token, until: now() + life - Math.max(marginMs, life / 20) };
      return token;
    } catch (error) {
      if (error instanceof ApiFailure && error.is('invalidClientIdOrSecret')) {
        refused = { failure: error, until: now() + pauseMs };
      }
      throw error;
    } finally {
      pending = null;
    }
  }

  return {
    async get() {
      if (current !== null && now() < current.until) return current.token;
      if (refused !== null && now() < refused.until) throw refused.failure;
      pending ??= renew();
      return pending;
    },
    drop(token) {
      if (current?.token === token) current = null;
    },
  };
}
