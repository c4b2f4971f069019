/** What an address book says of an outsider becomes what we know: a name for someone known, a lead or a customer for someone new. */
import type { ContactFacts } from '../../channel/delivery.ts';
import { insertCustomer } from '../customer/insert-customer.ts';
import { receiveStranger } from '../lead/open-lead.ts';
import { fitName } from '../names.ts';
import { erasedIdentity } from '../privacy/remembered.ts';
import type { ContactIdentityRow, StaffRow } from '../rows/people.ts';
import { findStaff } from '../staff/known-staff.ts';
import type { Tx } from '../tx.ts';
import { keepFollow } from './follow.ts';

/** A contact that was just added: offered to the colleague as a new customer, with the chat of the two as its place (N10). */
export async function meetContactFacts(
  tx: Tx,
  accountId: string,
  chatExternalId: string,
  facts: ContactFacts,
): Promise<void> {
  if (await erasedIdentity(tx, accountId, facts.personId)) return;
  const identity = await identityOf(tx, accountId, facts);
  const staff = await findStaff(tx, accountId, { id: facts.staffId, tenant: null, internal: true });
  if (staff) await keepFollow(tx, identity.id, staff.id, facts);
  const chat = await tx.chat.find({ accountId, externalId: chatExternalId });
  if (!chat || chat.ignored || chat.customerId !== null || chat.leadId !== null) return;
  if (chat.name === null) await tx.chat.update({ id: chat.id }, { name: customerName(facts) });
  await receiveStranger(tx, { ...chat, name: chat.name ?? customerName(facts) }, identity);
}

/** A contact of old, read when `owner`'s address book is imported: they are a customer already. `added`: we did not have them. */
export async function importContactFacts(
  tx: Tx,
  accountId: string,
  facts: ContactFacts,
  owner: StaffRow,
): Promise<{ readonly identityId: string; readonly added: boolean }> {
  const erased = await erasedIdentity(tx, accountId, facts.personId);
  if (erased) return { identityId: erased.id, added: false };
  const { id } = await identityOf(tx, accountId, facts);
  await keepFollow(tx, id, owner.id, facts);
  const identity = await tx.contactIdentity.hold(id);
  if (!identity || identity.contactId !== null || identity.leadId !== null) return { identityId: id, added: false };
  const customer = await insertCustomer(tx, {
    name: customerName(facts),
    ownerId: owner.id,
    createdAt: facts.addedAt ?? tx.now,
  });
  const contact = await tx.contact.insert({
    id: tx.newId(),
    customerId: customer.id,
    name: fitName(facts.name),
    createdAt: facts.addedAt ?? tx.now,
  });
  await tx.contactIdentity.update({ id: identity.id }, { contactId: contact.id });
  return { identityId: id, added: true };
}

async function identityOf(tx: Tx, accountId: string, facts: ContactFacts): Promise<ContactIdentityRow> {
  const name = fitName(facts.name);
  const known = await tx.contactIdentity.find({ accountId, externalId: facts.personId });
  if (known) {
    if (known.name !== name) await tx.contactIdentity.update({ id: known.id }, { name });
    return { ...known, name };
  }
  return tx.contactIdentity.insert({
    id: tx.newId(),
    accountId,
    externalId: facts.personId,
    name,
    contactId: null,
    leadId: null,
  });
}

function customerName(facts: ContactFacts): string {
  return fitName(facts.company ?? facts.remark ?? facts.name);
}
