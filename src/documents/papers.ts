/** Quotes as files: written in a thread of their own, few at a time, which is there only while it is wanted. */
import type { QuoteDocument } from '../crm/quote/quote-document.ts';
import { createJobThread } from '../work/job-thread.ts';
import type { FileKind, Job } from './job.ts';

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

const MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

export function createPapers({ most = MOST_WAITING }: { readonly most?: number } = {}): Papers {
  const thread = createJobThread<Job, Uint8Array>(new URL('./paper-thread.ts', import.meta.url), {
    most,
    idleMs: IDLE_MS,
    patienceMs: PATIENCE_MS,
    memory: MEMORY,
  });
  return {
    async write(kind, quote) {
      const written = await thread.run({ kind, quote });
      if (written.ok) return Buffer.from(written.value.buffer, written.value.byteOffset, written.value.byteLength);
      if (written.reason === 'busy') return null;
      throw new Error(`a paper took ${written.reason}`);
    },
    stop: thread.stop,
  };
}
