/** Quotes as files: written in a thread of their own, few at a time, which is there only while it is wanted. */
import { Worker } from 'node:worker_threads';
import type { QuoteDocument } from '../crm/quote/quote-document.ts';
import type { FileKind, JobDone } from './job.ts';

export interface Papers {
  /** Null when too many are being written: try again in a moment. Rejects when it cannot be written at all. */
  write(kind: FileKind, quote: QuoteDocument): Promise<Buffer | null>;
  /** What is being written is given up. */
  stop(): Promise<void>;
}

/** Each takes some 100 ms: whoever is behind sixteen waits two seconds. */
const MOST_WAITING = 16;
/** The thread keeps some 100 MB, most of it the font. */
const IDLE_MS = 60_000;
/** Longer takes only what has gone wrong. */
const PATIENCE_MS = 20_000;

/** MB. Without a limit it would collect garbage only when the whole process is large. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

interface Waiting {
  resolve(bytes: Buffer): void;
  reject(error: Error): void;
}

export function createPapers({ most = MOST_WAITING }: { readonly most?: number } = {}): Papers {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;

  function begin(): Worker {
    const begun = new Worker(new URL('./paper-thread.ts', import.meta.url), { execArgv: [], resourceLimits: LIMITS });
    begun.unref();
    begun.on('message', (done: JobDone) => {
      const job = waiting.get(done.id);
      waiting.delete(done.id);
      if ('bytes' in done) job?.resolve(Buffer.from(done.bytes.buffer, done.bytes.byteOffset, done.bytes.byteLength));
      else job?.reject(new Error(done.fault));
      watch();
    });
    begun.on('error', (error) => end(error));
    begun.on('exit', () => begun === worker && end(new Error('the thread ended')));
    return begun;
  }

  /** Ends an idle thread, and one that does not get on. */
  function watch(): void {
    clearTimeout(timer);
    const idle = waiting.size === 0;
    timer = setTimeout(() => end(new Error('took too long')), idle ? IDLE_MS : PATIENCE_MS);
    timer.unref();
  }

  function end(why: Error): Promise<unknown> {
    clearTimeout(timer);
    const ended = worker;
    worker = null;
    for (const job of waiting.values()) job.reject(why);
    waiting.clear();
    return ended?.terminate() ?? Promise.resolve();
  }

  return {
    async write(kind, quote) {
      if (waiting.size >= most) return null;
      worker ??= begin();
      lastId += 1;
      const id = lastId;
      const written = new Promise<Buffer>((resolve, reject) => waiting.set(id, { resolve, reject }));
      worker.postMessage({ id, kind, quote });
      watch();
      return written;
    },
    async stop() {
      await end(new Error('stopped'));
    },
  };
}
