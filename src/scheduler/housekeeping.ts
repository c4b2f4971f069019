/** The nightly clean-up: words past their time, settled queue rows, spent buttons, ended sessions. */
import type { Log } from '../log.ts';
import type { Pace } from '../work/pace.ts';
import type { WorkQueue } from '../work/queue.ts';
import type { CompanyStore, PageSessions } from '../work/store.ts';
import type { Job } from './schedule.ts';

export interface HousekeepingDependencies<Session> {
  readonly company: CompanyStore<Session>;
  readonly inbox: WorkQueue<Session>;
  readonly outbox: WorkQueue<Session>;
  readonly pageSessions: PageSessions;
  readonly pace: Pace;
  readonly now: () => number;
  readonly log: Log;
}

const DAY_MS = 86_400_000;
/** Feishu retries for 7.1 hours and other platforms for a day at most: a key kept for a week is kept long enough. */
const DONE_DAYS = 7;
/** A dead row still holds what was said; after a month nobody will repair it. */
const DEAD_DAYS = 30;

export function housekeepingJob<Session>(deps: HousekeepingDependencies<Session>): Job {
  return { name: 'housekeeping', at: '17 3 * * *', alsoAtStart: true, run: () => housekeep(deps) };
}

async function housekeep<Session>({
  company,
  inbox,
  outbox,
  pageSessions,
  pace,
  now,
  log,
}: HousekeepingDependencies<Session>): Promise<void> {
  const at = now();
  const messages = await company.housekeep(at);
  const rows =
    (await inbox.sweep(at - DONE_DAYS * DAY_MS, at - DEAD_DAYS * DAY_MS)) +
    (await outbox.sweep(at - DONE_DAYS * DAY_MS, at - DEAD_DAYS * DAY_MS));
  await pageSessions.removeExpired(at);
  await pace.forget(at - DAY_MS);
  log.info({ messages, rows }, 'housekeeping done');
}
