/** The chat or the outside person that a page says is open beside it: their word, which proves nothing by itself. */
import type { Desk } from '../access/desk.ts';
import { attachLeadTo } from '../lead/attach-lead.ts';
import { openLead } from '../lead/convert-lead.ts';
import { NAMELESS } from '../names.ts';
import type { LeadRow } from '../rows/deals.ts';
import type { ContactFollowRow, ContactIdentityRow, ContactRow, CustomerRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';

export interface AtHand {
  readonly chat: ChatRow | null;
  readonly person: ContactIdentityRow | null;
  /** What this colleague's own address book says of the person. */
  readonly follow: ContactFollowRow | null;
  readonly lead: LeadRow | null;
  readonly contact: ContactRow | null;
  /** Whose it is already. */
  readonly customer: CustomerRow | null;
}

/** As the account knows it by which the colleague signed in; null when it knows neither chat nor person of that id. */
export async function atHand({ tx, me, accountId }: Desk, externalId: string): Promise<AtHand | null> {
  const chat = await tx.chat.find({ accountId, externalId });
  const person = await tx.contactIdentity.find({ accountId, externalId });
  if (!chat && !person) return null;
  const contact = person?.contactId ? await tx.contact.get(person.contactId) : null;
  const customerId = chat?.customerId ?? contact?.customerId ?? null;
  const leadId = chat?.leadId ?? person?.leadId ?? null;
  const customer = customerId === null ? null : await tx.customer.get(customerId);
  return {
    chat,
    person,
    contact,
    follow: person && (await tx.contactFollow.find({ contactIdentityId: person.id, staffId: me.id, removedAt: null })),
    lead: leadId === null ? null : await tx.lead.get(leadId),
    customer: customer?.withdrawnAt === null ? customer : null,
  };
}

/** What we know ourselves of the colleague's part in it: they brought us in, have the person as a contact, or look after the lead. */
export function isTheirs({ me, scope, mayTake }: Desk, { chat, follow, lead }: AtHand): boolean {
  if (scope.decides || follow !== null) return true;
  if (chat !== null && chat.addedByStaffId === me.id) return true;
  return lead !== null && mayTake(lead.ownerId);
}

/** An open lead is its owner's, with its chats: having the person as a contact, too, takes none of it along. */
export function mayTakeAlong(desk: Desk, hand: AtHand): boolean {
  return isTheirs(desk, hand) && (hand.lead?.status !== 'open' || desk.mayTake(hand.lead.ownerId));
}

/** The chat and the person are the customer's from now on; returns the person's contact. */
export async function giveTo({ tx }: Desk, hand: AtHand, customer: CustomerRow): Promise<ContactRow | null> {
  const lead = hand.lead?.status === 'open' ? await openLead(tx, hand.lead.id) : null;
  if (lead) await attachLeadTo(tx, lead, customer);
  if (hand.chat)
    await tx.chat.update(
      { id: hand.chat.id },
      { customerId: customer.id, leadId: null, opportunityId: null, ignored: false },
    );
  const person = hand.person && (await tx.contactIdentity.hold(hand.person.id));
  if (!person) return null;
  const known = person.contactId === null ? null : await tx.contact.get(person.contactId);
  // Whose the chat is decides over the chat, not over a person that is at another customer.
  if (known && hand.customer && known.customerId !== hand.customer.id) return null;
  if (known) {
    await tx.contact.update({ id: known.id }, { customerId: customer.id });
    return { ...known, customerId: customer.id };
  }
  const contact = await tx.contact.insert({
    id: tx.newId(),
    customerId: customer.id,
    name: person.name ?? NAMELESS.contact,
    createdAt: tx.now,
  });
  await tx.contactIdentity.update({ id: person.id }, { contactId: contact.id });
  return contact;
}
