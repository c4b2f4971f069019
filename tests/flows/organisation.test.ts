/** From the platforms' address books to rights: three platforms, one company, and who may see whose customers afterwards. */
import { expect, it } from 'vitest';
import { holds, scopeOf } from '../../src/crm/access/scope.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

/** As a company sets it whose managers see their departments only. */
const withNarrowManagers = (tx: Tx): Tx => ({
  ...tx,
  active: {
    ...tx.active,
    policy: { ...tx.active.policy, access: { roles: { sales: 'own', manager: 'department' }, ranks: [] } },
  },
});

describeDatabase('the organisation', () => {
  const open = useSandbox();

  it('a head of a department sees what their people have and nothing of the department beside it', async () => {
    const { app, platform, company } = await open();
    const { world } = platform;
    const sales = world.addDepartment('销售部');
    const east = world.addDepartment('华东组', sales.openId);
    const west = world.addDepartment('华西组', sales.openId);
    const liu = world.addPerson({ name: '刘组长', departmentIds: [east.openId] });
    east.leaderId = liu.openId;
    company.staff.lina.departmentIds = [east.openId];
    company.staff.wangqiang.departmentIds = [west.openId];
    company.staff.chen.departmentIds = [sales.openId];
    sales.leaderId = company.staff.chen.openId;

    const [report] = await app.syncOrganisation();
    expect(report).toMatchObject({
      platform: 'feishu',
      ok: true,
      people: 4,
      note: expect.stringContaining('新增 1 人'),
    });
    await app.look(async (bare) => {
      const tx = withNarrowManagers(bare);
      const by = async (name: string) => (await tx.staff.find({ name })) ?? expect.fail(`nobody is called ${name}`);
      const [head, director, lina, wang] = [await by('刘组长'), await by('陈总监'), await by('李娜'), await by('王强')];
      expect([head.role, director.role, lina.role]).toEqual(['manager', 'manager', 'sales']);
      expect(lina.supervisorId).toBe(head.id);
      expect(head.supervisorId).toBe(director.id);
      const sees = async (who: typeof head, whose: typeof head) => holds(await scopeOf(tx, who), whose.id);
      expect(await sees(head, lina)).toBe(true);
      expect(await sees(head, wang)).toBe(false);
      expect(await sees(director, wang)).toBe(true);
      expect(await sees(lina, wang)).toBe(false);
    });
  });

  it('three platforms make one company: who is on all of them stays one person', async () => {
    const { app, wecom, dingtalk } = await open({ wecom: {}, dingtalk: {} });
    dingtalk?.platform.world.addPerson({ userId: 'xu', name: '徐会计', mobile: '13700000001' });
    const before = await app.look((tx) => tx.staff.list({}));
    const reports = await app.syncOrganisation();
    expect(reports.map(({ platform, ok }) => `${platform} ${ok}`)).toEqual([
      'feishu true',
      'wecom true',
      'dingtalk true',
    ]);
    const staff = await app.look((tx) => tx.staff.list({}));
    expect(staff.map(({ name }) => name).sort()).toEqual([...before.map(({ name }) => name), '徐会计'].sort());
    expect(staff.every(({ active }) => active)).toBe(true);
    expect(staff.find(({ name }) => name === '陈总监')).toMatchObject({ role: 'admin' });
    expect(wecom).not.toBeNull();
  });

  it('a refused permission is on the health page with what to do, until it is granted', async () => {
    const { app, platform, url } = await open();
    const msg = 'Access denied. One of the following scopes is required: [contact:contact.base:readonly]';
    platform.misbehave.api({
      match: /contact\/v3\/scopes/,
      effect: { kind: 'error', status: 400, code: 99991672, msg },
    });
    const advice = async () =>
      ((await (await fetch(`${url}/health`)).json()) as { advice: string[] }).advice.join('\n');
    const [refused] = await app.syncOrganisation();
    expect(refused?.ok).toBe(false);
    expect(await advice()).toMatch(/没有读到组织架构.*权限管理.*contact:contact\.base:readonly/);
    await app.syncOrganisation();
    expect(await advice()).not.toContain('组织架构');
  });
});
