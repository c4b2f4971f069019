/** The emulator's time: real by default, or a caller's, and pushable forward for retries, expiry and 14-day windows. */

export interface SandboxClock {
  /** Current instant, ms. */
  now(): number;
  /** Runs the task once `delayMs` have passed on this clock; returns a function that cancels it. */
  after(delayMs: number, task: () => void): () => void;
  /** Moves this clock forward and runs, in order, what became due. `advance(0)` after moving a shared clock does the latter only. */
  advance(ms: number): void;
  close(): void;
}

/**
 * Creates a clock on top of `now`. When `selfRunning`, tasks fire by themselves as real time passes; otherwise time
 * stands wherever the caller's clock stands and tasks run only in `advance`.
 */
export function createSandboxClock(now: () => number, selfRunning: boolean): SandboxClock {
  const waiting = new Set<{ dueAt: number; task: () => void }>();
  let offset = 0;
  let timer: NodeJS.Timeout | undefined;

  const clockNow = (): number => now() + offset;

  function runDue(): void {
    for (;;) {
      const due = [...waiting].filter((entry) => entry.dueAt <= clockNow()).sort((a, b) => a.dueAt - b.dueAt)[0];
      if (!due) break;
      waiting.delete(due);
      due.task();
    }
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    if (!selfRunning || waiting.size === 0) return;
    const next = Math.min(...[...waiting].map((entry) => entry.dueAt));
    timer = setTimeout(runDue, Math.max(0, Math.min(next - clockNow(), 2 ** 31 - 1)));
    timer.unref();
  }

  return {
    now: clockNow,
    after(delayMs, task) {
      const entry = { dueAt: clockNow() + delayMs, task };
      waiting.add(entry);
      arm();
      return () => {
        waiting.delete(entry);
      };
    },
    advance(ms) {
      offset += ms;
      runDue();
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
