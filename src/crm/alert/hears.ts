/** Whose words an alert may repeat to its reader: it also goes to people who only know of the customer, and stays with whoever has given them away. */
import { holds, scopeOf } from '../access/scope.ts';
import type { Tx } from '../tx.ts';
import type { AlertFacts } from './facts.ts';

type Whose = Pick<AlertFacts, 'ownerId' | 'customerId'>;

/** As with the customer's timeline: by the owner's rights, or by helping; of a lead by its owner's. */
export async function hearingOf(tx: Tx, readerId: string): Promise<(whose: Whose) => Promise<boolean>> {
  const reader = await tx.staff.get(readerId);
  const scope = reader?.active ? await scopeOf(tx, reader) : null;
  return async ({ ownerId, customerId }) => {
    if (scope === null) return false;
    if (customerId === null) return ownerId !== null && holds(scope, ownerId);
    const customer = await tx.customer.get(customerId);
    if (!customer || customer.withdrawnAt !== null) return false;
    return holds(scope, customer.ownerId) || (await tx.collaborator.find({ customerId, staffId: readerId })) !== null;
  };
}
