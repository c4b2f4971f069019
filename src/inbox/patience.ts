/** How long the platform is kept waiting for the answer to a tap. */

/** Feishu waits 3 s, DingTalk 2 s, WeCom 5 s; the rest of the time is the network's. */
const BUDGET_MS = 1_000;
/** A commit that is under way at that moment decides what may be said: so much longer it is waited for. */
const COMMIT_MS = 500;

export interface Patience<Answer> {
  /** Resolves with what was to be said when the time is up. */
  readonly ended: Promise<Answer>;
  /** The platform has its answer: nothing more can be said through it. */
  isOver(): boolean;
  /** A transaction is about to commit, or no longer is. */
  committing(now: boolean): void;
  cancel(): void;
}

/** `atLast` is asked for the answer at the very moment the time is up. */
export function createPatience<Answer>(atLast: () => Answer): Patience<Answer> {
  const { promise: ended, resolve } = Promise.withResolvers<Answer>();
  let over = false;
  let commit = false;
  const end = () => {
    over = true;
    resolve(atLast());
  };
  let timer = setTimeout(() => {
    if (commit) timer = setTimeout(end, COMMIT_MS);
    else end();
  }, BUDGET_MS);
  return {
    ended,
    isOver: () => over,
    committing: (now) => {
      commit = now;
    },
    cancel: () => clearTimeout(timer),
  };
}
