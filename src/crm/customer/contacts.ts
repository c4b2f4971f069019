/** The people of a customer, as colleagues enter them. */
import { type Desk, type Done, done } from '../access/desk.ts';
import type { KnownContact } from '../access/readable.ts';
import { holds } from '../access/scope.ts';
import { customerToChange } from '../access/to-change.ts';
import { fitName, NAMELESS } from '../names.ts';
import type { ContactProfileRow } from '../rows/organisation.ts';
import type { ContactRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { normalPhone } from './normal-name.ts';

export interface NewContact {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly title?: string | undefined;
  readonly email?: string | undefined;
}

export async function addContact(desk: Desk, customerId: string, wanted: NewContact): Promise<Done<KnownContact>> {
  const found = await customerToChange(desk, customerId);
  if (!found.ok) return found;
  const customer = found.value;
  const known = await putContact(desk.tx, { ...wanted, customerId: customer.id }, null);
  const fields = Object.keys(wanted).filter((field) => wanted[field as keyof NewContact] !== undefined);
  const detail = { customerId: customer.id, fields };
  desk.notes.push({ action: 'contact.create', entity: 'contact', entityId: known.contact.id, detail });
  return done(known);
}

/** Phones are for the owner and those above them; others see a part of the number. */
export function seesPhones({ me, scope }: Desk, ownerId: string): boolean {
  return me.role !== 'sales' ? holds(scope, ownerId) : scope.leads.includes(ownerId);
}

/** Writes a contact, or what is new about one that is there. */
export async function putContact(
  tx: Tx,
  { customerId, name, ...facts }: NewContact & { readonly customerId: string },
  known: ContactRow | null,
): Promise<KnownContact> {
  const called = name === undefined ? null : fitName(name);
  const contact = known
    ? { ...known, name: called ?? known.name }
    : await tx.contact.insert({ id: tx.newId(), customerId, name: called ?? NAMELESS.contact, createdAt: tx.now });
  if (known && called !== null) await tx.contact.update({ id: known.id }, { name: called });
  const profile: Omit<ContactProfileRow, 'tenantId'> = {
    id: contact.id,
    phone: facts.phone === undefined ? null : normalPhone(facts.phone),
    title: facts.title ?? null,
    email: facts.email ?? null,
    updatedAt: tx.now,
  };
  if (!(await tx.contactProfile.insertIfNew(profile))) {
    const { id, ...patch } = profile;
    await tx.contactProfile.update({ id }, patch);
  }
  return { contact, profile: { ...profile, tenantId: tx.tenantId } };
}
