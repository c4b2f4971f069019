/** The nightly clean-up: words past their time, settled queue rows, spent buttons. */
import type { Log } from '../log.ts';
import type { CompanyStore } from '../persistence/company-store.ts';
import type { Session } from '../persistence/session.ts';
import type { WorkQueue } from '../work/queue.ts';
import type { Job } from './schedule.ts';

export interface HousekeepingDependencies {
  readonly company: CompanyStore;
  readonly inbox: WorkQueue<Session>;
  readonly outbox: WorkQueue<Session>;
  readonly now: () => number;
  readonly log: Log;
}

const DAY_MS = 86_400_000;
/** Feishu retries for 7.1 hours and other platforms for a day at most: a key kept for a week is kept long enough. */
const DONE_DAYS = 7;
/** A dead row still holds what was said; after a month nobody will repair it. */
const DEAD_DAYS = 30;

export function housekeepingJob(deps: HousekeepingDependencies): Job {
  return { name: 'housekeeping', at: '17 3 * * *', run: () => housekeep(deps) };
}

async function housekeep({ company, inbox, outbox, now, log }: HousekeepingDependencies): Promise<void> {
  const at = now();
  const messages = await company.housekeep(at);
  const rows =
    (await inbox.sweep(at - DONE_DAYS * DAY_MS, at - DEAD_DAYS * DAY_MS)) +
    (await outbox.sweep(at - DONE_DAYS * DAY_MS, at - DEAD_DAYS * DAY_MS));
  log.info({ messages, rows }, 'housekeeping done');
}
