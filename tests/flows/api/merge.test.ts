// Two customers that are one company become one: nothing is left behind, and the id that went leads to the one that stayed.

import { expect, it } from 'vitest';
import { noteAbout } from '../../../src/crm/ask/take-note.ts';
import { schemas } from '../../../src/persistence/schemas.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from './company.ts';

/** Tables that name a customer by a column, which a merge has to carry over or say why not. */
const CARRIED = [
  'contact',
  'opportunity',
  'chat',
  'activity',
  'collaborator',
  'task',
  'quote',
  'approval',
  'attachment',
  'stage_clock',
  'alert',
];

const NOW = 1_900_000_000_000;

/** One row about the customer in every table that names one. */
async function fill(company: Company, customerId: string, staffId: string, n: number): Promise<void> {
  await company.transact(async (tx) => {
    const id = () => tx.newId();
    await tx.chat.insert({
      ...{ id: id(), accountId: company.accountId, externalId: `oc_${n}`, kind: 'group', name: null, external: true },
      ...{ addedByStaffId: null, customerId, leadId: null, opportunityId: null, ignored: false, createdAt: NOW },
    });
    await tx.activity.insert({
      ...{ id: id(), customerId, opportunityId: null, staffId, kind: 'call', text: `第${n}次电话` },
      ...{ at: NOW, createdAt: NOW },
    });
    await tx.collaborator.insert({ id: id(), customerId, staffId, addedAt: NOW });
    await tx.task.insert({
      ...{ id: id(), customerId, opportunityId: null, ownerId: staffId, title: '回访', dueAt: null, cause: 'manual' },
      ...{ templateKey: null, createdBy: null, createdAt: NOW, doneAt: null, doneBy: null, version: 1 },
    });
  });
}

/** Every stored value of the company that is or holds the id, as table.column. */
async function mentions(company: Company, id: string): Promise<string[]> {
  return company.transact(async (tx) => {
    const found = new Set<string>();
    for (const name of Object.keys(schemas) as (keyof typeof schemas)[])
      for (const row of (await (tx[name as 'customer'] as typeof tx.customer).list({})) as object[])
        for (const [column, value] of Object.entries(row))
          if (JSON.stringify(value ?? null).includes(id)) found.add(`${name}.${column}`);
    return [...found].sort();
  });
}

it('a table that names a customer is carried over by a merge', () => {
  const naming = Object.values(schemas)
    .filter(({ options }) => Object.keys(options.columns).includes('customerId'))
    .map(({ options }) => options.name);
  expect(naming.sort()).toEqual(CARRIED.toSorted());
});

describeDatabase('merging customers', () => {
  it('carries everything over, and the old id leads to the new customer everywhere', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const helper = await company.employ('李协作');
    const kept = await company.customer('宁波恒锐精密机电有限公司', me);
    const other = await company.customer('恒锐机电', me);
    await fill(company, kept.id, helper, 1);
    await fill(company, other.id, helper, 2);
    await company.ask(me, 'POST', `/api/customers/${other.id}/contacts`, { name: '陈工', phone: '13900001111' });
    await company.ask(me, 'PATCH', `/api/customers/${kept.id}`, { grade: 'B', tags: ['重点'] });
    await company.ask(me, 'PATCH', `/api/customers/${other.id}`, {
      grade: 'A',
      region: '华东',
      tags: ['重点', '老客户'],
    });
    const merged = await company.ask(me, 'POST', `/api/customers/${kept.id}/merge`, { otherId: other.id });
    expect(merged.body).toMatchObject({
      state: 'merged',
      moved: { contacts: 2, joined: 1, chats: 1, deals: 1, activities: 1, tasks: 2, collaborators: 0 },
      customer: {
        id: kept.id,
        profile: { grade: 'B', region: '华东', tags: ['重点', '老客户'] },
        contacts: [{ name: '王工' }, { name: '陈工' }],
        collaborators: [{ name: '李协作' }],
      },
    });
    expect(merged.body.customer.openDeals).toHaveLength(2);
    // The row itself, what leads from it, and what was written down of the past.
    expect(await mentions(company, other.id)).toEqual([
      'auditEntry.detail',
      'auditEntry.entityId',
      'customer.id',
      'customerMerge.id',
      'customerProfile.id',
    ]);
    const old = `/api/customers/${other.id}`;
    expect((await company.ask(me, 'GET', old)).body.id).toBe(kept.id);
    const { body: timeline } = await company.ask(me, 'GET', `${old}/timeline`);
    expect(timeline.items.map(({ text }: { text?: string }) => text)).toEqual(
      expect.arrayContaining(['第1次电话', '第2次电话', '把「恒锐机电」合并到这个客户。']),
    );
    expect((await company.ask(me, 'PATCH', old, { grade: 'C' })).body).toMatchObject({ id: kept.id });
    expect((await company.ask(me, 'POST', `${old}/activities`, { text: '再访' })).status).toBe(201);
    expect((await company.ask(me, 'POST', `${old}/deals`, { name: '二期' })).body.customerId).toBe(kept.id);
    // The bot, asked by a card of before.
    const staff = await company.transact((tx) => tx.staff.get(me));
    if (!staff) throw new Error('the colleague is gone');
    expect(await company.transact((tx) => noteAbout(tx, staff, other.id, '客户来电'))).toBe(
      '已记到「宁波恒锐精密机电有限公司」：客户来电',
    );
    const listed = await company.ask(me, 'GET', '/api/customers');
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([kept.id]);
    expect(await company.audit({ entityId: other.id, action: 'customer.merged_into' })).toHaveLength(1);
    const [note] = await company.transact((tx) => tx.auditEntry.list({ action: 'customer.merge' }));
    expect(note).toMatchObject({ entityId: kept.id, detail: { from: other.id, moved: { joined: 1 } } });
  });

  it('of one that went into another already, the chain leads to the end; with itself nothing happens', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const [a, b, c] = [
      await company.customer('甲', me),
      await company.customer('乙', me),
      await company.customer('丙', me),
    ];
    const merge = (into: string, otherId: string) =>
      company.ask(me, 'POST', `/api/customers/${into}/merge`, { otherId });
    expect(codeOf(await merge(a.id, a.id))).toBe('409 same_customer');
    expect((await merge(b.id, a.id)).body.state).toBe('merged');
    expect(codeOf(await merge(b.id, a.id))).toBe('409 same_customer');
    expect(codeOf(await merge(a.id, b.id))).toBe('409 same_customer');
    // By the id of the one that went, the one it went into is merged.
    expect((await merge(c.id, a.id)).body).toMatchObject({ state: 'merged', customer: { id: c.id } });
    for (const { id } of [a, b]) expect((await company.ask(me, 'GET', `/api/customers/${id}`)).body.id).toBe(c.id);
    expect(codeOf(await merge(c.id, 'nobody'))).toBe('404 not_found');
  });

  it('two who merge the same two at once, both ways round, make one customer of them', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const boss = await company.employ('郑总', { role: 'admin' });
    for (let round = 0; round < 4; round += 1) {
      const [a, b] = [await company.customer(`甲${round}`, me), await company.customer(`乙${round}`, me)];
      const answers = await Promise.all([
        company.ask(me, 'POST', `/api/customers/${a.id}/merge`, { otherId: b.id }),
        company.ask(boss, 'POST', `/api/customers/${b.id}/merge`, { otherId: a.id }),
        ...[1, 2, 3].map((n) => company.ask(me, 'POST', `/api/customers/${b.id}/activities`, { text: `记${n}` })),
      ]);
      expect(
        answers
          .slice(0, 2)
          .map(({ status }) => status)
          .sort(),
      ).toEqual([200, 409]);
      const [one, two] = [
        (await company.ask(me, 'GET', `/api/customers/${a.id}`)).body,
        (await company.ask(me, 'GET', `/api/customers/${b.id}`)).body,
      ];
      expect(one.id).toBe(two.id);
      expect(one.openDeals).toHaveLength(2);
      const { body } = await company.ask(me, 'GET', `/api/customers/${a.id}/timeline`);
      expect(body.items.filter(({ text }: { text: string }) => /^记\d$/.test(text))).toHaveLength(3);
    }
  });

  it('of another’s customer only who is above both may; who sees it can ask its owner, once a day', async () => {
    await using company = await openCompany();
    const boss = await company.employ('赵主管');
    const me = await company.employ('孙销售', { under: boss });
    const other = await company.employ('李娜', { under: boss });
    const [mine, theirs] = [await company.customer('恒锐一', me), await company.customer('恒锐二', other)];
    const path = `/api/customers/${mine.id}/merge`;
    expect(codeOf(await company.ask(me, 'POST', path, { otherId: theirs.id }))).toBe('404 not_found');
    await company.transact((tx) =>
      tx.collaborator.insert({ id: tx.newId(), customerId: theirs.id, staffId: me, addedAt: tx.now }),
    );
    const refused = await company.ask(me, 'POST', path, { otherId: theirs.id });
    expect(codeOf(refused)).toBe('403 ask_owner');
    expect(refused.body.detail).toContain('李娜');
    for (let n = 0; n < 2; n += 1)
      expect((await company.ask(me, 'POST', path, { otherId: theirs.id, ask: true })).body).toEqual({
        state: 'asked',
        ownerName: '李娜',
      });
    expect(await company.audit({ entityId: theirs.id, action: 'customer.merge_asked' })).toHaveLength(2);
    expect((await company.ask(boss, 'POST', path, { otherId: theirs.id })).body).toMatchObject({ state: 'merged' });
    // The other's owner goes on as a helper.
    expect((await company.ask(other, 'GET', `/api/customers/${theirs.id}`)).body).toMatchObject({
      id: mine.id,
      rights: { work: true, manage: false },
    });
  });

  it('a lead whose conversion is taken back afterwards takes no customer with it', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const kept = await company.customer('恒锐', me);
    const other = await company.customer('恒锐机电', me);
    const moved = await company.ask(me, 'POST', `/api/deals/${other.dealId}/move`, {
      toStage: 'quoted',
      expectedVersion: 1,
    });
    const changeId = moved.body.changes[0].id;
    await company.transact(async (tx) => {
      const lead = {
        name: '恒锐机电',
        ownerId: me,
        chatId: 'c',
        status: 'converted' as const,
        createdAt: 1,
        version: 2,
      };
      await tx.lead.insert({ ...lead, id: 'lead', opportunityId: other.dealId });
      await tx.stageChange.update({ id: changeId }, { leadId: 'lead' });
    });
    await company.ask(me, 'POST', `/api/customers/${kept.id}/merge`, { otherId: other.id });
    expect((await company.ask(me, 'POST', `/api/deals/${other.dealId}/undo`, { changeId })).status).toBe(200);
    expect((await company.ask(me, 'GET', `/api/customers/${kept.id}`)).body.openDeals).toHaveLength(2);
  });
});
