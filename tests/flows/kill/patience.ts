/** Waiting for a server that is killed again and again: patience begins to run out when it is left alone. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** Looks until there is something; throws, with `what` it was, a good while after the last kill. */
  until<T>(what: string, look: () => T | null | undefined | Promise<T | null | undefined>): Promise<T>;
}

const PATIENCE_MS = 90_000;
/** Hundreds wait at once: asked more often, a machine that has little to spare would do nothing else. */
const PAUSE_MS = 400;

/** `calm` settles when the last kill is over. */
export function createPatience(calm: Promise<void>): Patience {
  let calmAt: number | null = null;
  void calm.then(() => {
    calmAt = Date.now();
  });
  return {
    async until(what, look) {
      const begun = Date.now();
      for (;;) {
        const found = await look();
        if (found !== null && found !== undefined) return found;
        if (calmAt !== null && Date.now() > Math.max(begun, calmAt) + PATIENCE_MS)
          throw new Error(`${what} never came true`);
        await sleep(PAUSE_MS);
      }
    },
  };
}
