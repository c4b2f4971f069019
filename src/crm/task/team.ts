/** Who works on a customer together, and may be given something to do for it. */
import type { Tx } from '../tx.ts';

/** The deal's and the customer's owner and those who help, each once; colleagues who have left are not in it. */
export async function teamOf(
  tx: Tx,
  { customerId, ownerId }: { readonly customerId: string; readonly ownerId: string },
): Promise<readonly string[]> {
  const customer = await tx.customer.get(customerId);
  const helpers = await tx.collaborator.list({ customerId }, { limit: 50 });
  const ids = [...new Set([ownerId, customer?.ownerId ?? ownerId, ...helpers.map(({ staffId }) => staffId)])];
  const people = await Promise.all(ids.map((id) => tx.staff.get(id)));
  return people.flatMap((staff) => (staff?.active ? [staff.id] : []));
}
