// What colleagues do with a customer beside its deals: doubles, marks, contacts, notes, helpers, and giving it away.

import { expect, it } from 'vitest';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from './company.ts';

/** Somebody in a colleague's address book. */
const follow = (company: Company, staffId: string, said: { company?: string; remark?: string }) =>
  company.transact(async (tx) => {
    const identity = await tx.contactIdentity.insert({
      ...{ id: tx.newId(), accountId: company.accountId, externalId: tx.newId(), name: '王总', contactId: null },
      leadId: null,
    });
    await tx.contactFollow.insert({
      ...{ id: tx.newId(), contactIdentityId: identity.id, staffId, remark: said.remark ?? null, tags: [] },
      ...{ company: said.company ?? null, addedAt: tx.now, removedAt: null, updatedAt: tx.now },
    });
    return identity.id;
  });

describeDatabase('customers on the API', () => {
  it('two colleagues who make one company at the same moment make one: the others see it', async () => {
    await using company = await openCompany();
    const people = await Promise.all([1, 2, 3, 4].map((n) => company.employ(`销售${n}`)));
    for (const names of [
      ['常熟汇川电气有限公司', '常熟市汇川电气', '汇川电气', '常熟汇川'],
      ['甲公司', '乙公司', '丙公司', '丁公司'],
    ]) {
      const phone = names[0] === '甲公司' ? { phone: '13700001111' } : {};
      const make = (staffId: string, n: number) =>
        company.ask(staffId, 'POST', '/api/customers', { name: names[n], ...phone });
      const answers = await Promise.all(people.map(make));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    }
  });

  it('whoever tries phones is written down, and stopped for an hour after thirty of others', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const other = await company.employ('李娜');
    const { id } = await company.customer('宁波恒锐', other);
    const attempt = () =>
      company.ask(me, 'POST', '/api/customers', { name: '全新公司', phone: '13812345678', force: true });
    const audit = { entityId: id, action: 'customer.phone_lookup' };
    expect(codeOf(await attempt())).toBe('409 duplicate');
    expect(await company.audit(audit)).toEqual([`customer.phone_lookup ${me}`]);
    await company.transact(async (tx) => {
      const note = { actorId: me, action: 'customer.phone_lookup', entity: 'customer' as const, detail: {} };
      for (let n = 0; n < 28; n += 1) await tx.auditEntry.insert({ ...note, id: tx.newId(), entityId: id, at: tx.now });
      await tx.auditEntry.insert({ ...note, id: tx.newId(), entityId: id, at: tx.now - 3_700_000 });
    });
    expect(codeOf(await attempt())).toBe('409 duplicate');
    const refused = await attempt();
    expect(codeOf(refused)).toBe('429 too_many');
    expect(refused.body.detail).toContain('请过一会儿再试');
    const free = { name: '另一家', phone: '13600002222' };
    expect(codeOf(await company.ask(me, 'POST', '/api/customers', free))).toBe('429 too_many');
    expect((await company.ask(me, 'POST', '/api/customers', { name: '另一家' })).status).toBe(201);
  });

  it('nobody tries out the rest of a phone of which they see a part: that nobody has a number counts, too', async () => {
    await using company = await openCompany();
    const owner = await company.employ('李娜');
    const helper = await company.employ('孙销售');
    const boss = await company.employ('陈总', { role: 'admin' });
    const { id } = await company.customer('宁波恒锐', owner);
    await company.ask(owner, 'POST', `/api/customers/${id}/collaborators`, { add: [helper] });
    const seen = await company.ask(helper, 'GET', `/api/customers/${id}`);
    expect(seen.body.contacts).toMatchObject([{ phone: '138****5678', phoneMasked: true }]);
    await company.customer('苏州明远', helper);
    const attempt = (who: string, phone: string) =>
      company.ask(who, 'POST', '/api/customers', { name: '苏州明远', phone });
    expect(codeOf(await attempt(helper, '13812345678'))).toBe('409 duplicate');
    expect(await company.audit({ entityId: id, action: 'customer.phone_lookup' })).toHaveLength(1);
    for (let n = 1; n < 30; n += 1) expect(codeOf(await attempt(helper, `138${1000 + n}5678`))).toBe('409 duplicate');
    expect(codeOf(await attempt(helper, '13812345678'))).toBe('429 too_many');
    // Who is shown every number finds nothing out.
    for (const phone of ['13812345678', '13811115678']) await attempt(boss, phone);
    expect((await company.audit({ action: 'customer.phone_lookup' })).filter((note) => note.includes(boss))).toEqual(
      [],
    );
  });

  it('completes a name from customers of anybody and from companies in address books', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const other = await company.employ('李娜');
    await company.customer('宁波恒锐机械有限公司', other);
    await follow(company, other, { company: '苏州明远科技有限公司' });
    await follow(company, other, { remark: '明远 王总' });
    await follow(company, other, { remark: '无锡天元轴承厂' });
    for (const remark of [
      '张总13912345678 天元有限公司',
      '天元有限公司-１３９ 1234 5678-贸易',
      '天元贸易-0510-8888888-公司',
    ])
      await follow(company, other, { remark });
    const suggest = async (q: string) => (await company.ask(me, 'GET', `/api/suggest?q=${q}`)).body.items;
    const theirs = { id: null, name: '宁波恒锐机械有限公司', ownerName: '李娜', mine: false };
    for (const q of ['恒锐', 'hr', 'hengrui', '恒銳', 'nbhr'])
      expect([q, await suggest(q)]).toEqual([q, [{ name: '宁波恒锐机械有限公司', customer: theirs }]]);
    expect(await suggest('明远')).toEqual([{ name: '苏州明远科技有限公司', customer: null }]);
    expect(await suggest('天元')).toEqual([{ name: '无锡天元轴承厂', customer: null }]);
    expect(await suggest('王总')).toEqual([]);
    await company.ask(me, 'POST', '/api/customers', { name: '苏州明远科技有限公司' });
    expect(await suggest('明远')).toMatchObject([{ name: '苏州明远科技有限公司', customer: { mine: true } }]);
  });

  it('marks come from the policy and from what is in use, and the list is read by them, page by page', async () => {
    await using company = await openCompany();
    const boss = await company.employ('赵主管');
    const me = await company.employ('孙销售', { under: boss });
    const helped = await company.customer('协作的', boss);
    await company.transact((tx) =>
      tx.collaborator.insert({ id: tx.newId(), customerId: helped.id, staffId: me, addedAt: tx.now }),
    );
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift((await company.customer(`客户${n}`, me)).id);
    const mark = (id: string, body: object) => company.ask(boss, 'PATCH', `/api/customers/${id}`, body);
    for (const id of ids.slice(0, 3)) await mark(id, { grade: 'A', tags: ['重点', '50%_预付'] });
    const wide = { grade: 'B', tags: ['50'], region: '华东', productLine: '泵', industry: '化工', source: '展会' };
    expect((await mark(helped.id, wide)).body.profile).toMatchObject(wide);
    const list = async (query: string) => {
      const found: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body } = await company.ask(me, 'GET', `/api/customers?limit=2${query}${more}`);
        found.push(...body.items.map(({ id }: { id: string }) => id));
        cursor = body.next;
      }
      return found;
    };
    expect(await list('')).toEqual([...ids, helped.id]);
    expect(await list('&own=1')).toEqual(ids);
    expect(await list('&grade=A')).toEqual(ids.slice(0, 3));
    expect(await list('&grade=B')).toEqual([helped.id]);
    expect(await list('&grade=B&own=1')).toEqual([]);
    expect(await list('&tag=50')).toEqual([helped.id]);
    const { body } = await company.ask(me, 'GET', '/api/marks');
    expect(body).toMatchObject({ grades: ['A', 'B', 'C', 'D'], regions: ['华东'], sources: ['展会'] });
    expect(body.tags.slice(0, 2)).toEqual(['重点', '老客户']);
    expect(body.tags).toContain('50%_预付');
  });

  it('contacts are corrected and removed, but for those who speak in a chat', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const boss = await company.employ('郑总', { role: 'admin' });
    const { id } = await company.customer('苏州明远', me);
    const contacts = async () => (await company.ask(me, 'GET', `/api/customers/${id}`)).body.contacts;
    const [wang] = await contacts();
    const changed = await company.ask(me, 'PATCH', `/api/contacts/${wang.id}`, { name: '王工程师', phone: null });
    expect(changed.body).toMatchObject({ name: '王工程师', phone: null, phoneMasked: false });
    await company.ask(me, 'PATCH', `/api/contacts/${wang.id}`, { phone: '+86 137 0000 1111', title: '设备' });
    expect(await contacts()).toMatchObject([{ phone: '13700001111', title: '设备' }]);
    await company.ask(boss, 'GET', `/api/customers/${id}`);
    const [read] = await company.transact((tx) => tx.auditEntry.list({ action: 'customer.read' }));
    expect(read).toMatchObject({ actorId: boss, detail: { phones: 1 } });
    const identity = await follow(company, me, {});
    await company.transact((tx) => tx.contactIdentity.update({ id: identity }, { contactId: wang.id }));
    const remove = () => company.ask(me, 'POST', `/api/contacts/${wang.id}/remove`, {});
    expect(codeOf(await remove())).toBe('409 contact_in_chat');
    await company.transact((tx) => tx.contactIdentity.update({ id: identity }, { contactId: null }));
    expect((await remove()).body).toMatchObject({ id, contacts: [] });
    expect(codeOf(await remove())).toBe('404 not_found');
  });

  it('a note says how and when, and never in the future', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const { id } = await company.customer('苏州明远', me);
    const path = `/api/customers/${id}/activities`;
    const yesterday = Date.now() - 86_400_000;
    await company.ask(me, 'POST', path, { text: '看了样机', how: 'visit', at: yesterday });
    const later = await company.ask(me, 'POST', path, { text: '约了周五', how: 'call', at: Date.now() + 86_400_000 });
    expect(later.body).toMatchObject({ how: 'call' });
    expect(later.body.at).toBeLessThanOrEqual(Date.now());
    const { body } = await company.ask(me, 'GET', `/api/customers/${id}/timeline`);
    expect(body.items).toMatchObject([{ how: 'call' }, { how: 'visit', at: yesterday, text: '看了样机' }]);
    expect(codeOf(await company.ask(me, 'POST', path, { text: 'x', how: 'telepathy' }))).toBe('400 bad_request');
  });

  it('helpers are chosen, and a customer is given away with its open deals, and both hear of it', async () => {
    await using company = await openCompany();
    await company.department('华东');
    const me = await company.employ('孙销售');
    const taker = await company.employ('李娜', { department: '华东' });
    const gone = await company.employ('冯离职');
    await company.transact((tx) => tx.staff.update({ id: gone }, { active: false }));
    const { id, dealId } = await company.customer('苏州明远', me);
    const find = async (q: string) => (await company.ask(me, 'GET', `/api/colleagues?q=${q}`)).body.items;
    expect(await find('华东')).toEqual([{ id: taker, name: '李娜', departments: ['华东'] }]);
    expect(await find('冯')).toEqual([]);
    const helpers = (body: object) => company.ask(me, 'POST', `/api/customers/${id}/collaborators`, body);
    expect((await helpers({ add: [taker] })).body.collaborators).toMatchObject([{ name: '李娜' }]);
    expect(codeOf(await helpers({ add: [gone] }))).toBe('422 no_colleague');
    expect((await helpers({ add: [taker, me] })).body.collaborators).toHaveLength(1);
    expect((await helpers({ remove: [taker] })).body.collaborators).toEqual([]);
    await helpers({ add: [taker] });
    const give = (staffId: string, stay?: boolean) =>
      company.ask(me, 'POST', `/api/customers/${id}/owner`, { staffId, ...(stay && { stay }) });
    expect(codeOf(await give(me))).toBe('409 same_owner');
    expect(codeOf(await give(gone))).toBe('422 no_colleague');
    // A question that waits for the owner of before waits for the new one.
    await company.ask(me, 'POST', `/api/customers/${id}/deals`, { name: '二期' });
    const asked = await company.ask(me, 'POST', `/api/customers/${id}/words`, { text: '麻烦帮我报下价' });
    expect(asked.body.outcome).toBe('which_deal');
    const given = await give(taker, true);
    const questions = await company.transact((tx) => tx.card.list({ status: 'open' }));
    expect(questions.map(({ staffId, data }) => [staffId, data.customerId])).toEqual([[taker, id]]);
    expect(given.body).toMatchObject({
      owner: { id: taker, name: '李娜' },
      customer: { own: false, rights: { work: true, manage: false }, collaborators: [{ id: me }] },
    });
    expect((await company.ask(taker, 'GET', `/api/deals/${dealId}`)).body.deal.owner.id).toBe(taker);
    expect(codeOf(await give(me))).toBe('403 forbidden');
    const back = await company.ask(taker, 'POST', `/api/customers/${id}/owner`, { staffId: me });
    expect(back.body).toMatchObject({ owner: { id: me }, customer: null });
    expect(await company.audit({ entityId: id, action: 'customer.owner' })).toEqual([
      `customer.owner ${me}`,
      `customer.owner ${taker}`,
    ]);
  });
});
