/** Many small deals: each with a salesperson, a customer and a chat of its own, on the platform and in the CRM. */
import type { Chat, FeishuEmulator, Person } from '../../../sandbox/feishu/index.ts';
import type { App } from '../../../src/app.ts';
import type { Tx } from '../../../src/crm/tx.ts';

export interface Deal {
  readonly id: string;
  readonly name: string;
  readonly sales: Person;
  readonly customer: Person;
  readonly chat: Chat;
}

export interface Company {
  readonly deals: readonly Deal[];
  /** Colleagues among themselves: nothing said here may ever be kept. */
  readonly team: Chat;
  readonly colleague: Person;
}

export async function seedDeals(app: App, platform: FeishuEmulator, count: number): Promise<Company> {
  const { world } = platform;
  const accountId = app.accounts[0]?.id ?? '';
  const deals = await app.transact(async (tx) => {
    const made: Deal[] = [];
    for (let n = 1; n <= count; n += 1) {
      const sales = world.addPerson({ name: `销售${n}` });
      const customer = world.addPerson({ name: `客户${n}`, company: `客户公司${n}` });
      const chat = world.createGroup({ name: `群${n}`, members: [sales, customer] });
      chat.botIn = true;
      const name = `商机${n}`;
      made.push({ id: await seedDeal(tx, accountId, name, sales, customer, chat), name, sales, customer, chat });
    }
    return made;
  });
  const colleague = world.addPerson({ name: '闲聊的同事' });
  // Known from the beginning: a colleague whom the address book brings is greeted, at an hour at which people work.
  await app.transact((tx) => seedColleague(tx, accountId, colleague));
  const team = world.createGroup({ name: '内部闲聊', members: [colleague] });
  team.botIn = true;
  return { deals, team, colleague };
}

async function seedColleague(tx: Tx, accountId: string, { name, openId }: Person): Promise<string> {
  const id = tx.newId();
  await tx.staff.insert({ id, name, role: 'sales', supervisorId: null, active: true, createdAt: tx.now });
  await tx.staffIdentity.insert({ id: tx.newId(), accountId, externalId: openId, staffId: id });
  return id;
}

async function seedDeal(
  tx: Tx,
  accountId: string,
  name: string,
  sales: Person,
  customer: Person,
  chat: Chat,
): Promise<string> {
  const staffId = await seedColleague(tx, accountId, sales);
  const [customerId, contactId, dealId] = [tx.newId(), tx.newId(), tx.newId()];
  const createdAt = tx.now;
  await tx.customer.insert({ id: customerId, name: `公司 ${name}`, ownerId: staffId, createdAt, withdrawnAt: null });
  await tx.contact.insert({ id: contactId, customerId, name: customer.name, createdAt });
  await tx.contactIdentity.insert({
    id: tx.newId(),
    accountId,
    externalId: customer.openId,
    name: customer.name,
    contactId,
    leadId: null,
  });
  await tx.chat.insert({
    id: tx.newId(),
    accountId,
    externalId: chat.chatId,
    kind: 'group',
    name: chat.name,
    external: true,
    addedByStaffId: staffId,
    customerId,
    leadId: null,
    opportunityId: null,
    ignored: false,
    createdAt,
  });
  await tx.opportunity.insert({
    id: dealId,
    customerId,
    name,
    ownerId: staffId,
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
  return dealId;
}
