/** The same small company on DingTalk, where customers never speak: colleagues, and their internal groups with the robot. */
import type { App } from '../src/app.ts';
import type { DingtalkEmulator } from './dingtalk/index.ts';
import type { Chat, Person } from './dingtalk/world.ts';
import { createSeeder } from './seed.ts';

export interface DingtalkCompany {
  readonly staff: { readonly lina: Person; readonly wangqiang: Person; readonly chen: Person };
  /** Internal group about 越丰, known to the CRM. */
  readonly dealGroup: Chat;
  /** Internal group that belongs to no customer yet. */
  readonly freeGroup: Chat;
  readonly deals: { readonly roller: string };
}

/** Colleagues who are in the CRM already get a second identity here. */
export async function seedDingtalkCompany(app: App, dingtalk: DingtalkEmulator): Promise<DingtalkCompany> {
  const { world } = dingtalk;
  const chen = world.addPerson({ userId: 'chen', name: '陈总监', title: '销售总监', admin: true });
  const staff = {
    chen,
    lina: world.addPerson({ userId: 'lina', name: '李娜', title: '销售', managerId: chen.userId }),
    wangqiang: world.addPerson({ userId: 'wangqiang', name: '王强', title: '销售', managerId: chen.userId }),
  };
  const group = (name: string) => {
    const chat = world.createGroup({ name, members: [staff.lina, staff.wangqiang] });
    world.addBot(chat);
    return chat;
  };
  const [dealGroup, freeGroup] = [group('越丰项目内部群'), group('新项目讨论')];

  const account = app.accounts.find(({ platform }) => platform === 'dingtalk');
  if (!account) throw new Error('the sandbox needs DingTalk');
  const roller = await app.transact(async (tx) => {
    const seed = createSeeder(tx, account.id);
    const colleague = async (person: Person, role: 'sales' | 'manager', supervisorId: string | null) => {
      const known = await tx.staff.find({ name: person.name });
      const id = known?.id ?? (await seed.employ(person.name, role, supervisorId));
      await seed.identify(id, person.userId);
      return id;
    };
    const boss = await colleague(staff.chen, 'manager', null);
    const lina = await colleague(staff.lina, 'sales', boss);
    await colleague(staff.wangqiang, 'sales', boss);
    const yuefeng = await seed.sell({ name: '绍兴越丰印染', ownerId: lina, contactName: '沈厂长' });
    const { conversationId, name } = dealGroup;
    await seed.link({ externalId: conversationId, name, customerId: yuefeng, staffId: lina, external: false });
    const facts = { name: '越丰 输送辊 200 支', stage: 'qualified', amountMinor: 5_200_000 };
    return seed.deal({ customerId: yuefeng, ownerId: lina, ...facts });
  });
  return { staff, dealGroup, freeGroup, deals: { roller } };
}
