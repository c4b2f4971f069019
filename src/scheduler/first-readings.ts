/** What is read once at the first start, behind the work: an address book may be long, and nobody waits for it. */
import { describeError } from '../log.ts';
import { type ContactsDependencies, importContactsFirst } from './contacts.ts';
import { type OrganisationDependencies, syncOrganisationFirst } from './organisation.ts';

export type FirstReadings = ContactsDependencies &
  OrganisationDependencies & {
    /** True for one caller per task and instant. */
    readonly claimTick: (task: string, at: number) => Promise<boolean>;
    readonly now: () => number;
  };

/** Instances that are started together start within it. */
const MINUTE_MS = 60_000;

/** Resolves when the company's own address books are in, or could not be read; never rejects. */
export function beginFirstReadings(deps: FirstReadings): Promise<void> {
  const note = (message: string) => (error: unknown) => deps.log.error({ ...describeError(error) }, message);
  void importContactsFirst(deps).catch(note('contacts not imported'));
  const minute = Math.floor(deps.now() / MINUTE_MS) * MINUTE_MS;
  const claim = () => deps.claimTick('organisation:first', minute);
  return syncOrganisationFirst(deps, claim).catch(note('organisation not synchronised'));
}
