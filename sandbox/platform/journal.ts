/** The record of everything that passed over the wire, the complaints about our product, and a way to wait for either. */

/** Something the product did that the platform would punish. */
export interface Complaint<Kind extends string = string> {
  readonly at: number;
  readonly kind: Kind;
  readonly detail: string;
}

export type JournalEntry =
  | {
      readonly kind: 'api';
      readonly at: number;
      readonly method: string;
      readonly path: string;
      readonly query: Readonly<Record<string, string>>;
      readonly body: unknown;
      readonly status: number;
      /** Business code of the answer; null when there was none (reset, dropped). */
      readonly code: number | null;
    }
  | {
      readonly kind: 'delivery';
      readonly at: number;
      readonly transport: 'webhook' | 'websocket';
      readonly eventId: string;
      readonly eventType: string;
      /** 1 is the first try. */
      readonly attempt: number;
      readonly accepted: boolean;
      readonly status: number | null;
      readonly reason: string | null;
      readonly tookMs: number;
    }
  | { readonly kind: 'connection'; readonly at: number; readonly what: 'opened' | 'closed' | 'ping' | 'refused' };

export interface WaitOptions {
  /** Real milliseconds, 5,000 unless told. */
  readonly timeoutMs?: number;
  /** What is awaited, for the error text. */
  readonly what?: string;
}

export interface Journal<Kind extends string = string> {
  readonly entries: readonly JournalEntry[];
  readonly complaints: readonly Complaint<Kind>[];
  record(entry: JournalEntry): void;
  complain(kind: Kind, detail: string): void;
  /** Says that something in the world changed, so that waiters look again. */
  touch(): void;
  /** Resolves with the first value that is neither null, undefined nor false; rejects after the time-out. */
  until<T>(look: () => T | null | undefined | false, options?: WaitOptions): Promise<T>;
  waitFor(predicate: (entry: JournalEntry) => boolean, options?: WaitOptions): Promise<JournalEntry>;
  /** Calls back on every change, for a console that shows the world live; returns a function that ends it. */
  subscribe(listener: () => void): () => void;
  clear(): void;
}

/** Creates an empty journal that keeps the newest `limit` entries. */
export function createJournal<Kind extends string>(now: () => number, limit = 20_000): Journal<Kind> {
  const entries: JournalEntry[] = [];
  const complaints: Complaint<Kind>[] = [];
  const listeners = new Set<() => void>();

  const touch = (): void => {
    for (const listener of [...listeners]) listener();
  };

  function until<T>(look: () => T | null | undefined | false, options: WaitOptions = {}): Promise<T> {
    const { timeoutMs = 5000, what = 'the expected event' } = options;
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        listeners.delete(check);
      };
      const check = (): void => {
        try {
          const found = look();
          if (found === null || found === undefined || found === false) return;
          finish();
          resolve(found);
        } catch (error) {
          finish();
          reject(error);
        }
      };
      const timer = setTimeout(() => {
        finish();
        const said = complaints.slice(-3).map((complaint) => `${complaint.kind}: ${complaint.detail}`);
        reject(
          new Error(`waited ${timeoutMs} ms for ${what}${said.length ? `; complaints: ${said.join(' | ')}` : ''}`),
        );
      }, timeoutMs);
      listeners.add(check);
      check();
    });
  }

  return {
    entries,
    complaints,
    record(entry) {
      entries.push(entry);
      if (entries.length > limit) entries.splice(0, entries.length - limit);
      touch();
    },
    complain(kind, detail) {
      complaints.push({ at: now(), kind, detail });
      touch();
    },
    touch,
    until,
    waitFor: (predicate, options) => until(() => entries.find(predicate), options),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    clear() {
      entries.length = 0;
      complaints.length = 0;
    },
  };
}
