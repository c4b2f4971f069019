/** Codes for one welcome message to a new contact: twenty seconds, once (wecom.md §3.9). */
import type { Core } from '../core.ts';

const LIFE_MS = 20_000;

export interface WelcomeCodes {
  issue(userid: string, externalUserId: string): string;
  look(code: string): { readonly userid: string; readonly externalUserId: string } | null;
  use(code: string): void;
}

export function createWelcomeCodes({ random, clock }: Core): WelcomeCodes {
  const codes = new Map<string, { userid: string; externalUserId: string; at: number; used: boolean }>();
  return {
    issue(userid, externalUserId) {
      const code = random.bytes(36).toString('base64url');
      codes.set(code, { userid, externalUserId, at: clock.now(), used: false });
      return code;
    },
    look(code) {
      const known = codes.get(code);
      return known && !known.used && clock.now() - known.at <= LIFE_MS ? known : null;
    },
    use(code) {
      const known = codes.get(code);
      if (known) known.used = true;
    },
  };
}
