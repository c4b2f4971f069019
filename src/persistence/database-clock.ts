/** How far this machine's clock is ahead of the database's, by which all instances can be compared. */
import type { DatabaseKind } from './data-source.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const EVERY_MS = 60_000;
/** Less than this is nobody's trouble. */
const ALLOWED_MS = 5_000;
/** An answer that took longer says too little about when it was given. */
const LONGEST_ANSWER_MS = 2_000;

export interface DatabaseClock {
  /** ms, negative when it is behind; 0 while the two agree within 5 s, and on SQLite, where they are one. */
  ahead(): number;
  /** Compares them now; the caller need not: it is done every minute from `start` on. */
  compare(): Promise<void>;
  start(): Promise<void>;
  stop(): void;
}

/** `machine` is the clock of the machine, not one that a demonstration has moved. `onOff` hears when they begin to differ. */
export function createDatabaseClock(
  kind: DatabaseKind,
  unitOfWork: Pick<UnitOfWork, 'read'>,
  onOff: (aheadMs: number) => void,
  machine: () => number = Date.now,
): DatabaseClock {
  let ahead = 0;
  let timer: NodeJS.Timeout | undefined;

  const ask = () =>
    unitOfWork.read(async (session) => {
      const [asked, wall] = [performance.now(), machine()];
      const [row] = await session.query<{ s: number | string }>('SELECT UNIX_TIMESTAMP(NOW(3)) AS s');
      const tookMs = performance.now() - asked;
      return { tookMs, aheadMs: Math.round(wall + tookMs / 2 - Number(row?.s) * 1_000) };
    });

  async function compare(): Promise<void> {
    if (kind === 'sqlite') return;
    // Whoever cannot ask has other troubles, which are told elsewhere.
    const answer = await ask().catch(() => null);
    if (answer === null || answer.tookMs > LONGEST_ANSWER_MS) return;
    const was = ahead;
    ahead = Math.abs(answer.aheadMs) > ALLOWED_MS ? answer.aheadMs : 0;
    if (was === 0 && ahead !== 0) onOff(ahead);
  }

  return {
    ahead: () => ahead,
    compare,
    async start() {
      await compare();
      timer = setInterval(() => void compare(), EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
