// Seeing is not changing: every operation of the API, asked by everybody who has something or nothing to do with a customer.

import { expect, it } from 'vitest';
import { type OperationName, operations } from '../../../src/http/contract/operations.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Answer, type Company, codeOf, openCompany } from './company.ts';
import { type Line, lines, type Made, type Who } from './operation-lines.ts';

const PEOPLE = ['owner', 'collaborator', 'superior', 'head', 'region', 'stranger', 'admin', 'left'] as const;
type Person = (typeof PEOPLE)[number];

const DONE = 'done';
const HIDDEN = '404 not_found';
const FORBIDDEN = '403 forbidden';
const OUT = '401 sign_in';

const everybody = { owner: DONE, collaborator: DONE, superior: DONE, head: DONE, admin: DONE, left: OUT };
const EXPECTED: Readonly<Record<Who, Readonly<Record<Person, string>>>> = {
  anybody: { ...everybody, region: DONE, stranger: DONE },
  see: { ...everybody, region: DONE, stranger: HIDDEN },
  work: { ...everybody, region: FORBIDDEN, stranger: HIDDEN },
  manage: { ...everybody, collaborator: FORBIDDEN, region: FORBIDDEN, stranger: HIDDEN },
  admin: {
    ...Object.fromEntries(PEOPLE.map((name) => [name, FORBIDDEN])),
    admin: DONE,
    left: OUT,
  } as Record<Person, string>,
  keeper: {
    ...Object.fromEntries(PEOPLE.map((name) => [name, FORBIDDEN])),
    ...{ region: DONE, admin: DONE, left: OUT },
  } as Record<Person, string>,
  writer: {
    ...Object.fromEntries(PEOPLE.map((name) => [name, FORBIDDEN])),
    ...{ owner: DONE, stranger: HIDDEN, left: OUT },
  } as Record<Person, string>,
  named: {
    ...Object.fromEntries(PEOPLE.map((name) => [name, FORBIDDEN])),
    ...{ owner: DONE, superior: DONE, stranger: HIDDEN, left: OUT },
  } as Record<Person, string>,
  over: { ...everybody, collaborator: HIDDEN, region: HIDDEN, stranger: HIDDEN },
  asked: {
    ...Object.fromEntries(PEOPLE.map((name) => [name, FORBIDDEN])),
    ...{ superior: DONE, stranger: HIDDEN, left: OUT },
  } as Record<Person, string>,
};

/** 同区域 sees the owner's customers by the region alone, as the policy of this company says. */
async function house(company: Company): Promise<Readonly<Record<Person, string>>> {
  await company.department('华东');
  await company.department('华东一组', '华东');
  const superior = await company.employ('赵主管');
  const people = {
    owner: await company.employ('孙销售', { under: superior, department: '华东一组' }),
    collaborator: await company.employ('李协作'),
    superior,
    head: await company.employ('雷总', { department: '华东', leads: true }),
    region: await company.employ('周同区', { role: 'manager' }),
    stranger: await company.employ('吴路人'),
    admin: await company.employ('郑总', { role: 'admin' }),
    left: await company.employ('冯离职'),
  };
  await company.transact(async (tx) => {
    for (const id of [people.owner, people.region])
      await tx.staffProfile.insert({
        ...{ id, region: '华东', productLines: [], jobRank: '区域经理', phone: null, email: null },
        updatedAt: tx.now,
      });
    await tx.staff.update({ id: people.left }, { active: false });
  });
  return people;
}

async function made(company: Company, people: Readonly<Record<Person, string>>, n: number): Promise<Made> {
  const { id: customerId, dealId } = await company.customer(`第${n}家机电有限公司`, people.owner);
  const contactId = await company.transact(async (tx) => {
    await tx.collaborator.insert({ id: tx.newId(), customerId, staffId: people.collaborator, addedAt: tx.now });
    return (await tx.contact.find({ customerId }))?.id ?? '';
  });
  const common = { company, customerId, dealId, contactId, ownerId: people.owner, strangerId: people.stranger };
  return { ...common, unique: `n${n}` };
}

async function ask(name: OperationName, line: Line, given: Made, staffId: string): Promise<Answer> {
  const { method, path } = operations[name];
  const own = path.startsWith('/api/deals/') ? given.dealId : given.customerId;
  const id = path.includes(':id') ? ((await line.id?.(given)) ?? own) : '';
  const body = await line.body?.(given);
  const address = path.replace(':id', id) + (line.query?.(given) ?? '');
  return given.company.ask(staffId, method.toUpperCase(), address, body);
}

const outcome = (answer: Answer): string => (answer.status < 300 ? DONE : codeOf(answer));

it('every operation has its line', () => {
  expect(Object.keys(lines).sort()).toEqual(Object.keys(operations).sort());
});

describeDatabase('seeing is not changing', () => {
  it('every operation does what it may for everybody', { timeout: 120_000 }, async () => {
    await using company = await openCompany({ ranks: [{ rank: '区域经理', sees: 'region' }] });
    const people = await house(company);
    let n = 0;
    for (const name of Object.keys(operations) as OperationName[]) {
      const line = lines[name];
      if (!line) continue;
      const found: Record<string, string> = {};
      for (const person of PEOPLE) {
        n += 1;
        found[person] = outcome(await ask(name, line, await made(company, people, n), people[person]));
      }
      expect({ name, found }).toEqual({ name, found: EXPECTED[line.who] });
    }
  });

  it('who sees everything by the policy changes nothing of it', async () => {
    await using company = await openCompany({ roles: { manager: 'all', sales: 'all' } });
    const { id, dealId } = await company.customer('宁波恒锐', await company.employ('孙销售'));
    for (const role of ['manager', 'sales'] as const) {
      const reader = await company.employ(`总览${role}`, { role });
      const seen = await company.ask(reader, 'GET', `/api/customers/${id}`);
      expect(seen.body.rights).toEqual({ work: false, manage: false });
      const move = { toStage: 'quoted', expectedVersion: 1 };
      expect(codeOf(await company.ask(reader, 'PATCH', `/api/customers/${id}`, { grade: 'A' }))).toBe(FORBIDDEN);
      expect(codeOf(await company.ask(reader, 'POST', `/api/deals/${dealId}/move`, move))).toBe(FORBIDDEN);
    }
  });

  it('says whom to ask, and renames for nobody who only helps', async () => {
    await using company = await openCompany({ ranks: [{ rank: '区域经理', sees: 'region' }] });
    const people = await house(company);
    const { customerId, dealId } = await made(company, people, 1);
    const path = `/api/customers/${customerId}`;
    const rights = async (person: Person) => (await company.ask(people[person], 'GET', path)).body.rights;
    expect(await rights('owner')).toEqual({ work: true, manage: true });
    expect(await rights('superior')).toEqual({ work: true, manage: true });
    expect(await rights('collaborator')).toEqual({ work: true, manage: false });
    expect(await rights('region')).toEqual({ work: false, manage: false });
    const grade = await company.ask(people.region, 'PATCH', path, { grade: 'B' });
    expect(grade.body.detail).toBe('你可以查看这个客户，不能修改。要一起跟进，请孙销售把你加为协作人。');
    const name = await company.ask(people.collaborator, 'PATCH', path, { name: '改了名', grade: 'B' });
    expect(name.body.detail).toBe('改名、合并、交接和选协作人，由孙销售或上级来做。请联系孙销售。');
    const seen = await company.ask(people.owner, 'GET', path);
    expect(seen.body).toMatchObject({ name: '第1家机电有限公司', profile: { grade: null } });
    const move = { toStage: 'quoted', expectedVersion: 1 };
    expect((await company.ask(people.region, 'POST', `/api/deals/${dealId}/move`, move)).body.detail).toBe(
      '你可以查看这个商机，不能修改。要一起跟进，请孙销售把你加为客户的协作人。',
    );
  });
});
