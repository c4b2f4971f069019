// What pages do with customers and deals: make, find doubles, move, take back, paste words, and who is written down.

import { expect, it } from 'vitest';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from './company.ts';

const group = (company: Company, externalId: string, given: { addedBy?: string; customerId?: string }) =>
  company.transact((tx) =>
    tx.chat.insert({
      id: tx.newId(),
      accountId: company.accountId,
      externalId,
      kind: 'group',
      name: `${externalId}群`,
      external: true,
      addedByStaffId: given.addedBy ?? null,
      customerId: given.customerId ?? null,
      leadId: null,
      opportunityId: null,
      ignored: false,
      createdAt: tx.now,
    }),
  );

describeDatabase('work on the API', () => {
  it('makes a customer with contact, deal and chat at once, and shows it whole', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    await group(company, 'oc_1', { addedBy: me });
    const chat = { platform: 'feishu', externalId: 'oc_1' };
    const before = await company.ask(me, 'GET', '/api/chat?platform=feishu&externalId=oc_1');
    expect(before.body).toEqual({ state: 'unknown', chatName: 'oc_1群', contactName: null, company: null });
    const made = await company.ask(me, 'POST', '/api/customers', {
      name: '苏州明远科技有限公司',
      contactName: '王工',
      phone: '+86 138-1234-5678',
      chat,
      deal: { amountMinor: 1_200_000 },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      own: true,
      chatLinked: true,
      contacts: [{ name: '王工', phone: '13812345678', phoneMasked: false }],
      openDeals: [{ stage: { key: 'contacted', name: '初步接触' }, amountMinor: 1_200_000, version: 1 }],
    });
    const after = await company.ask(me, 'GET', '/api/chat?platform=feishu&externalId=oc_1');
    expect(after.body).toMatchObject({ state: 'known', customerId: made.body.id });
  });

  it('finds doubles by any way of writing the name, by phone and by chat, and lets names alone be forced', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const other = await company.employ('吴路人');
    const known = await company.customer('宁波恒锐精密机电有限公司', other);
    await group(company, 'oc_2', { customerId: known.id });
    const double = { id: null, name: '宁波恒锐精密机电有限公司', ownerName: '吴路人', mine: false };
    for (const name of ['恒锐', '寧波恆銳', '宁波　恒锐 精密机电', '恒锐有限公司']) {
      const answer = await company.ask(me, 'POST', '/api/customers', { name });
      expect([name, answer.body.duplicates]).toEqual([name, [{ ...double, by: 'name' }]]);
      expect(answer.body).toMatchObject({ status: 409, code: 'duplicate', mayForce: true });
    }
    const byPhone = await company.ask(me, 'POST', '/api/customers', {
      name: '全新公司',
      phone: '138 1234 5678',
      force: true,
    });
    expect(byPhone.body).toMatchObject({ code: 'duplicate', mayForce: false, duplicates: [{ by: 'phone' }] });
    const chat = { platform: 'feishu', externalId: 'oc_2' };
    const byChat = await company.ask(me, 'POST', '/api/customers', { name: '全新公司', chat });
    expect(byChat.body).toMatchObject({ code: 'duplicate', duplicates: [{ by: 'chat', id: null }] });
    expect((await company.ask(other, 'POST', '/api/customers', { name: '恒锐' })).body.duplicates).toMatchObject([
      { id: known.id, mine: true },
    ]);
    expect((await company.ask(me, 'POST', '/api/customers', { name: '恒锐', force: true })).status).toBe(201);
    expect((await company.ask(me, 'POST', '/api/customers', { name: '苏州恒锐' })).status).toBe(409);
    expect((await company.ask(me, 'POST', '/api/customers', { name: '常熟汇川' })).status).toBe(201);
  });

  it('a form sent twice at once makes one customer', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const send = () => company.ask(me, 'POST', '/api/customers', { name: '太仓信达' });
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('who takes a chat along takes nobody along who is at another customer', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const other = await company.employ('吴路人');
    const theirs = await company.customer('宁波恒锐', other);
    const [one, two] = [await company.customer('苏州明远', me), await company.customer('太仓信达', me)];
    await group(company, 'both', { addedBy: me, customerId: one.id });
    await company.transact(async (tx) => {
      const [contact] = await tx.contact.list({ customerId: theirs.id });
      const person = { accountId: company.accountId, externalId: 'both', name: '王工', leadId: null };
      await tx.contactIdentity.insert({ id: tx.newId(), ...person, contactId: contact?.id ?? null });
    });
    const body = { platform: 'feishu', externalId: 'both', customerId: two.id };
    expect((await company.ask(me, 'POST', '/api/chats/link', body)).body).toMatchObject({ customerId: two.id });
    expect((await company.ask(me, 'GET', `/api/customers/${two.id}`)).body.contacts).toHaveLength(1);
    expect((await company.ask(other, 'GET', `/api/customers/${theirs.id}`)).body.contacts).toHaveLength(1);
  });

  it('a colleague’s open lead and its group are not taken along by whoever has the person as a contact, too', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const other = await company.employ('吴路人');
    const own = await company.customer('苏州明远', me);
    await group(company, 'oc_lead', { addedBy: other });
    await company.transact(async (tx) => {
      const chat = await tx.chat.find({ externalId: 'oc_lead' });
      const id = tx.newId();
      const times = { createdAt: tx.now, version: 1 };
      const what = {
        name: '新线索',
        ownerId: other,
        chatId: chat?.id ?? '',
        status: 'open',
        opportunityId: null,
      } as const;
      await tx.lead.insert({ id, ...what, ...times });
      await tx.chat.update({ externalId: 'oc_lead' }, { leadId: id });
      const person = { accountId: company.accountId, externalId: 'ou_wang', name: '王工', contactId: null, leadId: id };
      const { id: contactIdentityId } = await tx.contactIdentity.insert({ id: tx.newId(), ...person });
      const said = { remark: null, company: null, tags: [], addedAt: null, removedAt: null, updatedAt: tx.now };
      await tx.contactFollow.insert({ id: tx.newId(), contactIdentityId, staffId: me, ...said });
    });
    const chat = { platform: 'feishu', externalId: 'ou_wang' };
    const made = await company.ask(me, 'POST', '/api/customers', { name: '太仓信达', chat });
    expect(made.body).toMatchObject({ chatLinked: false });
    const link = { ...chat, customerId: own.id };
    expect((await company.ask(me, 'POST', '/api/chats/link', link)).body).toMatchObject({
      status: 403,
      detail: '这个会话已经是别的同事的线索，要改请找对方。',
    });
    await company.transact(async (tx) => {
      expect(await tx.lead.find({ ownerId: other })).toMatchObject({ status: 'open' });
      expect(await tx.chat.find({ externalId: 'oc_lead' })).toMatchObject({ customerId: null });
    });
    const theirs = await company.ask(other, 'POST', '/api/customers', { name: '无锡天元', chat });
    expect(theirs.body).toMatchObject({ chatLinked: true });
    expect(await company.audit({ action: 'chat.link' })).toEqual([`chat.link ${other}`]);
  });

  it('a chat that is not theirs tells nothing, and cannot be taken', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const other = await company.employ('吴路人');
    const mine = await company.customer('苏州明远', me);
    const theirs = await company.customer('无锡天元', other);
    await group(company, 'oc_free', { addedBy: other });
    await group(company, 'oc_theirs', { customerId: theirs.id });
    const look = async (externalId: string, platform = 'feishu') =>
      (await company.ask(me, 'GET', `/api/chat?platform=${platform}&externalId=${externalId}`)).body;
    const nothing = { state: 'unknown', chatName: null, contactName: null, company: null };
    expect(await look('oc_free')).toEqual(nothing);
    expect(await look('oc_never')).toEqual(nothing);
    expect(await look('oc_theirs', 'wecom')).toEqual(nothing);
    expect(await look('oc_theirs')).toEqual({ state: 'others', name: '无锡天元', ownerName: '吴路人' });
    for (const externalId of ['oc_free', 'oc_never', 'oc_theirs']) {
      const link = { platform: 'feishu', externalId, customerId: mine.id };
      expect(codeOf(await company.ask(me, 'POST', '/api/chats/link', link))).toBe('403 forbidden');
    }
    const given = { platform: 'feishu', externalId: 'oc_free', customerId: theirs.id };
    expect(codeOf(await company.ask(me, 'POST', '/api/chats/link', given))).toBe('404 not_found');
    expect((await company.ask(other, 'POST', '/api/chats/link', given)).body).toMatchObject({ state: 'known' });
  });

  it('a helper sees the customer’s chat and cannot carry it away to a customer of their own', async () => {
    await using company = await openCompany();
    const owner = await company.employ('孙销售');
    const helper = await company.employ('李协作');
    const theirs = await company.customer('苏州明远', owner);
    const own = await company.customer('无锡天元', helper);
    await company.transact((tx) =>
      tx.collaborator.insert({ id: tx.newId(), customerId: theirs.id, staffId: helper, addedAt: tx.now }),
    );
    await group(company, 'oc_help', { customerId: theirs.id });
    const link = { platform: 'feishu', externalId: 'oc_help', customerId: own.id };
    expect(codeOf(await company.ask(helper, 'POST', '/api/chats/link', link))).toBe('403 forbidden');
    const seen = await company.ask(helper, 'GET', '/api/chat?platform=feishu&externalId=oc_help');
    expect(seen.body).toMatchObject({ state: 'known', customerId: theirs.id });
  });

  it('moves a deal with a reason, refuses one that changed meanwhile, and takes the move back', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const { id, dealId } = await company.customer('苏州明远', me);
    const path = `/api/deals/${dealId}`;
    const move = (body: object) => company.ask(me, 'POST', `${path}/move`, body);
    expect(codeOf(await move({ toStage: 'nowhere', expectedVersion: 1 }))).toBe('422 unknown_stage');
    expect(codeOf(await move({ toStage: 'lost', expectedVersion: 1 }))).toBe('422 reason_missing');
    const moved = await move({ toStage: 'quoted', reason: '电话里要了报价', expectedVersion: 1 });
    expect(moved.body).toMatchObject({
      deal: { stage: { key: 'quoted' }, version: 2 },
      changes: [{ cause: 'manual', by: '孙销售', quote: '电话里要了报价', undoable: true }],
    });
    expect(codeOf(await move({ toStage: 'sampling', expectedVersion: 1 }))).toBe('409 changed_meanwhile');
    const both = await Promise.all([
      move({ toStage: 'sampling', expectedVersion: 2 }),
      move({ toStage: 'contracted', expectedVersion: 2 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const now = (await company.ask(me, 'GET', path)).body;
    const undone = await company.ask(me, 'POST', `${path}/undo`, { changeId: now.changes[0].id });
    expect(undone.body.deal).toMatchObject({ stage: { key: 'quoted' }, status: 'open' });
    expect(codeOf(await company.ask(me, 'POST', `${path}/undo`, { changeId: now.changes[0].id }))).toBe(
      '409 cannot_undo',
    );
    const version = undone.body.deal.version;
    const lost = await move({ toStage: 'lost', lostReason: '价格', expectedVersion: version });
    expect(lost.body.deal).toMatchObject({ status: 'lost', lostReason: '价格' });
    expect((await company.ask(me, 'GET', `/api/customers/${id}`)).body).toMatchObject({
      openDeals: [],
      closedDeals: [{ id: dealId }],
    });
  });

  it('pasted words move the one deal, and stand in the timeline as what moved it', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const { id } = await company.customer('苏州明远', me);
    const paste = (text: string) => company.ask(me, 'POST', `/api/customers/${id}/words`, { text });
    expect((await paste('今天天气不错')).body).toMatchObject({ outcome: 'nothing', deal: null });
    expect((await paste('麻烦帮我报下价')).body).toMatchObject({
      outcome: 'moved',
      deal: { stage: { key: 'quoted' } },
    });
    await company.ask(me, 'POST', `/api/customers/${id}/activities`, { text: '已电话回访' });
    const { body } = await company.ask(me, 'GET', `/api/customers/${id}/timeline`);
    expect(body.items).toMatchObject([
      { kind: 'activity', text: '已电话回访', by: '孙销售' },
      { kind: 'stage', change: { to: { key: 'quoted' }, quote: '麻烦帮我报下价', cause: 'signal' } },
    ]);
  });

  it('the timeline is read to its end, page by page, each thing once and the newest first', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const { id } = await company.customer('苏州明远', me);
    const chats = [await group(company, 'oc_a', { customerId: id }), await group(company, 'oc_b', { customerId: id })];
    await company.transact(async (tx) => {
      for (let n = 0; n < 30; n += 1) {
        const said = { speaker: 'customer' as const, speakerName: null, staffId: null, contactIdentityId: null };
        await tx.message.insert({
          ...said,
          id: tx.newId(),
          accountId: company.accountId,
          externalId: `m${n}`,
          chatId: chats[n % 2]?.id ?? '',
          text: `第${n}句`,
          // Three at a time in one instant: the place in the list must still be exact.
          sentAt: 1_000_000 + Math.floor(n / 3),
          expiresAt: tx.now + 1_000_000,
        });
        if (n % 3 > 0) continue;
        const note = { customerId: id, opportunityId: null, staffId: me, kind: 'note' as const, createdAt: tx.now };
        await tx.activity.insert({ ...note, id: tx.newId(), text: `记${n}`, at: 1_000_000 + Math.floor(n / 3) });
      }
    });
    const items: { id: string; at: number }[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: { items: { id: string; at: number }[]; next: string | null } } = await company.ask(
        me,
        'GET',
        `/api/customers/${id}/timeline?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      items.push(...page.body.items);
      cursor = page.body.next;
    }
    expect(new Set(items.map((item) => item.id)).size).toBe(40);
    expect(items).toHaveLength(40);
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort((a, b) => b - a));
  });

  it('today shows one’s own deals, the longest untouched first, with when each was last touched', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const boss = await company.employ('郑总', { role: 'admin' });
    const first = await company.customer('苏州明远', me);
    const second = await company.customer('无锡天元', me);
    const chat = await group(company, 'oc_1', { customerId: first.id });
    const [said, noted] = [Date.now() + 60_000, Date.now() - 60_000];
    await company.transact((tx) =>
      tx.message.insert({
        id: tx.newId(),
        accountId: company.accountId,
        externalId: 'm1',
        chatId: chat.id,
        speaker: 'customer',
        speakerName: '王工',
        staffId: null,
        contactIdentityId: null,
        text: '在吗',
        sentAt: said,
        expiresAt: said + 1_000,
      }),
    );
    await company.ask(me, 'POST', `/api/customers/${second.id}/activities`, { text: '回访', at: noted });
    const { body } = await company.ask(me, 'GET', '/api/today');
    expect(body).toMatchObject({
      leads: [],
      openCards: 0,
      deals: [
        { customerName: '无锡天元', touchedAt: noted, deal: { id: second.dealId, owner: { id: me, name: '孙销售' } } },
        { customerName: '苏州明远', touchedAt: said, deal: { id: first.dealId } },
      ],
    });
    expect((await company.ask(boss, 'GET', '/api/today')).body.deals).toEqual([]);
  });

  it('writes down every change, and every reading by others than the owner, without a word of it', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const boss = await company.employ('郑总', { role: 'admin' });
    const { id, dealId } = await company.customer('苏州明远', me);
    await company.ask(me, 'GET', `/api/customers/${id}`);
    await company.ask(me, 'GET', `/api/customers/${id}/timeline`);
    await company.ask(me, 'GET', `/api/deals/${dealId}`);
    expect(await company.audit({ entityId: id })).toEqual([]);
    await company.ask(boss, 'GET', `/api/customers/${id}`);
    await company.ask(boss, 'GET', `/api/customers/${id}/timeline`);
    await company.ask(boss, 'GET', `/api/deals/${dealId}`);
    await company.ask(me, 'PATCH', `/api/customers/${id}`, { remark: '老板姓顾', tags: ['重点'] });
    await company.ask(me, 'POST', `/api/customers/${id}/activities`, { text: '周五回访' });
    expect(await company.audit({ entityId: id })).toEqual([
      `customer.read ${boss}`,
      `customer.timeline ${boss}`,
      `deal.read ${boss}`,
      `customer.update ${me}`,
      `activity.create ${me}`,
    ]);
    const [update] = await company.transact((tx) => tx.auditEntry.list({ action: 'customer.update' }));
    expect(update?.detail).toEqual({ fields: ['tags', 'remark'] });
    await company.ask(me, 'POST', `/api/deals/${dealId}/move`, {
      toStage: 'quoted',
      reason: '要报价',
      expectedVersion: 1,
    });
    const [move] = await company.transact((tx) => tx.auditEntry.list({ entityId: dealId }));
    expect(move).toMatchObject({ action: 'deal.move', detail: { from: 'contacted', to: 'quoted' } });
    expect(JSON.stringify(move)).not.toContain('要报价');
  });

  it('says in Chinese what is wrong with a request, and tells its own shape', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const wrong = await company.ask(me, 'POST', '/api/customers', { name: '', phone: '不知道' });
    expect(wrong.body).toMatchObject({ status: 400, code: 'bad_request', title: '填写有误' });
    expect(wrong.body.detail).toMatch(/name：.*；phone：电话只能有数字/);
    const { body } = await company.ask(me, 'GET', '/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths['/api/customers'])).toEqual(['get', 'post']);
    expect(body.paths['/api/search'].get.parameters).toMatchObject([{ name: 'q', in: 'query', required: true }]);
    const who = await company.ask(me, 'GET', '/api/me');
    expect(who.body).toMatchObject({ staff: { id: me, name: '孙销售', role: 'sales' }, platform: 'feishu' });
    const today = await company.ask(me, 'GET', '/api/today');
    expect(today.body).toEqual({ leads: [], deals: [], tasks: [], laterTasks: 0, openCards: 0 });
  });
});
