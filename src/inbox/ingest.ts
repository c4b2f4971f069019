/** Stores events durably before they are acknowledged: many arrivals, one commit. */
import type { NewWork, WorkQueue } from '../work/queue.ts';
import type { UnitOfWork } from '../work/store.ts';

export interface IngestOptions<Session> {
  readonly unitOfWork: UnitOfWork<Session>;
  readonly inbox: WorkQueue<Session>;
  /** Told after a commit that added rows. */
  readonly onStored: () => void;
}

/** At most this many rows in one commit, so that the first of a flood is not kept waiting by the last. */
const GROUP = 256;
/** And about this many characters, up to 3 bytes each: MariaDB refuses a statement over 16 MiB unless told otherwise. */
const GROUP_CHARS = 1_000_000;

/**
 * Returns `store`: it resolves when the row is committed or its key was already known, and rejects when the commit
 * failed (nothing of the group is stored then, and the platform sends all of it again). The first arrival waits for
 * one turn of the event loop; whatever comes while a commit is under way forms the next group.
 */
export function createIngest<Session>({
  unitOfWork,
  inbox,
  onStored,
}: IngestOptions<Session>): (item: NewWork) => Promise<void> {
  interface Waiting {
    readonly item: NewWork;
    readonly resolve: () => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let busy = false;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, groupSize(waiting));
      try {
        const added = await unitOfWork.run((session) =>
          inbox.add(
            session,
            group.map(({ item }) => item),
          ),
        );
        for (const { resolve } of group) resolve();
        if (added > 0) onStored();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      setImmediate(() => void flush());
    });
}

/** How many of those who wait first go together in one statement: at least one. */
export function groupSize(waiting: readonly { readonly item: NewWork }[]): number {
  let count = 0;
  let chars = 0;
  for (const { item } of waiting) {
    chars += item.payload.length;
    if (count === GROUP || (count > 0 && chars > GROUP_CHARS)) break;
    count += 1;
  }
  return count;
}
