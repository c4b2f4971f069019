/** A clock that goes on when nothing else can: for parts that wait. */

export interface VirtualTime {
  readonly now: () => number;
  /** Resolves when the clock has come so far. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Lets everything run that is due until then. */
  goTo(at: number): Promise<void>;
}

export function createVirtualTime(start: number): VirtualTime {
  let at = start;
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  // What follows from what, a few promises deep, is done before the clock goes on.
  const settle = async () => {
    for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  return {
    now: () => at,
    sleep: (ms) => new Promise((wake) => sleepers.push({ until: at + ms, wake })),
    async goTo(end) {
      for (;;) {
        await settle();
        const next = sleepers.reduce((soonest, { until }) => Math.min(soonest, until), Number.POSITIVE_INFINITY);
        if (next > end) break;
        at = Math.max(at, next);
        const due = sleepers.filter(({ until }) => until <= at);
        sleepers = sleepers.filter(({ until }) => until > at);
        for (const { wake } of due) wake();
      }
      at = end;
    },
  };
}
