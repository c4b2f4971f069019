/** A colleague corrects what is known of a contact, or removes one that is none. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import type { KnownContact } from '../access/readable.ts';
import { customerToChange } from '../access/to-change.ts';
import { fitName } from '../names.ts';
import type { ContactProfileRow } from '../rows/organisation.ts';
import type { ContactRow, CustomerRow } from '../rows/people.ts';
import { normalPhone } from './normal-name.ts';

/** What is undefined stays as it is. */
export interface ContactChange {
  readonly name?: string | undefined;
  readonly phone?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly email?: string | null | undefined;
}

interface Found {
  readonly contact: ContactRow;
  readonly customer: CustomerRow;
}

export async function changeContact(
  desk: Desk,
  id: string,
  change: ContactChange,
): Promise<Done<KnownContact & { readonly customer: CustomerRow }>> {
  const { tx } = desk;
  const found = await contactToChange(desk, id);
  if (!found.ok) return found;
  const { contact, customer } = found.value;
  const fields = (['name', 'phone', 'title', 'email'] as const).filter((field) => change[field] !== undefined);
  const name = change.name === undefined ? contact.name : fitName(change.name);
  if (name !== contact.name) await tx.contact.update({ id }, { name });
  const empty = { id, phone: null, title: null, email: null, updatedAt: tx.now };
  await tx.contactProfile.insertIfNew(empty);
  const patch: Partial<ContactProfileRow> = { updatedAt: tx.now };
  if (change.phone !== undefined) patch.phone = change.phone === null ? null : normalPhone(change.phone);
  if (change.title !== undefined) patch.title = change.title;
  if (change.email !== undefined) patch.email = change.email;
  await tx.contactProfile.update({ id }, patch);
  const detail = { customerId: customer.id, fields };
  desk.notes.push({ action: 'contact.update', entity: 'contact', entityId: id, detail });
  return done({ contact: { ...contact, name }, profile: await tx.contactProfile.get(id), customer });
}

/** Somebody who speaks in a chat with us stays: their words would be a stranger's. */
export async function removeContact(desk: Desk, id: string): Promise<Done<CustomerRow>> {
  const { tx } = desk;
  const found = await contactToChange(desk, id);
  if (!found.ok) return found;
  const { contact, customer } = found.value;
  if (await tx.contactIdentity.find({ contactId: id }))
    return refused('contact_in_chat', `${contact.name}在和你们的聊天里，不能删除。可以改姓名和资料。`);
  await tx.contactProfile.remove({ id });
  await tx.contact.remove({ id });
  const detail = { customerId: customer.id };
  desk.notes.push({ action: 'contact.remove', entity: 'contact', entityId: id, detail });
  return done(customer);
}

async function contactToChange(desk: Desk, id: string): Promise<Done<Found>> {
  const contact = await desk.tx.contact.get(id);
  if (!contact) return refused('not_found');
  const customer = await customerToChange(desk, contact.customerId);
  return customer.ok ? done({ contact, customer: customer.value }) : customer;
}
