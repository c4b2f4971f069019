/** A customer waits in a service chat: it goes to the customer's owner, else to the colleague with the fewest open leads. */
import type { SessionWaitingEvent } from '../../channel/event.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { knownChat } from './known-chat.ts';

/** How many colleagues are tried before the platform's pool takes the session. */
const MOST_CANDIDATES = 10;

export async function assignSession(tx: Tx, accountId: string, event: SessionWaitingEvent): Promise<void> {
  const chat = await knownChat(tx, accountId, event.chat, { external: true });
  const ownerId = await ownerOf(tx, accountId, event.person.id, chat.customerId, chat.leadId);
  const staff = await tx.staff.list({ active: true, role: 'sales' });
  const turns = await Promise.all(
    staff.map(async (row) => ({ row, leads: (await tx.lead.list({ ownerId: row.id, status: 'open' })).length })),
  );
  const byTurn = turns.sort((a, b) => a.leads - b.leads).map(({ row }) => row);
  const owner = ownerId === null ? null : await tx.staff.get(ownerId);
  const candidates = (owner?.active ? [owner, ...byTurn.filter(({ id }) => id !== owner.id)] : byTurn).slice(
    0,
    MOST_CANDIDATES,
  );
  const [first] = candidates;
  // Whoever gets the session is also who hears about the lead it becomes.
  if (first && chat.addedByStaffId === null) await tx.chat.update({ id: chat.id }, { addedByStaffId: first.id });
  await tx.enqueue({
    accountId,
    dedupeKey: `session:${event.eventId}`,
    orderKey: `session:${accountId}:${event.chat.id}`,
    order: {
      kind: 'session.assign',
      chatExternalId: event.chat.id,
      staffExternalIds: await externalIds(tx, accountId, candidates),
    },
  });
}

async function ownerOf(
  tx: Tx,
  accountId: string,
  personId: string,
  chatCustomerId: string | null,
  chatLeadId: string | null,
): Promise<string | null> {
  const identity = await tx.contactIdentity.find({ accountId, externalId: personId });
  const contact = identity?.contactId ? await tx.contact.get(identity.contactId) : null;
  const customerId = contact?.customerId ?? chatCustomerId;
  if (customerId !== null && customerId !== undefined) return (await tx.customer.get(customerId))?.ownerId ?? null;
  const leadId = identity?.leadId ?? chatLeadId;
  return leadId ? ((await tx.lead.get(leadId))?.ownerId ?? null) : null;
}

async function externalIds(tx: Tx, accountId: string, staff: readonly StaffRow[]): Promise<string[]> {
  const identities = await Promise.all(staff.map(({ id }) => tx.staffIdentity.find({ accountId, staffId: id })));
  return identities.flatMap((identity) => (identity ? [identity.externalId] : []));
}
