// Who may see and change what, on every operation: others' customers are as if they were not there, but for name and owner.

import { expect, it } from 'vitest';
import { operations } from '../../../src/http/contract/operations.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from './company.ts';

async function house(company: Company) {
  await company.department('华东');
  await company.department('华东一组', '华东');
  const lead = await company.employ('雷总', { department: '华东', leads: true });
  const boss = await company.employ('赵主管');
  const between = await company.employ('钱组长', { under: boss });
  const owner = await company.employ('孙销售', { under: between, department: '华东一组' });
  const helper = await company.employ('李协作');
  const peer = await company.employ('周同组', { department: '华东一组' });
  const stranger = await company.employ('吴路人');
  const manager = await company.employ('郑总', { role: 'admin' });
  // A manager sees the departments they lead, not the whole company, unless the policy says so.
  const elsewhere = await company.employ('冯经理', { role: 'manager' });
  const customer = await company.customer('宁波恒锐精密机电有限公司', owner);
  await company.transact((tx) =>
    tx.collaborator.insert({ id: tx.newId(), customerId: customer.id, staffId: helper, addedAt: tx.now }),
  );
  const sees = { owner, between, boss, lead, helper, manager };
  return { ...sees, peer, stranger, sees: Object.values(sees), not: [peer, stranger, elsewhere], customer };
}

/** Every operation about one customer or deal, with a body that would do. */
const about = (id: string, dealId: string, version: number): readonly (readonly [string, string, object?])[] => [
  ['GET', `/api/customers/${id}`],
  ['GET', `/api/customers/${id}/timeline`],
  ['PATCH', `/api/customers/${id}`, { grade: 'A' }],
  ['POST', `/api/customers/${id}/contacts`, { name: '陈工' }],
  ['POST', `/api/customers/${id}/activities`, { text: '回访' }],
  ['POST', `/api/customers/${id}/words`, { text: '今天天气不错' }],
  ['POST', `/api/customers/${id}/deals`, { name: '二期' }],
  ['GET', `/api/deals/${dealId}`],
  ['POST', `/api/deals/${dealId}/move`, { toStage: 'quoted', expectedVersion: version }],
];

describeDatabase('rights on the API', () => {
  it('the owner, those above, the head of the department above, a helper and an administrator do everything; others find nothing', async () => {
    await using company = await openCompany();
    const { sees, not, customer } = await house(company);
    for (const staffId of not)
      for (const [method, path, body] of about(customer.id, customer.dealId, 1))
        expect([method, path, codeOf(await company.ask(staffId, method, path, body))]).toEqual([
          method,
          path,
          '404 not_found',
        ]);
    for (const staffId of sees) {
      const { dealId } = await company.customer(`另一家${staffId}`, sees[0] as string);
      const helped = staffId === sees[4];
      for (const [method, path, body] of about(customer.id, helped ? customer.dealId : dealId, 1))
        expect([method, path, (await company.ask(staffId, method, path, body)).status]).toEqual([
          method,
          path,
          expect.toSatisfy((status: number) => status < 300),
        ]);
    }
  });

  it('a move that a stranger asks to take back is not there, and stays', async () => {
    await using company = await openCompany();
    const { owner, stranger, customer } = await house(company);
    const moved = await company.ask(owner, 'POST', `/api/deals/${customer.dealId}/move`, {
      toStage: 'quoted',
      expectedVersion: 1,
    });
    const changeId = moved.body.changes[0].id;
    const undo = `/api/deals/${customer.dealId}/undo`;
    expect(codeOf(await company.ask(stranger, 'POST', undo, { changeId }))).toBe('404 not_found');
    expect((await company.ask(owner, 'GET', `/api/deals/${customer.dealId}`)).body.deal.stage.key).toBe('quoted');
    const other = await company.customer('苏州明远', stranger);
    expect(codeOf(await company.ask(stranger, 'POST', `/api/deals/${other.dealId}/undo`, { changeId }))).toBe(
      '404 not_found',
    );
  });

  it('the list holds what one may see and no more, page by page', async () => {
    await using company = await openCompany();
    const { owner, boss, helper, peer, manager, customer } = await house(company);
    const more: string[] = [];
    for (let n = 0; n < 5; n += 1) more.push((await company.customer(`客户${n}`, owner)).id);
    const strangers = await company.customer('别人的', peer);
    const listed = async (staffId: string) => {
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await company.ask(
          staffId,
          'GET',
          `/api/customers?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        ids.push(...page.body.items.map(({ id }: { id: string }) => id));
        cursor = page.body.next;
      }
      return ids;
    };
    const all = [...more.toReversed(), customer.id];
    expect(await listed(owner)).toEqual(all);
    expect(await listed(boss)).toEqual(all);
    expect(await listed(helper)).toEqual([customer.id]);
    expect(await listed(peer)).toEqual([strangers.id]);
    expect(await listed(manager)).toEqual([strangers.id, ...all]);
  });

  it('anybody finds any customer by name, and learns name and owner alone of others’', async () => {
    await using company = await openCompany();
    const { stranger, owner, customer } = await house(company);
    const name = '宁波恒锐精密机电有限公司';
    for (const q of ['恒锐', '宁波恒銳', 'nbhr', '精密']) {
      const { body } = await company.ask(stranger, 'GET', `/api/search?q=${q}`);
      expect([q, body.items]).toEqual([q, [{ id: null, name, ownerName: '孙销售', mine: false }]]);
    }
    const { body } = await company.ask(owner, 'GET', '/api/search?q=恒锐');
    expect(body.items).toEqual([{ id: customer.id, name, ownerName: '孙销售', mine: true }]);
  });

  it('phones are whole for the owner and those above, and masked for a helper', async () => {
    await using company = await openCompany();
    const { owner, between, lead, manager, helper, customer } = await house(company);
    const phone = async (staffId: string) =>
      (await company.ask(staffId, 'GET', `/api/customers/${customer.id}`)).body.contacts[0].phone;
    for (const staffId of [owner, between, lead, manager]) expect(await phone(staffId)).toBe('13812345678');
    expect(await phone(helper)).toBe('138****5678');
  });

  it('nobody without a session gets anywhere', async () => {
    await using company = await openCompany();
    for (const { method, path } of Object.values(operations)) {
      const body = method === 'get' ? undefined : {};
      const answer = await company.ask('nobody', method.toUpperCase(), path.replace(':id', 'x'), body);
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });

  it('a colleague who has left gets nowhere with a session of before', async () => {
    await using company = await openCompany();
    const { owner, customer } = await house(company);
    await company.transact((tx) => tx.staff.update({ id: owner }, { active: false }));
    expect((await company.ask(owner, 'GET', `/api/customers/${customer.id}`)).status).toBe(401);
  });
});
