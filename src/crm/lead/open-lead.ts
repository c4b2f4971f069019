/** N10: a stranger wrote in one of our chats. A known face brings their customer along; an unknown one becomes a lead. */
import { openCard } from '../card/open-card.ts';
import { startClock } from '../clock/keep-clock.ts';
import { NAMELESS } from '../names.ts';
import type { LeadRow } from '../rows/deals.ts';
import type { ContactIdentityRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import { activeManager } from '../staff/stand-in.ts';
import type { Tx } from '../tx.ts';
import { expectResponse } from './first-response.ts';

/** Links the chat to the stranger's customer or to a new lead; returns the chat as it then stands. */
export async function receiveStranger(tx: Tx, seen: ChatRow, person: ContactIdentityRow): Promise<ChatRow> {
  // They may write in two chats at once, and the address book may bring them while they write: only one makes the lead.
  const chat = (await tx.chat.hold(seen.id)) ?? seen;
  if (chat.ignored || chat.customerId !== null || chat.leadId !== null) return chat;
  const identity = (await tx.contactIdentity.hold(person.id)) ?? person;

  const contact = identity.contactId === null ? null : await tx.contact.get(identity.contactId);
  if (contact) return link(tx, chat, { customerId: contact.customerId });
  const known = identity.leadId === null ? null : await tx.lead.hold(identity.leadId);
  if (known?.status === 'open') return link(tx, chat, { leadId: known.id });

  const adder = chat.addedByStaffId === null ? null : await tx.staff.get(chat.addedByStaffId);
  const owner = adder?.active ? adder : await activeManager(tx);
  if (owner === null) return chat;
  const lead = await tx.lead.insert({
    id: tx.newId(),
    name: chat.name ?? identity.name ?? NAMELESS.customer,
    ownerId: owner.id,
    chatId: chat.id,
    status: 'open',
    opportunityId: null,
    createdAt: tx.now,
    version: 1,
  });
  await startClock(tx, 'lead', lead.id);
  await expectResponse(tx, lead);
  await tx.contactIdentity.update({ id: identity.id }, { leadId: lead.id });
  const linked = await link(tx, chat, { leadId: lead.id });
  await offerLead(tx, lead, chat.accountId);
  return linked;
}

/** The card that asks a lead's owner what to make of it. */
export async function offerLead(tx: Tx, lead: LeadRow, accountId: string): Promise<void> {
  await openCard(tx, {
    kind: 'lead',
    staffId: lead.ownerId,
    accountId,
    subject: `lead:${lead.id}`,
    data: { leadId: lead.id, chatId: lead.chatId },
    actions: [{ kind: 'adopt_lead' }, { kind: 'attach_lead' }, { kind: 'drop_lead' }],
  });
}

async function link(tx: Tx, chat: ChatRow, to: { customerId: string } | { leadId: string }): Promise<ChatRow> {
  await tx.chat.update({ id: chat.id }, to);
  return { ...chat, ...to };
}
