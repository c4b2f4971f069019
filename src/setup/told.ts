/** Notices what the set-up page of another instance was told, so that this one connects anew as well. */
import { describeError, type Log } from '../log.ts';
import { PUBLIC_URL } from './stored.ts';

export interface WatchOptions {
  /** What is stored, as `CompanyStore.settings` has it. */
  readonly read: () => Promise<ReadonlyMap<string, string>>;
  /** What this instance has begun with. */
  readonly before: string;
  /** Whether a start could read what is stored now: it may be sealed with a key that this machine does not have. */
  readonly readable: () => Promise<boolean>;
  readonly onChange: () => void;
  readonly log: Log;
}

/** Several instances need not all connect anew in the same moment. */
const EVERY_MS = 5_000;
const APART_MS = 10_000;

/** What a start depends on, in one text that is equal as long as nothing of it changes. */
export function fingerprintOf(rows: ReadonlyMap<string, string>): string {
  const told = [...rows].filter(([id]) => id === PUBLIC_URL || id.startsWith('platform.'));
  return JSON.stringify(told.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Looks every few seconds until something has changed; the result ends it. */
export function watchTold({ read, before, readable, onChange, log }: WatchOptions): () => void {
  let known = before;
  let timer: NodeJS.Timeout | null = null;

  async function look(): Promise<void> {
    const found = fingerprintOf(await read());
    if (found === known) return;
    known = found;
    if (await readable()) return onChange();
    log.warn({}, 'settings that were stored elsewhere cannot be read here: is SECRET_KEY the same?');
  }

  function next(): void {
    const turn = () => {
      look()
        .catch((error: unknown) => log.warn({ ...describeError(error) }, 'stored settings could not be looked at'))
        .then(() => timer !== null && next());
    };
    timer = setTimeout(turn, EVERY_MS + Math.random() * APART_MS);
  }
  next();
  return () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
}
