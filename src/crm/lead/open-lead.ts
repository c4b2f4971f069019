/** N10: a stranger wrote in one of our chats. A known face brings their customer along; an unknown one becomes a lead. */
import { openCard } from '../card/open-card.ts';
import type { ContactIdentityRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import type { Tx } from '../tx.ts';

/** Links the chat to the stranger's customer or to a new lead; returns the chat as it then stands. */
export async function receiveStranger(tx: Tx, chat: ChatRow, identity: ContactIdentityRow): Promise<ChatRow> {
  const contact = identity.contactId === null ? null : await tx.contact.get(identity.contactId);
  if (contact) return link(tx, chat, { customerId: contact.customerId });
  const known = identity.leadId === null ? null : await tx.lead.get(identity.leadId);
  if (known?.status === 'open') return link(tx, chat, { leadId: known.id });

  const ownerId = chat.addedByStaffId ?? (await anyManager(tx));
  if (ownerId === null) return chat;
  const lead = await tx.lead.insert({
    id: tx.newId(),
    name: chat.name ?? identity.name ?? '新客户',
    ownerId,
    chatId: chat.id,
    status: 'open',
    opportunityId: null,
    createdAt: tx.now,
    version: 1,
  });
  await tx.contactIdentity.update({ id: identity.id }, { leadId: lead.id });
  const linked = await link(tx, chat, { leadId: lead.id });
  await openCard(tx, {
    kind: 'lead',
    staffId: ownerId,
    accountId: chat.accountId,
    subject: `lead:${lead.id}`,
    data: { leadId: lead.id, chatId: chat.id },
    actions: [{ kind: 'adopt_lead' }, { kind: 'attach_lead' }, { kind: 'drop_lead' }],
  });
  return linked;
}

async function link(tx: Tx, chat: ChatRow, to: { customerId: string } | { leadId: string }): Promise<ChatRow> {
  await tx.chat.update({ id: chat.id }, to);
  return { ...chat, ...to };
}

async function anyManager(tx: Tx): Promise<string | null> {
  const manager = (await tx.staff.find({ role: 'manager', active: true })) ?? (await tx.staff.find({ active: true }));
  return manager?.id ?? null;
}
