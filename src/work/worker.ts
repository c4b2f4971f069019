/** The loop that claims work, hands it on, and waits for more: one for the inbox, one for the outbox. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { describeError } from '../log.ts';
import type { WorkItem } from './queue.ts';

export interface WorkerOptions {
  readonly name: string;
  readonly batch: number;
  /** How many items of a batch are in hand at once. */
  readonly concurrency: number;
  /** Longest rest between two looks, ms: the safety net behind `wake`. */
  readonly pollMs: number;
  readonly claim: (limit: number) => Promise<WorkItem[]>;
  /** Settles the item one way or another; must not reject for the item's own failure. */
  readonly handle: (item: WorkItem) => Promise<void>;
  /** Where many wait: handles so many at once as far as it can, and returns those that are left to `handle`; must not reject. */
  readonly together?: {
    readonly most: number;
    readonly handle: (items: readonly WorkItem[]) => Promise<readonly WorkItem[]>;
  };
  /** Keeps the leases of what is claimed and not settled yet; asked every `renewEveryMs` while a batch is in hand. */
  readonly renew: (items: readonly WorkItem[]) => Promise<void>;
  readonly renewEveryMs: number;
  /** What was claimed and not begun, when the worker stops: others need not wait for its lease to end. */
  readonly giveBack: (items: readonly WorkItem[]) => Promise<void>;
  readonly log: Log;
}

export interface Worker {
  start(): void;
  /** Look soon, within milliseconds: something was just committed. */
  wake(): void;
  /** Stops claiming, waits for what is in hand, and gives back the rest. */
  stop(): Promise<void>;
  /** Handles all that is claimable now and returns how many items were handled; for tools and tests. */
  drain(): Promise<number>;
}

/** Wakes that come close together are answered by one look: a look is a transaction, and a busy chat wakes us often. */
const GATHER_MS = 5;
const LONGEST_KEPT_MS = 5 * 60_000;

export function createWorker(options: WorkerOptions): Worker {
  const gatherMs = Math.min(GATHER_MS, options.pollMs);
  let running = false;
  let woken = false;
  /** What is claimed but not begun is given back. */
  let stopping = false;
  let rest: { timer: NodeJS.Timeout; end: () => void } | null = null;
  let loop: Promise<void> = Promise.resolve();

  async function round(): Promise<number> {
    const items = await options.claim(options.batch);
    const lanes = Math.min(options.concurrency, items.length);
    const open = new Set(items);
    let next = 0;
    const take = (): readonly WorkItem[] => {
      // As long as there are lanes for all, nobody waits for another's work.
      const fair = Math.min(options.together?.most ?? 1, Math.ceil((items.length - next) / lanes));
      const taken = items.slice(next, next + fair);
      next += taken.length;
      return taken;
    };
    const lane = async () => {
      while (!stopping && next < items.length) {
        const taken = take();
        const left = taken.length > 1 && options.together ? await options.together.handle(taken) : taken;
        for (const item of taken) if (!left.includes(item)) open.delete(item);
        if (left.length < taken.length) await nextTurn();
        for (const item of left) {
          await options.handle(item);
          open.delete(item);
          // SQLite answers without ever leaving the current turn: unless we do, no ack gets out before the backlog is empty.
          await nextTurn();
        }
      }
    };
    // A platform that is slow keeps one batch in hand for longer than a lease: nobody else shall send it as well.
    const claimedAt = performance.now();
    const keeping = setInterval(() => {
      // Whoever hangs for ever must not have it for ever.
      if (performance.now() - claimedAt < LONGEST_KEPT_MS) void keep([...open]);
    }, options.renewEveryMs);
    try {
      await Promise.all(Array.from({ length: lanes }, lane));
    } finally {
      clearInterval(keeping);
    }
    if (next < items.length) await options.giveBack(items.slice(next));
    return next;
  }

  const keep = (items: readonly WorkItem[]) =>
    options.renew(items).catch((error: unknown) => {
      options.log.warn({ worker: options.name, ...describeError(error) }, 'leases not kept');
    });

  function pause(longestMs: number): Promise<void> {
    if (!running) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        rest = null;
        resolve();
      };
      rest = { timer: setTimeout(end, woken ? gatherMs : longestMs), end };
    });
  }

  async function run(): Promise<void> {
    while (running) {
      woken = false;
      let handled = 0;
      try {
        handled = await round();
      } catch (error) {
        options.log.error({ worker: options.name, ...describeError(error) }, 'worker round failed');
      }
      // What comes next in a chat waits for what has just been done there: a look is due, but not for every single message.
      if (handled < options.batch) await pause(handled === 0 ? options.pollMs : gatherMs);
    }
  }

  function wake(): void {
    if (rest && !woken) {
      clearTimeout(rest.timer);
      rest.timer = setTimeout(rest.end, gatherMs);
    }
    woken = true;
  }

  return {
    start() {
      if (running) return;
      running = true;
      stopping = false;
      loop = run();
    },
    wake,
    async stop() {
      running = false;
      stopping = true;
      if (rest) {
        clearTimeout(rest.timer);
        rest.end();
      }
      await loop;
    },
    async drain() {
      let total = 0;
      for (let handled = await round(); handled > 0; handled = await round()) total += handled;
      return total;
    },
  };
}
