/** Where a person reads cards, and who reads a card whose person cannot. */
import type { StaffIdentityRow } from '../rows/people.ts';
import { activeManager, chainOf } from '../staff/stand-in.ts';
import type { Tx } from '../tx.ts';

/** On the account a matter came from if they are there, else wherever they are. */
export async function addressOf(tx: Tx, staffId: string, accountId: string): Promise<StaffIdentityRow | null> {
  const identities = await tx.staffIdentity.list({ staffId });
  return identities.find((identity) => identity.accountId === accountId) ?? identities[0] ?? null;
}

/** Who gets a card meant for a person: they themselves; if they have left or read nowhere, whoever stands above them. */
export async function readerFor(tx: Tx, staffId: string, accountId: string): Promise<StaffIdentityRow | null> {
  for await (const { id, active } of chainOf(tx, staffId)) {
    const address = active ? await addressOf(tx, id, accountId) : null;
    if (address) return address;
  }
  const manager = await activeManager(tx);
  return manager && addressOf(tx, manager.id, accountId);
}
