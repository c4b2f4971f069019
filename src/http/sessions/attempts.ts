/** Counts failed sign-ins per address: each costs a question to the platform, which counts them too. */
export interface Attempts {
  /** Counts a try; false when this address has failed too often just now. */
  mayTry(address: string): boolean;
  /** The try was none that counts. */
  forgive(address: string): void;
}

const WINDOW_MS = 60_000;
/** A whole office behind one address opens its pages at nine o'clock: only what fails counts. */
const FAILURES = 20;
/** Enough for an attack to stay cheap in memory. */
const MOST_ADDRESSES = 10_000;

/** `allowed`: failures per minute and address. */
export function createAttempts(now: () => number, allowed = FAILURES): Attempts {
  let windowEnd = 0;
  let failures = new Map<string, number>();
  const current = (): Map<string, number> => {
    if (now() >= windowEnd || failures.size > MOST_ADDRESSES) {
      failures = new Map();
      windowEnd = now() + WINDOW_MS;
    }
    return failures;
  };
  const add = (address: string, tries: number) =>
    void current().set(address, Math.max(0, (current().get(address) ?? 0) + tries));
  return {
    mayTry(address) {
      if ((current().get(address) ?? 0) >= allowed) return false;
      // Before the platform has answered: many at once are as many.
      add(address, 1);
      return true;
    },
    forgive: (address) => add(address, -1),
  };
}
