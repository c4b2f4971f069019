/** The people of two customers that become one: who is at both, by phone, becomes one contact. */
import { NAMELESS } from '../names.ts';
import type { ContactProfileRow } from '../rows/organisation.ts';
import type { ContactRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

/** Returns how many went along, and how many of these were there already. */
export async function mergeContacts(
  tx: Tx,
  fromId: string,
  intoId: string,
): Promise<{ readonly contacts: number; readonly joined: number }> {
  const there = await withPhones(tx, await tx.contact.list({ customerId: intoId }));
  const coming = await tx.contact.list({ customerId: fromId });
  let joined = 0;
  for (const contact of coming) {
    const profile = await tx.contactProfile.get(contact.id);
    const same = profile?.phone ? there.get(profile.phone) : undefined;
    if (profile && same) {
      await join(tx, { contact, profile }, same);
      joined += 1;
    } else await tx.contact.update({ id: contact.id }, { customerId: intoId });
  }
  return { contacts: coming.length, joined };
}

async function withPhones(tx: Tx, contacts: readonly ContactRow[]): Promise<Map<string, ContactRow>> {
  const found = new Map<string, ContactRow>();
  for (const contact of contacts) {
    const phone = (await tx.contactProfile.get(contact.id))?.phone;
    if (phone) found.set(phone, found.get(phone) ?? contact);
  }
  return found;
}

/** Who they are on the platforms goes along, and what is not known of the one that stays. */
async function join(
  tx: Tx,
  { contact, profile }: { readonly contact: ContactRow; readonly profile: ContactProfileRow },
  same: ContactRow,
): Promise<void> {
  await tx.contactIdentity.update({ contactId: contact.id }, { contactId: same.id });
  const known = await tx.contactProfile.get(same.id);
  await tx.contactProfile.update(
    { id: same.id },
    { title: known?.title ?? profile.title, email: known?.email ?? profile.email, updatedAt: tx.now },
  );
  if (same.name === NAMELESS.contact) await tx.contact.update({ id: same.id }, { name: contact.name });
  await tx.contactProfile.remove({ id: contact.id });
  await tx.contact.remove({ id: contact.id });
}
