/** Whose words an alert may repeat to its reader: it also goes to people who only know of the customer, and stays with whoever has given them away. */
import { holds, scopeOf } from '../access/scope.ts';
import type { Tx } from '../tx.ts';
import type { AlertFacts } from './facts.ts';

type Whose = Pick<AlertFacts, 'ownerId' | 'customerId'>;

/** As with the customer's timeline: by the owner's rights, or by helping; of a lead by its owner's. */
export async function hearingOf(tx: Tx, readerId: string): Promise<(whose: Whose) => Promise<boolean>> {
  const reader = await tx.staff.get(readerId);
  let scope: ReturnType<typeof scopeOf> | null = null;
  // Most read of their own: what else they may see is asked for once, and only then.
  const sees = async (ownerId: string): Promise<boolean> => {
    if (!reader?.active || ownerId === readerId) return reader?.active ?? false;
    scope ??= scopeOf(tx, reader);
    return holds(await scope, ownerId);
  };
  return async ({ ownerId, customerId }) => {
    if (customerId === null) return ownerId !== null && sees(ownerId);
    const customer = await tx.customer.get(customerId);
    if (!reader?.active || !customer || customer.withdrawnAt !== null) return false;
    return (await sees(customer.ownerId)) || (await tx.collaborator.find({ customerId, staffId: readerId })) !== null;
  };
}
