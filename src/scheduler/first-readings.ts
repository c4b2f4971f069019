/** What is read once at the first start, behind the work: an address book may be long, and nobody waits for it. */
import { describeError } from '../log.ts';
import { type ContactsDependencies, importContactsFirst } from './contacts.ts';
import { type OrganisationDependencies, syncOrganisationFirst } from './organisation.ts';

/** Resolves when the company's own address books are in, or could not be read; never rejects. */
export function beginFirstReadings(deps: ContactsDependencies & OrganisationDependencies): Promise<void> {
  const note = (message: string) => (error: unknown) => deps.log.error({ ...describeError(error) }, message);
  void importContactsFirst(deps).catch(note('contacts not imported'));
  return syncOrganisationFirst(deps).catch(note('organisation not synchronised'));
}
