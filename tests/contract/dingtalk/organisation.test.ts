/** The company's address book, read by the real adapter from the emulated platform. */
import { expect, it } from 'vitest';
import type { DeliveryError } from '../../../src/channel/delivery.ts';
import type { OrganisationPage, StaffFacts } from '../../../src/channel/organisation.ts';
import { type Desk, openDesk } from './harness.ts';

async function readAll(desk: Desk): Promise<{ pages: OrganisationPage[]; staff: Map<string, StaffFacts> }> {
  const pages: OrganisationPage[] = [];
  for await (const page of desk.channel.organisation?.() ?? []) pages.push(page);
  return { pages, staff: new Map(pages.flatMap(({ staff }) => staff).map((one) => [one.externalId, one])) };
}

it('departments come first, then people with their places, heads, supervisors and state, at no cost', async () => {
  await using desk = await openDesk();
  const { world } = desk.emulator;
  const sales = world.addDepartment('销售部');
  const east = world.addDepartment('华东组', sales);
  const service = world.addDepartment('售后部');
  const chen = { userId: 'chen', name: '陈总监', departmentIds: [sales], leadsIn: [sales], admin: true, title: '总监' };
  world.addPerson(chen);
  world.addPerson({
    userId: 'lina',
    name: '李娜',
    mobile: '13800000001',
    departmentIds: [east, service],
    managerId: 'chen',
  });
  world.addPerson({ userId: 'late', name: '未激活', departmentIds: [east], active: false });
  world.addPerson({ userId: 'boss', name: '总经理' });
  world.addPerson({ name: '外人', company: '客户公司' });

  const { pages, staff } = await readAll(desk);
  expect(pages.flatMap(({ departments }) => departments)).toEqual([
    { externalId: '1', name: '全公司', parentExternalId: null },
    { externalId: String(sales), name: '销售部', parentExternalId: '1' },
    { externalId: String(service), name: '售后部', parentExternalId: '1' },
    { externalId: String(east), name: '华东组', parentExternalId: String(sales) },
  ]);
  expect(pages.flatMap((page) => page.staff)).toHaveLength(4);
  expect(staff.get('chen')).toMatchObject({
    admin: true,
    title: '总监',
    departments: [{ externalId: String(sales), leads: true }],
  });
  expect(staff.get('lina')).toEqual({
    externalId: 'lina',
    name: '李娜',
    phone: '13800000001',
    email: null,
    title: null,
    supervisorExternalId: 'chen',
    departments: [
      { externalId: String(east), leads: false },
      { externalId: String(service), leads: false },
    ],
    active: true,
    admin: false,
  });
  expect(['late', 'boss'].map((id) => staff.get(id)?.active)).toEqual([false, true]);
  expect(desk.usage.used('api')).toBe(0);
});

it('a large department comes in several pages, within what the platform allows a second', async () => {
  await using desk = await openDesk();
  for (let i = 0; i < 60; i += 1) desk.emulator.world.addPerson({ name: `工人${i}` });
  const begun = performance.now();
  const { pages, staff } = await readAll(desk);
  expect(pages.map((page) => page.staff.length)).toEqual([0, 50, 10]);
  expect(staff.size).toBe(60);
  expect(performance.now() - begun).toBeGreaterThan(59 * 50);
});

it('a missing permission is named with the page that grants it, and the channel says so', async () => {
  await using desk = await openDesk({ scopes: ['qyapi_robot_sendmsg', 'qyapi_get_member'] });
  const error: DeliveryError = await readAll(desk).then(
    () => expect.fail('read without permission'),
    (fault) => fault,
  );
  expect(error.message).toContain('qyapi_get_department_list');
  expect(error.message).toContain('https://open-dev.dingtalk.com/appscope/apply');
  expect(desk.channel.state()).toMatchObject({ status: 'degraded' });
});

it('a busy platform is asked again, and who left in between is left out', async () => {
  await using desk = await openDesk();
  const { world, misbehave } = desk.emulator;
  world.addPerson({ userId: 'lina', name: '李娜' });
  world.addPerson({ userId: 'wang', name: '王强' });
  misbehave.api({ match: /user\/listid/, effect: { kind: 'rate_limit' } });
  misbehave.api({ match: /v2\/user\/get$/, effect: { kind: 'error', code: 60121 } });
  const { staff } = await readAll(desk);
  expect([...staff.keys()]).toEqual(['wang']);
});
