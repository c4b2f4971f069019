/** The nightly clean-up: what is past its time, settled queue rows, ended sessions; slice by slice, with others in between. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS } from '../crm/calendar/spans.ts';
import type { Tx } from '../crm/tx.ts';
import type { Log } from '../log.ts';
import type { Pace } from '../work/pace.ts';
import type { WorkQueue } from '../work/queue.ts';
import type { RetentionRule, RetentionTerms } from '../work/retention.ts';
import type { CompanyStore, PageSessions } from '../work/store.ts';
import type { Job } from './schedule.ts';

export interface HousekeepingDependencies<Session> {
  readonly tenantId: string;
  readonly look: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly company: Pick<CompanyStore<Session>, 'forgetTicks'>;
  readonly inbox: WorkQueue<Session>;
  readonly outbox: WorkQueue<Session>;
  readonly retention: readonly RetentionRule[];
  readonly pageSessions: PageSessions;
  readonly pace: Pace;
  readonly now: () => number;
  readonly log: Log;
}

/** Feishu retries for 7.1 hours and other platforms for a day at most: a key kept for a week is kept long enough. */
const DONE_DAYS = 7;
/** A dead row still holds what was said; after a month nobody will repair it. Neither will what waits for an app that is gone ever go. */
const DEAD_DAYS = 30;

export function housekeepingJob<Session>(deps: HousekeepingDependencies<Session>): Job {
  return {
    name: 'housekeeping',
    at: '17 3 * * *',
    alsoAtStart: true,
    run: (ending) => housekeep(deps, ending ?? new AbortController().signal),
  };
}

/** What is kept how long, as the policy says now. */
export async function retentionTerms(tx: Tx): Promise<RetentionTerms> {
  const { messageDays, leadDays, auditDays } = tx.active.policy.privacy;
  return { tenantId: tx.tenantId, now: tx.now, messageDays, leadDays, auditDays };
}

async function housekeep<Session>(deps: HousekeepingDependencies<Session>, ending: AbortSignal): Promise<void> {
  const { now, inbox, outbox } = deps;
  const begunAt = performance.now();
  const at = now();
  const terms = { ...(await deps.look(deps.tenantId, retentionTerms)), now: at };
  const gone: Record<string, number> = {};
  for (const { key, forget } of deps.retention) {
    gone[key] = await slices(ending, async (from) => forget(terms, from));
  }
  const queue = (work: () => Promise<number>) =>
    slices(ending, async (from) => {
      const rows = await work();
      return { rows, next: rows === 0 ? null : from };
    });
  const [settledBefore, deadBefore] = [at - DONE_DAYS * DAY_MS, at - DEAD_DAYS * DAY_MS];
  let rows = 0;
  let abandoned = 0;
  for (const one of [inbox, outbox]) {
    rows += await queue(() => one.sweep(settledBefore, deadBefore));
    abandoned += await queue(() => one.abandon(deadBefore, at));
  }
  await deps.company.forgetTicks(at - DONE_DAYS * DAY_MS);
  const sessions = await deps.pageSessions.removeExpired(at);
  await deps.pace.forget(at - DAY_MS);
  const tookMs = Math.round(performance.now() - begunAt);
  deps.log.info({ ...gone, rows, abandoned, sessions, tookMs }, 'housekeeping done');
}

/** Works until nothing is left, or until the process is to stop: the next run goes on. Returns how many rows went. */
async function slices(
  ending: AbortSignal,
  work: (from: string) => Promise<{ readonly rows: number; readonly next: string | null }>,
): Promise<number> {
  let total = 0;
  for (let next: string | null = ''; next !== null && !ending.aborted; ) {
    const begunAt = performance.now();
    const done = await work(next);
    total += done.rows;
    next = done.next;
    // Half of the time is the others': whoever came meanwhile goes first.
    if (next !== null) await sleep(Math.max(1, performance.now() - begunAt));
  }
  return total;
}
