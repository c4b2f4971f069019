/** Keeps the answer to a tap and a PATCH of the same card from overtaking each other: one writer per message. */

export interface Writers {
  /** Marks a tap on this message as being answered, until `done` and a moment more. */
  tap(messageId: string): { readonly done: () => void };
  /** How long a PATCH of this message should stay away, ms; 0 when nothing is going on. */
  quietFor(messageId: string): number;
  /** Runs a PATCH; a tap answered meanwhile waits for it by `patched`. */
  patch<T>(messageId: string, run: () => Promise<T>): Promise<T>;
  /** Resolves true when no PATCH of this message is under way any more, false when it still is after `patienceMs`. */
  patched(messageId: string, patienceMs: number): Promise<boolean>;
}

/** The answer is on its way to the platform for a moment after we let it go. */
const afterAnswerMs = 1_000;
const whileAnsweringMs = 1_000;

/**
 * Trap 19 and 7.4 of the platform's facts: an update sent before or while a tap is answered makes the card flip back
 * to its old face. This holds within one process; between instances the core's order of updates has to do.
 */
export function createWriters(now: () => number): Writers {
  const taps = new Map<string, { open: number; until: number }>();
  const patches = new Map<string, Promise<unknown>>();

  return {
    tap(messageId) {
      const entry = taps.get(messageId) ?? { open: 0, until: 0 };
      entry.open += 1;
      taps.set(messageId, entry);
      return {
        done: () => {
          entry.open -= 1;
          entry.until = now() + afterAnswerMs;
          for (const [id, { open, until }] of taps) if (open === 0 && until < now()) taps.delete(id);
        },
      };
    },
    quietFor(messageId) {
      const entry = taps.get(messageId);
      if (!entry) return 0;
      if (entry.open > 0) return whileAnsweringMs;
      const leftMs = entry.until - now();
      // More than it was: the clock was put back since.
      return leftMs > afterAnswerMs ? 0 : Math.max(0, leftMs);
    },
    async patch(messageId, run) {
      const running = run();
      patches.set(messageId, running);
      try {
        return await running;
      } finally {
        if (patches.get(messageId) === running) patches.delete(messageId);
      }
    },
    async patched(messageId, patienceMs) {
      const running = patches.get(messageId);
      if (!running) return true;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), patienceMs);
      running.then(
        () => resolve(true),
        () => resolve(true),
      );
      const ended = await promise;
      clearTimeout(timer);
      return ended;
    },
  };
}
