/** 微信客服: what customers and colleagues say in service sessions comes in, and waiting sessions are given to people. */
import type { WecomClient } from '../client.ts';
import type { Source, SourceContext } from '../source.ts';

export interface Service extends Source {
  /** There are new rows of this account; with its `token` the strict limit on pulling does not hold. */
  wake(openKfId: string, token: string | null): void;
  /** Accounts were given to our app or taken from it. */
  accountsChanged(): void;
  /** How many accounts we read. */
  accounts(): number;
  /** Gives a session to the first of these colleagues who can take it; null: it went to the platform's pool, or is over. */
  assign(openKfId: string, outsiderId: string, staffIds: readonly string[]): Promise<string | null>;
}

export function createService(_client: WecomClient, _context: SourceContext): Service {
  return {
    start: async () => {},
    stop: async () => {},
    problem: () => null,
    normalise: () => null,
    wake: () => {},
    accountsChanged: () => {},
    accounts: () => 0,
    assign: async () => null,
  };
}
