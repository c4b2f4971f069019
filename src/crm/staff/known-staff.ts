/** Finds the staff member behind a platform identity, or registers a colleague we meet for the first time. */
import type { PersonRef } from '../../channel/event.ts';
import { fitName, NAMELESS } from '../names.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

export async function findStaff(tx: Tx, accountId: string, person: PersonRef): Promise<StaffRow | null> {
  const identity = await tx.staffIdentity.find({ accountId, externalId: person.id });
  return identity ? tx.staff.get(identity.staffId) : null;
}

/**
 * A person of our own company who writes in a customer's chat or adds the bot is a colleague, known to the platform
 * before they are known to us. They start as sales; unless `told` here, their name is asked for and arrives later.
 */
export async function meetStaff(
  tx: Tx,
  accountId: string,
  person: PersonRef,
  chatExternalId: string,
  told?: string,
): Promise<StaffRow> {
  const known = await findStaff(tx, accountId, person);
  if (known && told && known.name === NAMELESS.colleague) {
    await tx.staff.update({ id: known.id }, { name: fitName(told) });
    return { ...known, name: fitName(told) };
  }
  if (known) return known;
  const staff = await tx.staff.insert({
    id: tx.newId(),
    name: told ? fitName(told) : NAMELESS.colleague,
    role: 'sales',
    supervisorId: null,
    active: true,
    createdAt: tx.now,
  });
  await tx.staffIdentity.insert({ id: tx.newId(), accountId, externalId: person.id, staffId: staff.id });
  if (!told) await askName(tx, accountId, chatExternalId, person.id);
  return staff;
}

/** Events carry ids, not names; the outbox asks the platform. */
export async function askName(tx: Tx, accountId: string, chatExternalId: string, personId: string): Promise<void> {
  await tx.enqueue({
    accountId,
    dedupeKey: `person:${personId}`,
    orderKey: `lookup:${accountId}:${chatExternalId}`,
    order: { kind: 'person.lookup', chatExternalId, personId },
  });
}
