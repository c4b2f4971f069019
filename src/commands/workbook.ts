/** Reads Excel workbooks in a thread of their own: some, small as they are, keep the reader busy for minutes or without end. */
import { createJobThread } from '../work/job-thread.ts';
import type { SheetRead } from './read-sheet.ts';

export type Workbook = SheetRead | { readonly ok: false; readonly reason: 'takes_too_long' | 'others_first' };

export interface Workbooks {
  /** The first sheet. */
  read(bytes: Buffer): Promise<Workbook>;
  stop(): Promise<void>;
}

/** Whoever is last waits a minute at worst, and two seconds as a rule. */
const MOST_WAITING = 6;
const IDLE_MS = 30_000;
/** 20,000 full rows take a second. */
export const PATIENCE_S = 10;

/** Four times what 20,000 full rows need. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

export const isWorkbook = (bytes: Buffer): boolean => bytes.subarray(0, 2).toString('latin1') === 'PK';

/** The format before 2007, and workbooks with a password. */
export const isOldWorkbook = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from('d0cf11e0', 'hex'));

export function createWorkbooks({
  most = MOST_WAITING,
  patienceMs = PATIENCE_S * 1_000,
}: {
  readonly most?: number;
  readonly patienceMs?: number;
} = {}): Workbooks {
  const thread = createJobThread<Uint8Array, SheetRead>(new URL('./workbook-thread.ts', import.meta.url), {
    most,
    idleMs: IDLE_MS,
    patienceMs,
    memory: MEMORY,
  });
  return {
    async read(bytes) {
      const read = await thread.run(bytes);
      return read.ok ? read.value : { ok: false, reason: reasons[read.reason] };
    },
    stop: thread.stop,
  };
}

const reasons = { busy: 'others_first', too_long: 'takes_too_long', too_much: 'unpacks_too_big' } as const;

/** The one of this process, shared by whoever imports: it begins with the first workbook. */
export const { read: readWorkbook } = createWorkbooks();
