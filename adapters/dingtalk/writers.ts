/** Keeps the answer to a tap and a PUT of the same card from overtaking each other: one writer per card. */

export interface Writers {
  /** Marks a tap on this card as being answered, until `done` and a moment more. */
  tap(outTrackId: string): { readonly done: () => void };
  /** How long a PUT of this card should stay away, ms; 0 when nothing is going on. */
  quietFor(outTrackId: string): number;
  /** Runs a PUT; a tap answered meanwhile waits for it by `settled`. */
  put<T>(outTrackId: string, run: () => Promise<T>): Promise<T>;
  /** Resolves true when no PUT of this card is under way any more, false when one still is after `patienceMs`. */
  settled(outTrackId: string, patienceMs: number): Promise<boolean>;
}

/** The answer is on its way to the platform for a moment after we let it go. */
const quietMs = 1_000;

/**
 * An update must not be sent while a tap on the card waits for its answer (dingtalk.md §0.5), and one that is overtaken
 * by the answer would put the older face back. This holds within one process; between instances the order of the
 * core's updates has to do.
 */
export function createWriters(now: () => number): Writers {
  const taps = new Map<string, { open: number; until: number }>();
  const puts = new Map<string, Promise<unknown>>();

  return {
    tap(outTrackId) {
      const entry = taps.get(outTrackId) ?? { open: 0, until: 0 };
      entry.open += 1;
      taps.set(outTrackId, entry);
      return {
        done() {
          entry.open -= 1;
          entry.until = now() + quietMs;
          for (const [id, { open, until }] of taps) if (open === 0 && until < now()) taps.delete(id);
        },
      };
    },
    quietFor(outTrackId) {
      const entry = taps.get(outTrackId);
      if (!entry) return 0;
      if (entry.open > 0) return quietMs;
      const leftMs = entry.until - now();
      // More than it was: the clock was put back since.
      return leftMs > quietMs ? 0 : Math.max(0, leftMs);
    },
    async put(outTrackId, run) {
      const running = run();
      puts.set(outTrackId, running);
      try {
        return await running;
      } finally {
        if (puts.get(outTrackId) === running) puts.delete(outTrackId);
      }
    },
    async settled(outTrackId, patienceMs) {
      const running = puts.get(outTrackId);
      if (!running) return true;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), patienceMs);
      const ended = (): void => resolve(true);
      running.then(ended, ended);
      const settled = await promise;
      clearTimeout(timer);
      return settled;
    },
  };
}
