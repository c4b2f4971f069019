/** The company's address book, read by the real adapter with the real SDK from the emulated platform. */
import { expect, it } from 'vitest';
import type { DeliveryError } from '../../../src/channel/delivery.ts';
import type { OrganisationPage, StaffFacts } from '../../../src/channel/organisation.ts';
import { type Desk, openDesk } from './harness.ts';

async function readAll(desk: Desk): Promise<{ pages: OrganisationPage[]; staff: Map<string, StaffFacts> }> {
  const pages: OrganisationPage[] = [];
  for await (const page of desk.channel.organisation?.() ?? []) pages.push(page);
  return { pages, staff: new Map(pages.flatMap(({ staff }) => staff).map((one) => [one.externalId, one])) };
}

it('departments come first with what is above them, then people with their places, supervisors and state', async () => {
  await using desk = await openDesk('websocket');
  const { world } = desk.emulator;
  const sales = world.addDepartment('销售部');
  const east = world.addDepartment('华东组', sales.openId);
  const service = world.addDepartment('售后部');
  const head = world.addPerson({ name: '陈总监', title: '销售总监', departmentIds: [sales.openId] });
  sales.leaderId = head.openId;
  const lina = world.addPerson({
    name: '李娜',
    mobile: '+8613800000001',
    email: 'lina@example.com',
    departmentIds: [east.openId, service.openId],
    leaderId: head.openId,
  });
  const frozen = world.addPerson({ name: '冻结', departmentIds: [east.openId], frozen: true });
  const newcomer = world.addPerson({ name: '未激活', departmentIds: [east.openId], activated: false });
  const alone = world.addPerson({ name: '总经理' });
  world.addPerson({ name: '外人', company: '客户公司' });
  const gone = world.addPerson({ name: '走了', departmentIds: [east.openId] });
  gone.departed = true;

  const { pages, staff } = await readAll(desk);
  expect(pages.flatMap(({ departments }) => departments)).toEqual([
    { externalId: '0', name: '全公司', parentExternalId: null },
    { externalId: sales.openId, name: '销售部', parentExternalId: '0' },
    { externalId: east.openId, name: '华东组', parentExternalId: sales.openId },
    { externalId: service.openId, name: '售后部', parentExternalId: '0' },
  ]);
  expect(pages.flatMap((page) => page.staff)).toHaveLength(5);
  expect(staff.get(head.openId)).toMatchObject({
    title: '销售总监',
    phone: null,
    departments: [{ externalId: sales.openId, leads: true }],
  });
  expect(staff.get(lina.openId)).toEqual({
    externalId: lina.openId,
    name: '李娜',
    phone: '+8613800000001',
    email: 'lina@example.com',
    title: null,
    supervisorExternalId: head.openId,
    departments: [
      { externalId: east.openId, leads: false },
      { externalId: service.openId, leads: false },
    ],
    active: true,
    admin: null,
  });
  expect([frozen, newcomer, alone].map(({ openId }) => staff.get(openId)?.active)).toEqual([false, false, true]);
  expect(staff.get(alone.openId)?.departments).toEqual([{ externalId: '0', leads: false }]);
});

it('more people than a page holds come in several', async () => {
  await using desk = await openDesk('websocket');
  const { world } = desk.emulator;
  const { openId } = world.addDepartment('车间');
  for (let i = 0; i < 120; i += 1) world.addPerson({ name: `工人${i}`, departmentIds: [openId] });
  const { pages, staff } = await readAll(desk);
  expect(pages.map((page) => page.staff.length)).toEqual([0, 50, 50, 20]);
  expect(staff.size).toBe(120);
});

it('an app whose range is one department and one person reads those', async () => {
  await using desk = await openDesk('websocket');
  const { world } = desk.emulator;
  const [inside, outside] = [world.addDepartment('销售部'), world.addDepartment('财务部')];
  outside.available = false;
  const lina = world.addPerson({ name: '李娜', departmentIds: [inside.openId, outside.openId] });
  const ticked = world.addPerson({ name: '会计', departmentIds: [outside.openId] });
  const hidden = world.addPerson({ name: '出纳', departmentIds: [outside.openId] });
  hidden.available = false;
  const { pages, staff } = await readAll(desk);
  expect(pages.flatMap(({ departments }) => departments).map(({ name }) => name)).toEqual(['全公司', '销售部']);
  expect([...staff.keys()].sort()).toEqual([lina.openId, ticked.openId].sort());
  expect(staff.get(lina.openId)?.departments).toEqual([{ externalId: inside.openId, leads: false }]);
});

it('a missing permission is named, with what to do', async () => {
  await using desk = await openDesk('websocket');
  const msg = 'Access denied. One of the following scopes is required: [contact:contact.base:readonly]';
  desk.emulator.misbehave.api({
    match: /contact\/v3\/scopes/,
    effect: { kind: 'error', status: 400, code: 99991672, msg },
  });
  const error: DeliveryError = await readAll(desk).then(
    () => expect.fail('read without permission'),
    (fault) => fault,
  );
  expect(error.code).toBe('99991672');
  expect(error.message).toContain('权限管理');
  expect(error.message).toContain('contact:contact.base:readonly');
});

it('a busy platform is asked again', async () => {
  await using desk = await openDesk('websocket');
  desk.emulator.world.addPerson({ name: '李娜', departmentIds: [desk.emulator.world.addDepartment('销售部').openId] });
  for (const match of [/find_by_department/, /children/]) {
    desk.emulator.misbehave.api({ match, effect: { kind: 'rate_limit', resetSeconds: 1 } });
  }
  const { staff } = await readAll(desk);
  expect(staff.size).toBe(1);
});

it('an app without the permissions of single fields still learns who works where', async () => {
  await using desk = await openDesk('websocket', { contactFields: 'ids' });
  const { world } = desk.emulator;
  const { openId } = world.addDepartment('销售部');
  const lina = world.addPerson({ name: '李娜', mobile: '13800000001', departmentIds: [openId] });
  const { staff } = await readAll(desk);
  expect(staff.get(lina.openId)).toMatchObject({
    name: '',
    phone: null,
    departments: [{ externalId: openId, leads: false }],
    active: true,
  });
});
