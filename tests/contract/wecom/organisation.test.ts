/** Members and departments, read by the real adapter from the emulated platform. */
import { expect, it } from 'vitest';
import type { DeliveryError } from '../../../src/channel/delivery.ts';
import type { OrganisationPage, StaffFacts } from '../../../src/channel/organisation.ts';
import { type Desk, openDesk } from './harness.ts';

async function readAll(desk: Desk): Promise<{ pages: OrganisationPage[]; staff: Map<string, StaffFacts> }> {
  const pages: OrganisationPage[] = [];
  for await (const page of desk.channel.organisation?.() ?? []) pages.push(page);
  return { pages, staff: new Map(pages.flatMap(({ staff }) => staff).map((one) => [one.externalId, one])) };
}

it('departments come first, then members with their places, heads, supervisors and state; numbers are withheld', async () => {
  await using desk = await openDesk();
  const { world, directory } = desk.emulator;
  const sales = directory.addDepartment('销售部');
  const east = directory.addDepartment('华东组', sales.id);
  const service = directory.addDepartment('售后部');
  service.leaders = ['wang'];
  world.addMember({ userid: 'chen', name: '陈总监', departments: [sales.id], leader: true, position: '销售总监' });
  world.addMember({
    userid: 'lina',
    name: '李娜',
    departments: [east.id, service.id],
    directLeaders: ['chen'],
    mobile: '13800000001',
  });
  world.addMember({ userid: 'wang', name: '王强', departments: [service.id] });
  world.addMember({ userid: 'off', name: '停用', departments: [east.id], disabled: true });
  world.addMember({ userid: 'late', name: '未激活', departments: [east.id], activated: false });

  const { pages, staff } = await readAll(desk);
  expect(pages.flatMap(({ departments }) => departments)).toEqual([
    { externalId: '1', name: '我们公司', parentExternalId: null },
    { externalId: String(sales.id), name: '销售部', parentExternalId: '1' },
    { externalId: String(east.id), name: '华东组', parentExternalId: String(sales.id) },
    { externalId: String(service.id), name: '售后部', parentExternalId: '1' },
  ]);
  expect(pages.flatMap((page) => page.staff)).toHaveLength(5);
  expect(staff.get('chen')).toMatchObject({ title: '销售总监', departments: [{ externalId: '2', leads: true }] });
  expect(staff.get('wang')?.departments).toEqual([{ externalId: '4', leads: true }]);
  expect(staff.get('lina')).toEqual({
    externalId: 'lina',
    name: '李娜',
    phone: null,
    email: null,
    title: null,
    supervisorExternalId: 'chen',
    departments: [
      { externalId: '3', leads: false },
      { externalId: '4', leads: false },
    ],
    active: true,
    admin: null,
  });
  expect(['off', 'late'].map((id) => staff.get(id)?.active)).toEqual([false, false]);
});

it('a large department comes in several pages', async () => {
  await using desk = await openDesk();
  for (let i = 0; i < 230; i += 1) desk.emulator.world.addMember({ userid: `u${i}`, name: `工人${i}` });
  const { pages, staff } = await readAll(desk);
  expect(pages.map((page) => page.staff.length)).toEqual([0, 100, 100, 30]);
  expect(staff.size).toBe(230);
});

it('an app that sees one department and one person reads those', async () => {
  await using desk = await openDesk();
  const { world, directory } = desk.emulator;
  const [sales, money] = [directory.addDepartment('销售部'), directory.addDepartment('财务部')];
  for (const department of directory.departments.values()) department.visible = department.id === sales.id;
  world.addMember({ userid: 'lina', name: '李娜', departments: [sales.id, money.id] });
  world.addMember({ userid: 'kuaiji', name: '会计', departments: [money.id] });
  world.addMember({ userid: 'chuna', name: '出纳', departments: [money.id], visible: false });
  const { pages, staff } = await readAll(desk);
  expect(pages.flatMap(({ departments }) => departments).map(({ name }) => name)).toEqual(['全公司', '销售部']);
  expect([...staff].map(([id, { departments }]) => [id, departments.map(({ externalId }) => externalId)])).toEqual([
    ['lina', [String(sales.id)]],
    ['kuaiji', ['1']],
  ]);
});

it('the right to names only brings names', async () => {
  await using desk = await openDesk();
  desk.emulator.world.addMember({ userid: 'lina', name: '李娜', position: '销售' });
  desk.emulator.misbehave.api({
    match: /user\/list$/,
    times: Number.POSITIVE_INFINITY,
    effect: { kind: 'error', code: 48002 },
  });
  const { staff } = await readAll(desk);
  expect(staff.get('lina')).toMatchObject({ name: '李娜', title: null, active: true });
});

it('a refusal says what to do', async () => {
  await using desk = await openDesk();
  desk.emulator.misbehave.api({ match: /department\/list/, effect: { kind: 'error', code: 60011 } });
  const error: DeliveryError = await readAll(desk).then(
    () => expect.fail('read without permission'),
    (fault) => fault,
  );
  expect(error).toMatchObject({ code: '60011', message: expect.stringContaining('可见范围') });
});

it('a busy platform is asked again', async () => {
  await using desk = await openDesk();
  desk.emulator.world.addMember({ userid: 'lina', name: '李娜' });
  desk.emulator.misbehave.api({ match: /user\/list$/, effect: { kind: 'error', code: 45033 } });
  expect((await readAll(desk)).staff.size).toBe(1);
});
