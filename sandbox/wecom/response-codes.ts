/** Codes that allow one update of a sent card: one with the send, a fresh one with every tap, 72 hours, single use (wecom.md §3.4). */
import type { Random } from '../platform/random.ts';

const LIFE_MS = 72 * 3600_000;

export interface ResponseCodes {
  /** A fresh code for the cards of one send. */
  issue(sendId: string): string;
  /** The send a code belongs to, or why it is none. */
  look(code: string): { readonly sendId: string } | { readonly fault: 'unknown' | 'used' | 'expired' };
  use(code: string): void;
}

export function createResponseCodes(random: Random, now: () => number): ResponseCodes {
  const codes = new Map<string, { sendId: string; issuedAt: number; used: boolean }>();
  return {
    issue(sendId) {
      const code = random.bytes(48).toString('base64url');
      codes.set(code, { sendId, issuedAt: now(), used: false });
      return code;
    },
    look(code) {
      const known = codes.get(code);
      if (!known) return { fault: 'unknown' };
      if (known.used) return { fault: 'used' };
      return now() - known.issuedAt > LIFE_MS ? { fault: 'expired' } : { sendId: known.sendId };
    },
    use(code) {
      const known = codes.get(code);
      if (known) known.used = true;
    },
  };
}
