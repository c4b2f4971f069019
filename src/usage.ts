/** How much of a platform's monthly allowance is used: counted here, written down in batches, shared by all instances. */
import type { Allowance, UsageMeter } from './channel/channel.ts';
import { describeError, type Log } from './log.ts';
import type { AccountRecord, CompanyStore, UsageCount } from './work/store.ts';

export interface UsageView extends Allowance {
  readonly used: number;
}

export interface Usage {
  meter(account: () => AccountRecord): UsageMeter;
  /** What is metered for an account, with this month's calls; empty where nothing is. */
  of(accountId: string): readonly UsageView[];
  /** True when cards of this account must be saved: nine tenths of what pays for them are used. */
  runsShort(accountId: string): boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface UsageOptions {
  readonly company: Pick<CompanyStore<unknown>, 'countUsage'>;
  /** The accounts whose platform meters something. */
  readonly accounts: () => readonly { readonly account: AccountRecord; readonly allowances: readonly Allowance[] }[];
  /** Told once per account, kind, month and level (70, 90 percent) by each process that sees it. */
  readonly onLevel: (event: UsageLevel) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

export interface UsageLevel {
  readonly account: AccountRecord;
  readonly month: string;
  readonly percent: number;
  readonly view: UsageView;
}

/** A crash forgets at most the calls of this long. */
const WRITE_EVERY_MS = 1_000;
/** Calls of other instances are read this often. */
const READ_EVERY_MS = 60_000;
/** From here on cards are saved. */
const SHORT_PERCENT = 90;
const LEVELS = [SHORT_PERCENT, 70] as const;
/** Platforms count in China time: UTC+8, without summer time. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

export function createUsage({ company, accounts, onLevel, now, log }: UsageOptions): Usage {
  /** As the database had it when it was last asked. */
  const known = new Map<string, number>();
  let unwritten = new Map<string, number>();
  let month = monthOf(now());
  const told = new Set<string>();
  let lastReadAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const keyOf = (accountId: string, kind: string) => `${accountId} ${kind}`;

  function turnMonth(): void {
    if (monthOf(now()) === month) return;
    // What was counted and not yet written in the last second of a month is lost with it.
    month = monthOf(now());
    known.clear();
    unwritten = new Map();
  }

  function used(accountId: string, kind: string): number {
    turnMonth();
    const key = keyOf(accountId, kind);
    return (known.get(key) ?? 0) + (unwritten.get(key) ?? 0);
  }

  function of(accountId: string): UsageView[] {
    const found = accounts().find(({ account }) => account.id === accountId);
    return (found?.allowances ?? []).map((allowance) => ({ ...allowance, used: used(accountId, allowance.kind) }));
  }

  async function write(): Promise<void> {
    turnMonth();
    const due = now() - lastReadAt >= READ_EVERY_MS;
    if (unwritten.size === 0 && !due) return;
    const taken = unwritten;
    const takenMonth = month;
    unwritten = new Map();
    const counts: UsageCount[] = accounts().flatMap(({ account, allowances }) =>
      allowances.map(({ kind }) => ({ account, kind, calls: taken.get(keyOf(account.id, kind)) ?? 0 })),
    );
    try {
      for (const { account, kind, calls } of await company.countUsage(takenMonth, counts))
        if (takenMonth === month) known.set(keyOf(account.id, kind), calls);
      lastReadAt = now();
    } catch (error) {
      if (takenMonth === month) for (const [key, calls] of taken) unwritten.set(key, (unwritten.get(key) ?? 0) + calls);
      log.warn({ ...describeError(error) }, 'usage not written');
      return;
    }
    for (const { account } of accounts()) for (const view of of(account.id)) await tell(account, view);
  }

  async function tell(account: AccountRecord, view: UsageView): Promise<void> {
    const percent = levelOf(view);
    if (percent === null) return;
    const key = `${account.id} ${view.kind} ${month} ${percent}`;
    if (told.has(key)) return;
    try {
      await onLevel({ account, month, percent, view });
      told.add(key);
    } catch (error) {
      log.warn({ ...describeError(error) }, 'usage warning not written');
    }
  }

  const writeInTurn = () => {
    writing = writing.then(write);
    return writing;
  };

  return {
    meter: (account) => ({
      add(kind, calls = 1) {
        turnMonth();
        const key = keyOf(account().id, kind);
        unwritten.set(key, (unwritten.get(key) ?? 0) + calls);
      },
      used: (kind) => used(account().id, kind),
    }),
    of,
    runsShort: (accountId) => of(accountId).some((view) => view.paysForCards && levelOf(view) === SHORT_PERCENT),
    async start() {
      if (accounts().length === 0) return;
      await writeInTurn();
      timer = setInterval(writeInTurn, WRITE_EVERY_MS);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await writeInTurn();
    },
  };
}

/** The highest level that is reached, percent; null below all. */
export function levelOf({ used, callsPerMonth }: UsageView): (typeof LEVELS)[number] | null {
  return LEVELS.find((level) => used * 100 >= callsPerMonth * level) ?? null;
}

/** The calendar month of an instant in China time, YYYY-MM. */
export function monthOf(at: number): string {
  return new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 7);
}
