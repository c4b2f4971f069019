/** A colleague's address book changed: a new contact is greeted and offered as a customer, an old one is known better, a lost one is marked. */
import type { ContactEvent } from '../../channel/event.ts';
import { knownChat } from '../chat/known-chat.ts';
import { findStaff, meetStaff } from '../staff/known-staff.ts';
import type { Tx } from '../tx.ts';
import { endFollow } from './follow.ts';

export async function receiveContact(tx: Tx, accountId: string, event: ContactEvent): Promise<void> {
  if (event.type === 'contact_removed') return forget(tx, accountId, event);
  const staff = await meetStaff(tx, accountId, event.staff, event.chat.id);
  await knownChat(tx, accountId, event.chat, { external: true, addedByStaffId: staff.id });
  const { welcome } = tx.active.policy.contacts;
  if (event.type === 'contact_added' && event.welcomeCode !== null && welcome !== null) {
    await tx.enqueue({
      accountId,
      dedupeKey: `welcome:${event.eventId}`,
      orderKey: `welcome:${event.eventId}`,
      order: { kind: 'welcome.send', welcomeCode: event.welcomeCode, text: welcome },
    });
  }
  await tx.enqueue({
    accountId,
    dedupeKey: `contact:${event.eventId}`,
    orderKey: `lookup:${accountId}:${event.chat.id}`,
    order: {
      kind: 'contact.lookup',
      chatExternalId: event.chat.id,
      staffExternalId: event.staff.id,
      personId: event.person.id,
    },
  });
}

/** The customer stays whose they are: who looks after them is a decision of people. */
async function forget(tx: Tx, accountId: string, { staff, person, at }: ContactEvent): Promise<void> {
  const colleague = await findStaff(tx, accountId, staff);
  const identity = await tx.contactIdentity.find({ accountId, externalId: person.id });
  if (colleague && identity) await endFollow(tx, identity.id, colleague.id, at);
}
