/** Everything that is done by the clock. */
import { type ApprovalClockDependencies, approvalClockJob } from './approval-clock.ts';
import { type ContactsDependencies, contactsJob } from './contacts.ts';
import type { CountDependencies } from './count-figures.ts';
import { dailyPictureJob } from './daily-picture.ts';
import { type HousekeepingDependencies, housekeepingJob } from './housekeeping.ts';
import { type OrganisationDependencies, organisationJob } from './organisation.ts';
import { type QuoteValidityDependencies, quoteValidityJob } from './quote-validity.ts';
import { replaceCardsJob } from './replace-cards.ts';
import type { Job } from './schedule.ts';
import { showAlertsJob } from './show-alerts.ts';
import { fillClocksJob, stageSweepJob } from './stage-sweep.ts';
import { type TasksDependencies, tasksJob } from './tasks.ts';

export type JobsDependencies<Session> = HousekeepingDependencies<Session> &
  ContactsDependencies &
  OrganisationDependencies &
  QuoteValidityDependencies &
  CountDependencies &
  TasksDependencies &
  ApprovalClockDependencies;

export function jobsOf<Session>(deps: JobsDependencies<Session>): readonly Job[] {
  return [
    housekeepingJob(deps),
    contactsJob(deps),
    organisationJob(deps),
    replaceCardsJob(deps),
    quoteValidityJob(deps),
    approvalClockJob(deps),
    tasksJob(deps),
    dailyPictureJob(deps),
    showAlertsJob(deps),
    stageSweepJob(deps),
    fillClocksJob(deps),
  ];
}
