/** A small company to play with: its people and customers on the emulated platform, and the same in the CRM. */
import type { App } from '../src/app.ts';
import type { FeishuEmulator } from './feishu/index.ts';
import type { Chat, Person } from './feishu/world.ts';

export interface Company {
  readonly staff: { readonly lina: Person; readonly wangqiang: Person; readonly chen: Person };
  readonly customers: { readonly zhou: Person; readonly han: Person; readonly sun: Person };
  readonly chats: {
    /** Customer group with one deal. */
    readonly hengrui: Chat;
    /** Customer group with two deals. */
    readonly mingyuan: Chat;
    /** Customer group that the CRM does not know yet. */
    readonly newcomer: Chat;
    /** Internal group of colleagues. */
    readonly team: Chat;
  };
  /** Ids of the seeded deals. */
  readonly deals: { readonly bearing: string; readonly shaft: string; readonly housing: string };
}

/** Builds the people and chats on the platform, and puts customers and deals into the CRM. */
export async function seedCompany(app: App, platform: FeishuEmulator): Promise<Company> {
  const { world } = platform;
  const staff = {
    lina: world.addPerson({ name: '李娜', mobile: '13800000001' }),
    wangqiang: world.addPerson({ name: '王强', mobile: '13800000002' }),
    chen: world.addPerson({ name: '陈总监', mobile: '13800000003' }),
  };
  const customers = {
    zhou: world.addPerson({ name: '周工', company: '宁波恒锐机电' }),
    han: world.addPerson({ name: '韩经理', company: '苏州明远科技' }),
    sun: world.addPerson({ name: '孙小姐', company: '东莞佳盛塑胶' }),
  };
  const group = (name: string, members: readonly Person[]) => {
    const chat = world.createGroup({ name, members });
    chat.botIn = true;
    return chat;
  };
  const chats = {
    hengrui: group('宁波恒锐 × 海川精密', [staff.lina, customers.zhou]),
    mingyuan: group('苏州明远 项目群', [staff.lina, staff.wangqiang, customers.han]),
    newcomer: world.createGroup({ name: '东莞佳盛 询价', members: [staff.wangqiang, customers.sun] }),
    team: world.createGroup({ name: '海川销售部', members: Object.values(staff) }),
  };
  return { staff, customers, chats, deals: await seedCrm(app, staff, customers, chats) };
}

async function seedCrm(
  app: App,
  staff: Company['staff'],
  customers: Company['customers'],
  chats: Company['chats'],
): Promise<Company['deals']> {
  const account = app.accounts[0];
  if (!account) throw new Error('the sandbox needs a connected platform');
  return app.transact(async (tx) => {
    const employ = async (person: Person, role: 'sales' | 'manager', supervisorId: string | null) => {
      const row = await tx.staff.insert({
        id: tx.newId(),
        name: person.name,
        role,
        supervisorId,
        active: true,
        createdAt: tx.now,
      });
      await tx.staffIdentity.insert({
        id: tx.newId(),
        accountId: account.id,
        externalId: person.openId,
        staffId: row.id,
      });
      return row.id;
    };
    const chen = await employ(staff.chen, 'manager', null);
    const lina = await employ(staff.lina, 'sales', chen);
    await employ(staff.wangqiang, 'sales', chen);

    const sell = async (name: string, person: Person, chat: Chat) => {
      const customer = await tx.customer.insert({
        id: tx.newId(),
        name,
        ownerId: lina,
        createdAt: tx.now,
        withdrawnAt: null,
      });
      const contact = await tx.contact.insert({
        id: tx.newId(),
        customerId: customer.id,
        name: person.name,
        createdAt: tx.now,
      });
      await tx.contactIdentity.insert({
        id: tx.newId(),
        accountId: account.id,
        externalId: person.openId,
        name: person.name,
        contactId: contact.id,
        leadId: null,
      });
      await tx.chat.insert({
        id: tx.newId(),
        accountId: account.id,
        externalId: chat.chatId,
        kind: 'group',
        name: chat.name,
        external: true,
        addedByStaffId: lina,
        customerId: customer.id,
        leadId: null,
        opportunityId: null,
        ignored: false,
        createdAt: tx.now,
      });
      return customer.id;
    };
    const deal = async (customerId: string, name: string, stage: string, amountMinor: number) => {
      const row = await tx.opportunity.insert({
        id: tx.newId(),
        customerId,
        name,
        ownerId: lina,
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
    };
    const hengrui = await sell('宁波恒锐机电', customers.zhou, chats.hengrui);
    const mingyuan = await sell('苏州明远科技', customers.han, chats.mingyuan);
    return {
      bearing: await deal(hengrui, '恒锐 轴承座 3000 套', 'qualified', 7_140_000),
      shaft: await deal(mingyuan, '明远 传动轴 年度订单', 'contacted', 26_000_000),
      housing: await deal(mingyuan, '明远 电机壳 打样项目', 'quoted', 4_800_000),
    };
  });
}
