/** A small company to play with: its people and customers on the emulated platform, and the same in the CRM. */
import type { App } from '../src/app.ts';
import type { FeishuEmulator } from './feishu/index.ts';
import type { Chat, Person } from './feishu/world.ts';
import { createSeeder } from './seed.ts';

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
  const account = app.accounts.find(({ platform }) => platform === 'feishu');
  if (!account) throw new Error('the sandbox needs Feishu');
  return app.transact(async (tx) => {
    const seed = createSeeder(tx, account.id);
    const chen = await seed.employ(staff.chen.name, 'manager', null);
    const lina = await seed.employ(staff.lina.name, 'sales', chen);
    const wangqiang = await seed.employ(staff.wangqiang.name, 'sales', chen);
    await seed.identify(chen, staff.chen.openId);
    await seed.identify(lina, staff.lina.openId);
    await seed.identify(wangqiang, staff.wangqiang.openId);

    const sell = async (name: string, person: Person, { chatId, name: chatName }: Chat) => {
      const contact = { contactName: person.name, contactExternalId: person.openId };
      const customerId = await seed.sell({ name, ownerId: lina, ...contact });
      await seed.link({ externalId: chatId, name: chatName, customerId, staffId: lina, external: true });
      return customerId;
    };
    const deal = (customerId: string, name: string, stage: string, amountMinor: number) =>
      seed.deal({ customerId, ownerId: lina, name, stage, amountMinor });
    const hengrui = await sell('宁波恒锐机电', customers.zhou, chats.hengrui);
    const mingyuan = await sell('苏州明远科技', customers.han, chats.mingyuan);
    return {
      bearing: await deal(hengrui, '恒锐 轴承座 3000 套', 'qualified', 7_140_000),
      shaft: await deal(mingyuan, '明远 传动轴 年度订单', 'contacted', 26_000_000),
      housing: await deal(mingyuan, '明远 电机壳 打样项目', 'quoted', 4_800_000),
    };
  });
}
