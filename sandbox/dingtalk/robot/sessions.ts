/** Session webhooks: an address to answer a chat at, given with every robot message and good for 90 minutes. */
import type { Random } from '../../platform/random.ts';

const LIFE_MS = 90 * 60_000;

export interface Session {
  readonly conversationId: string;
  readonly expiresAt: number;
}

export interface Sessions {
  /** Makes a session that counts from `from` (ms). */
  open(conversationId: string, from: number): { readonly session: string; readonly expiresAt: number };
  find(session: string): Session | null;
}

export function createSessions(random: Random): Sessions {
  const known = new Map<string, Session>();
  return {
    open(conversationId, from) {
      const session = random.hex(32);
      const expiresAt = from + LIFE_MS;
      known.set(session, { conversationId, expiresAt });
      return { session, expiresAt };
    },
    find: (session) => known.get(session) ?? null,
  };
}
