/** Puts people, customers and deals into the CRM through its own repositories: what a company would have after a while. */
import type { App } from '../src/app.ts';
import { insertCustomer } from '../src/crm/customer/insert-customer.ts';
import type { StaffRole } from '../src/crm/rows/people.ts';
import type { Tx } from '../src/crm/tx.ts';
import { organisationJobName } from '../src/scheduler/organisation-advice.ts';

export interface Seeder {
  /** A colleague; returns their id. */
  employ(name: string, role: StaffRole, supervisorId: string | null): Promise<string>;
  /** Who a colleague is on the platform. */
  identify(staffId: string, externalId: string): Promise<void>;
  /** A customer with one contact, who is on the platform or not; returns the customer's id. */
  sell(customer: { name: string; ownerId: string; contactName: string; contactExternalId?: string }): Promise<string>;
  /** A conversation that belongs to a customer. */
  link(chat: {
    externalId: string;
    name: string;
    customerId: string;
    staffId: string;
    external: boolean;
  }): Promise<void>;
  /** An open deal; returns its id. */
  deal(deal: {
    customerId: string;
    ownerId: string;
    name: string;
    stage: string;
    amountMinor: number;
  }): Promise<string>;
}

export function createSeeder(tx: Tx, accountId: string): Seeder {
  return {
    async employ(name, role, supervisorId) {
      const row = { id: tx.newId(), name, role, supervisorId, active: true, createdAt: tx.now };
      return (await tx.staff.insert(row)).id;
    },
    async identify(staffId, externalId) {
      await tx.staffIdentity.insert({ id: tx.newId(), accountId, externalId, staffId });
    },
    async sell({ name, ownerId, contactName, contactExternalId }) {
      const customer = await insertCustomer(tx, { name, ownerId });
      const contact = { id: tx.newId(), customerId: customer.id, name: contactName, createdAt: tx.now };
      const { id: contactId } = await tx.contact.insert(contact);
      if (contactExternalId === undefined) return customer.id;
      const identity = { accountId, externalId: contactExternalId, name: contactName, contactId, leadId: null };
      await tx.contactIdentity.insert({ id: tx.newId(), ...identity });
      return customer.id;
    },
    async link({ externalId, name, customerId, staffId, external }) {
      await tx.chat.insert({
        id: tx.newId(),
        accountId,
        externalId,
        kind: 'group',
        name,
        external,
        addedByStaffId: staffId,
        customerId,
        leadId: null,
        opportunityId: null,
        ignored: false,
        createdAt: tx.now,
      });
    },
    async deal({ customerId, ownerId, name, stage, amountMinor }) {
      const row = await tx.opportunity.insert({
        id: tx.newId(),
        customerId,
        name,
        ownerId,
        stage,
        stageEnteredAt: tx.now,
        status: 'open',
        amountMinor,
        currency: 'CNY',
        lostReason: null,
        createdAt: tx.now,
        closedAt: null,
        policyVersion: tx.active.version,
        version: 1,
      });
      return row.id;
    },
  };
}

/** The company has been here for a while: its address books were read once, and the next reading is tonight's. */
export async function haveReadOrganisation(app: App): Promise<void> {
  await app.transact(async (tx) => {
    for (const { id } of app.accounts) {
      const times = { startedAt: tx.now, finishedAt: tx.now };
      await tx.job.insert({
        id: tx.newId(),
        name: organisationJobName(id),
        status: 'done',
        done: 0,
        note: null,
        ...times,
      });
    }
  });
}
