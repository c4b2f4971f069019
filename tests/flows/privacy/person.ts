// A customer's person of whom much is known, in every place where something can be known of anybody.

import { settled } from '../../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../../sandbox/start.ts';

export const SAID = '帮我报下价，规格书发你了';
/** A colleague is asked about it. */
export const HINT = '合同什么时候能签';
export const PRIVATE = '我下周要去医院复查';
export const PHONE = '13987654321';
export const EMAIL = 'zhou.gong@hengrui.example';
export const REMARK = '恒锐老周，爱钓鱼';

export interface Known {
  readonly contactId: string;
  readonly customerId: string;
  readonly name: string;
  readonly openId: string;
  readonly chatId: string;
}

/** He speaks and moves a deal; colleagues write about him. */
export async function knownPerson(sandbox: Sandbox): Promise<Known> {
  const { app, platform, company } = sandbox;
  const { zhou } = company.customers;
  platform.say(zhou, company.chats.hengrui, SAID);
  platform.say(zhou, company.chats.hengrui, PRIVATE);
  platform.say(zhou, company.chats.hengrui, HINT);
  platform.say(company.staff.lina, company.chats.hengrui, `${zhou.name}好，您的手机还是 139 8765 4321 吧`);
  await settled(sandbox);
  return app.transact(async (tx) => {
    const identity = await tx.contactIdentity.find({ externalId: zhou.openId });
    const contact = await tx.contact.get(identity?.contactId ?? '');
    const lina = await tx.staff.find({ name: company.staff.lina.name });
    if (!identity || !contact || !lina) throw new Error('the sandbox has seeded nobody');
    const { id: contactId, customerId } = contact;
    const at = { updatedAt: tx.now };
    await tx.contactProfile.insert({ id: contactId, phone: PHONE, title: '采购', email: EMAIL, ...at });
    const follow = { remark: REMARK, company: null, tags: ['老客户'], addedAt: tx.now, removedAt: null };
    const pair = { contactIdentityId: identity.id, staffId: lina.id };
    await tx.contactFollow.insert({ id: tx.newId(), ...pair, ...follow, ...at });
    const wrote = { customerId, opportunityId: null, staffId: lina.id, at: tx.now, createdAt: tx.now };
    await tx.activity.insert({ id: tx.newId(), ...wrote, kind: 'visit', text: `和${zhou.name}吃饭，电话 ${PHONE}` });
    await tx.activity.insert({ id: tx.newId(), ...wrote, kind: 'call', text: '约了技术交流' });
    await tx.task.insert({
      ...{ id: tx.newId(), customerId, opportunityId: company.deals.bearing, ownerId: lina.id, dueAt: null },
      ...{ title: `给${zhou.name}寄样册`, cause: 'manual', templateKey: null, createdBy: lina.id, createdAt: tx.now },
      ...{ doneAt: null, doneBy: null, version: 1 },
    });
    await tx.dealField.insert({
      ...{ id: tx.newId(), opportunityId: company.deals.bearing, fieldKey: 'decision_maker' },
      ...{ value: `${zhou.name} ${EMAIL}`, updatedBy: lina.id, updatedAt: tx.now },
    });
    return { contactId, customerId, name: zhou.name, openId: zhou.openId, chatId: company.chats.hengrui.chatId };
  });
}
