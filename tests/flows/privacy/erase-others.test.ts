// A customer and a colleague who left are erased: figures and approvals stay, names do not.

import { expect, it } from 'vitest';
import { settled } from '../../../sandbox/flows/flow.ts';
import type { App } from '../../../src/app.ts';
import { eraseSome } from '../../../src/crm/privacy/erase-rows.ts';
import { planErasure } from '../../../src/crm/privacy/plan.ts';
import { findSubjects } from '../../../src/crm/privacy/subject.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { tablesWith } from '../kill/remains.ts';
import { crm } from './command.ts';
import { HINT, knownPerson, PHONE, PRIVATE, SAID } from './person.ts';

/** An erasure that was cut off on its way. */
async function eraseHalf(app: App, customerId: string): Promise<void> {
  const plan = await app.look(async (tx) => {
    const [subject] = await findSubjects(tx, 'customer', customerId);
    if (!subject) throw new Error('no such customer');
    return planErasure(tx, subject, { also: [], keep: [] });
  });
  for (const rows of plan.rows.slice(0, plan.rows.length / 2))
    await app.transact((tx) => eraseSome(tx, rows, rows.ids, ''));
}

describeDatabase('erasing others', () => {
  const open = useSandbox();

  it('a customer goes with its people and words once its deals are over', async () => {
    const sandbox = await open();
    const { DATABASE_URL: url = '' } = sandbox.environment;
    const { app, company } = sandbox;
    const { customerId, name, openId } = await knownPerson(sandbox);
    const firm = '宁波恒锐机电';
    const early = await crm(url, 'erase', '--customer', firm, '--yes');
    expect(early.code).toBe(1);
    expect(early.err).toContain('还有 1 个进行中的商机');
    expect(await tablesWith(url, PRIVATE)).toEqual(['message']);

    await app.transact((tx) =>
      tx.opportunity.update({ customerId, status: 'open' }, { status: 'lost', closedAt: tx.now, lostReason: name }),
    );
    await eraseHalf(app, customerId);
    const done = await crm(url, 'erase', '--customer', firm, '--yes', '--also', '恒锐');
    expect({ code: done.code, err: done.err }).toEqual({ code: 0, err: '' });
    await settled(sandbox);
    for (const trace of [firm, '恒锐', name, openId, PHONE, SAID, PRIVATE, '约了技术交流'])
      expect({ trace, in: await tablesWith(url, trace) }).toEqual({ trace, in: [] });
    const cards = sandbox.platform.cardsOf(company.staff.lina).map(({ text }) => text);
    expect(cards.length).toBeGreaterThan(0);
    expect([firm, SAID, HINT, PRIVATE].filter((trace) => cards.join().includes(trace))).toEqual([]);
    const [deal, customer, chat] = await app.look(async (tx) => [
      await tx.opportunity.get(company.deals.bearing),
      await tx.customer.get(customerId),
      await tx.chat.find({ externalId: company.chats.hengrui.chatId }),
    ]);
    expect(deal).toMatchObject({ amountMinor: 7_140_000, status: 'lost', name: '已删除客户的商机' });
    expect(customer?.name).toMatch(/^已删除的客户 /);
    expect(chat).toMatchObject({ customerId: null, ignored: true });
  });

  it('a colleague who left becomes a number; one who is at work, or holds customers, stays', async () => {
    const sandbox = await open();
    const { DATABASE_URL: url = '' } = sandbox.environment;
    const { app, platform, company } = sandbox;
    const { lina, wangqiang } = company.staff;
    platform.say(lina, company.chats.hengrui, '报价单发您邮箱了');
    await settled(sandbox);
    expect((await crm(url, 'erase', '--staff', lina.name, '--yes')).err).toContain('还在职');
    const id = await app.transact(async (tx) => {
      const row = await tx.staff.find({ name: lina.name });
      await tx.staff.update({ id: row?.id ?? '' }, { active: false });
      return row?.id ?? '';
    });
    expect((await crm(url, 'erase', '--staff', lina.name, '--yes')).err).toContain('先交接');
    await app.transact(async (tx) => {
      const to = await tx.staff.find({ name: wangqiang.name });
      for (const table of [tx.customer, tx.opportunity, tx.lead] as const)
        await (table as typeof tx.customer).update({ ownerId: id }, { ownerId: to?.id ?? '' });
    });
    const done = await crm(url, 'erase', '--staff', lina.name, '--yes');
    expect({ code: done.code, err: done.err }).toEqual({ code: 0, err: '' });
    await settled(sandbox);
    for (const trace of [lina.name, lina.openId, '13800000001'])
      expect({ trace, in: await tablesWith(url, trace) }).toEqual({ trace, in: [] });
    const [staff, said] = await app.look(async (tx) => [
      await tx.staff.get(id),
      await tx.message.list({ staffId: id }),
    ]);
    expect(staff).toMatchObject({ name: '已注销员工 1', active: false });
    expect(said.map(({ speakerName, text }) => ({ speakerName, text }))).toEqual([
      { speakerName: '已注销员工 1', text: '报价单发您邮箱了' },
    ]);
  });

  it('names that others carry are left where others may be meant, and ways of calling somebody can be added', async () => {
    const sandbox = await open();
    const { DATABASE_URL: url = '' } = sandbox.environment;
    const { app } = sandbox;
    const { customerId, contactId, name } = await knownPerson(sandbox);
    const twin = await app.transact(async (tx) => {
      const lina = await tx.staff.find({ name: sandbox.company.staff.lina.name });
      const wrote = { customerId, opportunityId: null, staffId: lina?.id ?? '', at: tx.now, createdAt: tx.now };
      await tx.activity.insert({ id: tx.newId(), ...wrote, kind: 'note', text: `${name}和老周头都来了` });
      return tx.contact.insert({ id: tx.newId(), customerId, name, createdAt: tx.now });
    });
    const several = await crm(url, 'erase', '--contact', name, '--yes');
    expect(several.code).toBe(1);
    expect(several.err).toContain(contactId);
    expect(several.err).toContain(twin.id);

    const done = await crm(url, 'erase', '--contact', contactId, '--yes', '--also', '老周头');
    expect(done.out).toContain(`${name}：别人`);
    const [activities, other, person] = await app.look(async (tx) => [
      await tx.activity.list({ customerId }),
      await tx.contact.get(twin.id),
      await tx.contact.get(contactId),
    ]);
    const texts = activities.map(({ text }) => text);
    expect(texts).toContain(`${name}和＊＊都来了`);
    expect(texts).toContain(`和${name}吃饭，电话 ＊＊`);
    expect(other?.name).toBe(name);
    expect(person?.name).toBe('已删除的联系人');
  });
});
