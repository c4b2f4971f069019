/** Where a person reads cards: on the account a matter came from if they are there, else wherever they are. */
import type { StaffIdentityRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

export async function addressOf(tx: Tx, staffId: string, accountId: string): Promise<StaffIdentityRow | null> {
  const identities = await tx.staffIdentity.list({ staffId });
  return identities.find((identity) => identity.accountId === accountId) ?? identities[0] ?? null;
}
