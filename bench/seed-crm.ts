/** Puts a world of the bench into the CRM: colleagues, customers, linked chats, one open deal each. */
import type { App } from '../src/app.ts';
import type { World } from './dialects/dialect.ts';

/** Every deal stands in `contacted`, from where a customer asking for a quote moves it. */
export async function seedCrm(app: App, { colleagues, deals }: World): Promise<void> {
  const accountId = app.accounts[0]?.id;
  if (accountId === undefined) throw new Error('the bench needs a connected platform');
  await app.transact(async (tx) => {
    const createdAt = tx.now;
    const staffIds = new Map<string, string>();
    for (const { name, id: externalId } of colleagues) {
      const staff = { id: tx.newId(), name, role: 'sales' as const, supervisorId: null, active: true, createdAt };
      await tx.staff.insert(staff);
      await tx.staffIdentity.insert({ id: tx.newId(), accountId, externalId, staffId: staff.id });
      staffIds.set(externalId, staff.id);
    }
    for (const { owner, customer: person, chat } of deals) {
      const ownerId = staffIds.get(owner.id) ?? '';
      const customer = { id: tx.newId(), name: person.name, ownerId, createdAt, withdrawnAt: null };
      await tx.customer.insert(customer);
      const contact = { id: tx.newId(), customerId: customer.id, name: person.name, createdAt };
      await tx.contact.insert(contact);
      await tx.contactIdentity.insert({
        id: tx.newId(),
        accountId,
        externalId: person.id,
        name: person.name,
        contactId: contact.id,
        leadId: null,
      });
      await tx.chat.insert({
        id: tx.newId(),
        accountId,
        externalId: chat.id,
        kind: 'group',
        name: chat.name,
        external: true,
        addedByStaffId: ownerId,
        customerId: customer.id,
        leadId: null,
        opportunityId: null,
        ignored: false,
        createdAt,
      });
      await tx.opportunity.insert({
        id: tx.newId(),
        customerId: customer.id,
        name: `${person.name} 询价项目`,
        ownerId,
        stage: 'contacted',
        stageEnteredAt: createdAt,
        status: 'open',
        amountMinor: 1_000_000,
        currency: 'CNY',
        lostReason: null,
        createdAt,
        closedAt: null,
        policyVersion: tx.active.version,
        version: 1,
      });
    }
  });
}
