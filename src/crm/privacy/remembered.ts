/** That somebody was erased is remembered by a salted hash of their number on a platform, so that no address book brings them back. */
import type { ContactIdentityRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { ERASED_NUMBER } from './subject.ts';

const SALT = 'privacy.salt';

/** What stands in the place of the number; made with the first erasure, the salt belongs to the company. */
export async function erasedNumber(tx: Tx, accountId: string, externalId: string): Promise<string> {
  const known = await tx.setting.get(SALT);
  const value = known?.value ?? tx.newActionKey();
  if (!known) await tx.setting.insertIfNew({ id: SALT, value, updatedAt: tx.now });
  return hashed(tx, value, accountId, externalId);
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
