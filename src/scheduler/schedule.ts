/** The timetable: node-cron in every instance, and whoever claims a tick in the database runs it. */
import { type ScheduledTask, schedule } from 'node-cron';
import { describeError, type Log } from '../log.ts';
import { within } from '../within.ts';

export interface Job {
  readonly name: string;
  /** Cron expression, server time. */
  readonly at: string;
  /** What takes long looks at `ending`: the process is to stop. */
  readonly run: (ending?: AbortSignal) => Promise<void>;
  /** Also when the process starts: a computer that is off at that hour of the night would never do it. */
  readonly alsoAtStart?: boolean;
}

export interface ScheduleOptions {
  readonly jobs: readonly Job[];
  /** True for one caller per task and fire time. */
  readonly claimTick: (task: string, fireAt: number) => Promise<boolean>;
  readonly log: Log;
  /** Told how long a job took, and whether it ended well. */
  readonly onRun?: (job: string, seconds: number, ok: boolean) => void;
}

export interface Schedule {
  start(): void;
  /** Asks now what is asked every minute or oftener: after the clock was moved. */
  turn(): Promise<void>;
  stop(): Promise<void>;
}

/** An address book may take minutes: its next reading begins anew. */
const PATIENCE_MS = 3_000;

/** How the cron expression of what is asked every minute or oftener ends: questions about now. */
const OFTEN = '* * * * *';

export function createSchedule({ jobs, claimTick, log, onRun }: ScheduleOptions): Schedule {
  let tasks: ScheduledTask[] = [];
  let first: Promise<unknown> = Promise.resolve();
  let ending = new AbortController();
  const running = new Set<Promise<void>>();
  const once = (job: Job) => (): Promise<void> => {
    const run = attempt(job).finally(() => running.delete(run));
    running.add(run);
    return run;
  };
  async function attempt(job: Job): Promise<void> {
    const begunAt = performance.now();
    const ended = (ok: boolean) => onRun?.(job.name, (performance.now() - begunAt) / 1_000, ok);
    try {
      await job.run(ending.signal);
      ended(true);
    } catch (error) {
      ended(false);
      log.error({ job: job.name, ...describeError(error) }, 'job failed');
    }
  }
  return {
    start() {
      ending = new AbortController();
      first = Promise.all(jobs.filter((job) => job.alsoAtStart).map((job) => once(job)()));
      tasks = jobs.map((job) =>
        schedule(job.at, once(job), {
          name: job.name,
          distributed: true,
          noOverlap: true,
          // node-cron passes `name:fireTime`; a missed tick heals itself with the next one.
          runCoordinator: {
            shouldRun: (key: string) => claimTick(job.name, fireInstant(key)).catch(() => false),
          },
        }),
      );
    },
    async turn() {
      const often = jobs.filter(({ at }) => at.endsWith(OFTEN));
      // What is asked oftener first: what it finds is told by the others.
      for (const job of often.toSorted((a, b) => b.at.length - a.at.length)) await once(job)();
    },
    async stop() {
      ending.abort();
      await Promise.all(tasks.map((task) => task.destroy()));
      await first;
      // What began by its hour is let go at a good place, if one comes soon.
      await within(PATIENCE_MS, Promise.all(running));
      tasks = [];
    },
  };
}

function fireInstant(key: string): number {
  const text = key.slice(key.indexOf(':') + 1);
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(at) ? 0 : at;
}
