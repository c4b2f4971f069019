/** The port of a durable work queue: rows that are ready, leased, done or dead; the inbox and the outbox are two of them. */

export interface WorkItem {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly dedupeKey: string;
  readonly orderKey: string;
  readonly payload: string;
  /** When it was queued, ms. */
  readonly queuedAt: number;
  /** Failed attempts so far. */
  readonly attempts: number;
  /** A former holder vanished with it: what it did to the world outside is not known. */
  readonly takenOver: boolean;
  /** Why the last attempt failed, as it was released; null or absent when none did. */
  readonly lastError?: string | null;
}

export interface NewWork {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly dedupeKey: string;
  /** Items of one order key are handled one after the other, in order of id; a dead item does not block. */
  readonly orderKey: string;
  readonly payload: string;
  readonly queuedAt: number;
  readonly availableAt: number;
}

export interface Backlog {
  readonly ready: number;
  readonly dead: number;
  /** When the oldest unfinished item was queued, ms; null when there is none. */
  readonly oldestQueuedAt: number | null;
}

export interface DeadItem {
  readonly id: string;
  readonly accountId: string;
  readonly queuedAt: number;
  readonly attempts: number;
  readonly lastError: string | null;
}

/** `Session` is the transaction a change belongs to; completing an item belongs to the transaction that did its work. */
export interface WorkQueue<Session> {
  /** Adds items; those whose (account, dedupeKey) is known are dropped. Returns how many were new. */
  add(session: Session, items: readonly NewWork[]): Promise<number>;
  /**
   * True when an item with this key is waiting and nobody has it. It is kept from being claimed until the transaction
   * ends, so that whoever works on it then sees what the transaction wrote.
   */
  holdWaiting(session: Session, key: Pick<NewWork, 'tenantId' | 'accountId' | 'dedupeKey'>): Promise<boolean>;
  /**
   * Marks a waiting item done and empties its payload: it was worked off without being claimed. Throws LeaseLostError
   * when somebody has it or has settled it.
   */
  settleWaiting(session: Session, item: Pick<NewWork, 'tenantId' | 'id'>, now: number): Promise<void>;
  /** Leases up to `limit` items, at most one per order key, until `now + leaseMs`. */
  claim(owner: string, limit: number, now: number, leaseMs: number): Promise<WorkItem[]>;
  /** Prolongs the leases that `owner` still holds of these items. */
  renew(items: readonly WorkItem[], owner: string, until: number): Promise<void>;
  /** Marks a leased item done and empties its payload. Throws LeaseLostError when another worker has taken it over. */
  complete(session: Session, item: WorkItem, owner: string, now: number): Promise<void>;
  /** Gives an item back to be tried again at `availableAt`. */
  release(
    item: WorkItem,
    owner: string,
    change: { availableAt: number; countAttempt: boolean; error: string },
  ): Promise<void>;
  /** Ends the leases of items that were not begun: another may claim them at once, and nothing else is different. */
  giveBack(items: readonly WorkItem[], owner: string): Promise<void>;
  /** Gives up on an item: it stays visible, keeps its payload and blocks nothing. */
  bury(item: WorkItem, owner: string, error: string, now: number): Promise<void>;
  /** What waits at `now`; an order put off until later and never tried is no backlog. Without `now` everything counts. */
  backlog(now?: number): Promise<Backlog>;
  dead(limit: number): Promise<DeadItem[]>;
  /** Puts dead items back into the queue; returns how many. */
  revive(ids: readonly string[], now: number): Promise<number>;
  /** Sets aside items that have waited since before `before`: nobody is there who would take them. Returns how many. */
  abandon(before: number, now: number): Promise<number>;
  /** Deletes some hundred settled items: done before `doneBefore`, dead before `deadBefore`. Returns how many; 0: no more. */
  sweep(doneBefore: number, deadBefore: number): Promise<number>;
}

/** The lease ended and someone else has the item: whatever this transaction did must not be committed. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  readonly code = 'lease_lost';
}
