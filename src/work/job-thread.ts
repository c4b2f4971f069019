/** Work that would hold up the others, done in a thread of its own: one job after the other, each with a limit of time and memory. */
import { type ResourceLimits, Worker } from 'node:worker_threads';

/** `busy`: too many are waiting, try again in a moment. `too_long`, `too_much`: the job used up its time or its memory. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: 'busy' | 'too_long' | 'too_much' };

export interface JobThread<Job, Value> {
  /** Rejects when the work throws, and when it is stopped. */
  run(job: Job): Promise<Outcome<Value>>;
  /** What is waiting is given up. */
  stop(): Promise<void>;
}

/** What the thread answers to a job. */
export type JobAnswer = { readonly value: unknown } | { readonly fault: string };

export interface JobThreadOptions {
  /** How many may wait, the one that is being done included. */
  readonly most: number;
  /** An idle thread is ended after that. */
  readonly idleMs: number;
  /** For one job, the thread's start included. */
  readonly patienceMs: number;
  /** Without a limit a thread collects garbage only when the whole process is large. */
  readonly memory: ResourceLimits;
}

interface Waiting<Job, Value> {
  readonly job: Job;
  resolve(outcome: Outcome<Value>): void;
  reject(error: Error): void;
}

/** `file`: what runs in the thread; it calls `answerJobs`. It begins with the first job, and keeps the process only while one is done. */
export function createJobThread<Job, Value>(file: URL, options: JobThreadOptions): JobThread<Job, Value> {
  const { most, idleMs, patienceMs, memory } = options;
  /** The first is being done. */
  const waiting: Waiting<Job, Value>[] = [];
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;

  function begin(): Worker {
    const begun = new Worker(file, { execArgv: [], resourceLimits: memory });
    begun.on('message', (answer: JobAnswer) => {
      if (begun !== worker) return;
      const done = waiting.shift();
      if ('fault' in answer) done?.reject(new Error(answer.fault));
      else done?.resolve({ ok: true, value: answer.value as Value });
      next();
    });
    begun.on('error', (error) => begun === worker && lose(error));
    begun.on('exit', () => begun === worker && lose(new Error('the thread ended')));
    return begun;
  }

  /** Hands over the job that is now the first, or lets the thread rest. */
  function next(): void {
    clearTimeout(timer);
    const first = waiting[0];
    if (first) {
      worker ??= begin();
      worker.ref();
      worker.postMessage(first.job);
      timer = setTimeout(giveUp, patienceMs);
    } else {
      worker?.unref();
      timer = setTimeout(end, idleMs);
    }
    timer.unref();
  }

  /** Only the job that does not end pays for it: the others get a new thread. */
  function giveUp(): void {
    void end();
    waiting.shift()?.resolve({ ok: false, reason: 'too_long' });
    next();
  }

  function lose(error: unknown): void {
    worker = null;
    const lost = waiting.shift();
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      lost?.resolve({ ok: false, reason: 'too_much' });
    else lost?.reject(error instanceof Error ? error : new Error(String(error)));
    next();
  }

  async function end(): Promise<void> {
    clearTimeout(timer);
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  return {
    async run(job) {
      if (waiting.length >= most) return { ok: false, reason: 'busy' };
      const outcome = new Promise<Outcome<Value>>((resolve, reject) => waiting.push({ job, resolve, reject }));
      if (waiting.length === 1) next();
      return outcome;
    },
    async stop() {
      for (const job of waiting.splice(0)) job.reject(new Error('stopped'));
      await end();
    },
  };
}
