/** The same small company on WeCom: colleagues, a customer who is somebody's contact, a service account, an internal deal group. */
import type { App } from '../src/app.ts';
import type { Company } from './company.ts';
import { createSeeder } from './seed.ts';
import type { KfAccount, WecomEmulator } from './wecom/index.ts';
import type { Chat, Customer, Member } from './wecom/world.ts';

export interface WecomCompany {
  readonly staff: { readonly lina: Member; readonly wangqiang: Member; readonly chen: Member };
  /** 林采购 is a contact of 李娜; 贺女士 is nobody's yet. */
  readonly customers: { readonly lin: Customer; readonly he: Customer };
  readonly service: KfAccount;
  /** Internal group about 泰利, with the AI bot in it. */
  readonly dealGroup: Chat;
  readonly deals: { readonly valve: string };
}

/** `company`: the colleagues already in the CRM, who get a second identity here; null when there is none yet. */
export async function seedWecomCompany(app: App, wecom: WecomEmulator, company: Company | null): Promise<WecomCompany> {
  const { world } = wecom;
  const staff = {
    lina: world.addMember({ userid: 'lina', name: '李娜' }),
    wangqiang: world.addMember({ userid: 'wangqiang', name: '王强' }),
    chen: world.addMember({ userid: 'chen', name: '陈总监', leader: true }),
  };
  const customers = { lin: world.addCustomer({ name: '林采购' }), he: world.addCustomer({ name: '贺女士' }) };
  wecom.knowContact(customers.lin, staff.lina, { remark: '温州泰利阀门 林采购' });
  const service = wecom.kf.addAccount({ name: '海川精密客服', staff: ['lina', 'wangqiang'] });
  const dealGroup = world.createGroup({ name: '泰利项目内部群', members: [staff.lina, staff.wangqiang], botIn: true });

  const account = app.accounts.find(({ platform }) => platform === 'wecom');
  if (!account) throw new Error('the sandbox needs WeCom');
  const valve = await app.transact(async (tx) => {
    const seed = createSeeder(tx, account.id);
    const colleague = async (member: Member, role: 'sales' | 'manager', supervisorId: string | null) => {
      const known = company && (await tx.staff.find({ name: member.name }));
      const id = known?.id ?? (await seed.employ(member.name, role, supervisorId));
      await seed.identify(id, member.userid);
      return id;
    };
    const chen = await colleague(staff.chen, 'manager', null);
    const lina = await colleague(staff.lina, 'sales', chen);
    await colleague(staff.wangqiang, 'sales', chen);
    const person = { contactName: customers.lin.name, contactExternalId: customers.lin.externalUserId };
    const taili = await seed.sell({ name: '温州泰利阀门', ownerId: lina, ...person });
    const { chatId, name } = dealGroup;
    await seed.link({ externalId: chatId, name, customerId: taili, staffId: lina, external: false });
    const facts = { name: '泰利 球阀阀体 首批', stage: 'qualified', amountMinor: 8_600_000 };
    return seed.deal({ customerId: taili, ownerId: lina, ...facts });
  });
  return { staff, customers, service, dealGroup, deals: { valve } };
}
