/** That somebody was erased is remembered by a salted hash of their number on a platform, so that no address book brings them back. */
import type { ContactIdentityRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { ERASED_NUMBER } from './subject.ts';

const SALT = 'privacy.salt';

/** What stands in the place of the number; made with the first erasure, the salt belongs to the company. */
export async function erasedNumber(tx: Tx, accountId: string, externalId: string): Promise<string> {
  return hashed(tx, await saltOf(tx), accountId, externalId);
}

/** Of two first erasures at once one makes it; the other waits in its insert, and reads it. */
async function saltOf(tx: Tx): Promise<string> {
  const known = await tx.setting.get(SALT);
  if (known) return known.value;
  const value = tx.newActionKey();
  if (await tx.setting.insertIfNew({ id: SALT, value, updatedAt: tx.now })) return value;
  return (await tx.setting.get(SALT))?.value ?? value;
}

/** The row of somebody who was erased and whom an address book names again; null for anybody else, and once they have spoken to us anew. */
export async function erasedIdentity(
  tx: Tx,
  accountId: string,
  externalId: string,
): Promise<ContactIdentityRow | null> {
  const salt = await tx.setting.get(SALT);
  if (!salt || (await tx.contactIdentity.find({ accountId, externalId }))) return null;
  return tx.contactIdentity.find({ accountId, externalId: hashed(tx, salt.value, accountId, externalId) });
}

const hashed = (tx: Tx, salt: string, accountId: string, externalId: string): string =>
  `${ERASED_NUMBER}${tx.digest(`${salt}:${accountId}:${externalId}`)}`;
