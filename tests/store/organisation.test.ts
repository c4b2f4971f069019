/** The company's address books become departments, colleagues and rights, on every database. */
import { expect, it } from 'vitest';
import { DeliveryError } from '../../src/channel/delivery.ts';
import type { DepartmentFacts, OrganisationPage, StaffFacts } from '../../src/channel/organisation.ts';
import { mayTakeFrom } from '../../src/crm/staff/rights.ts';
import { createLog } from '../../src/log.ts';
import { type OrganisationReport, syncOrganisation, syncOrganisationFirst } from '../../src/scheduler/organisation.ts';
import { organisationAdvice } from '../../src/scheduler/organisation-advice.ts';
import { describeDatabase } from '../support/services/database.ts';
import { openStore, type Store } from './open-store.ts';
import { as } from './rows.ts';

type Book = readonly OrganisationPage[] | Error;

const person = (externalId: string, given: Partial<StaffFacts> = {}): StaffFacts => ({
  externalId,
  name: externalId,
  phone: null,
  email: null,
  title: null,
  supervisorExternalId: null,
  departments: [{ externalId: 'root', leads: false }],
  active: true,
  admin: null,
  ...given,
});
const root: DepartmentFacts = { externalId: 'root', name: '公司', parentExternalId: null };
const below = (externalId: string, parentExternalId = 'root') => ({ externalId, name: externalId, parentExternalId });
const book = (staff: readonly StaffFacts[], departments: readonly DepartmentFacts[] = []): Book => [
  { departments: [root, ...departments], staff: [] },
  { departments: [], staff },
];
const inside = (externalId: string, leads = false) => [{ externalId, leads }];

/** One reading of these platforms; an Error is what the platform rejects with. */
async function sync(store: Store, books: Readonly<Record<string, Book>>, first = false): Promise<OrganisationReport[]> {
  const accounts = Object.entries(books).map(([id, pages]) => ({
    account: { id, tenantId: 't1', platform: id, appKey: id, externalTenant: null },
    channel: {
      organisation: async function* () {
        if (pages instanceof Error) throw pages;
        yield* pages;
      },
    },
  }));
  const deps = {
    accounts,
    transact: <T>(tenant: string, work: Parameters<typeof as<T>>[2]) => as(store, tenant, work),
  };
  const all = { ...deps, log: createLog('silent') };
  if (!first) return syncOrganisation(all);
  await syncOrganisationFirst(all);
  return [];
}

const everybody = (store: Store) =>
  as(store, 't1', async (tx) => new Map((await tx.staff.list({})).map((row) => [row.name, row])));

describeDatabase('the address books', () => {
  it('make departments, people in several of them, heads who are managers, and supervisors', async () => {
    await using store = await openStore();
    await sync(store, {
      feishu: book(
        [
          person('boss', { departments: inside('root', true) }),
          person('chen', { departments: inside('sales', true), title: '总监', email: 'c@x.cn' }),
          person('lina', { departments: [...inside('east'), ...inside('service')], supervisorExternalId: 'wang' }),
          person('wang', { departments: inside('service') }),
          person('zhao', { departments: inside('east') }),
        ],
        [below('sales'), below('east', 'sales'), below('service')],
      ),
    });
    const staff = await everybody(store);
    const id = (name: string) => staff.get(name)?.id;
    expect([...staff.values()].map(({ name, role }) => `${name} ${role}`).sort()).toEqual(
      ['boss manager', 'chen manager', 'lina sales', 'wang sales', 'zhao sales'].sort(),
    );
    expect(staff.get('lina')?.supervisorId).toBe(id('wang'));
    expect(staff.get('zhao')?.supervisorId).toBe(id('chen'));
    expect(staff.get('chen')?.supervisorId).toBe(id('boss'));
    expect(staff.get('wang')?.supervisorId).toBe(id('boss'));
    expect(staff.get('boss')?.supervisorId).toBeNull();
    await as(store, 't1', async (tx) => {
      expect(await tx.staffDepartment.list({ staffId: id('lina') ?? '' })).toHaveLength(2);
      expect(await tx.staffProfile.get(id('chen') ?? '')).toMatchObject({ jobRank: '总监', email: 'c@x.cn' });
      const [job] = await tx.job.list({});
      expect(job).toMatchObject({ status: 'done', done: 5, note: expect.stringContaining('已同步 5 人，新增 5 人') });
    });
  });

  it('read again change what changed: names, places, heads; a department that went keeps its row', async () => {
    await using store = await openStore();
    const departments = [below('sales'), below('old')];
    await sync(store, {
      feishu: book(
        [
          person('a', { name: '小李', departments: inside('sales', true) }),
          person('b', { departments: inside('old', true) }),
        ],
        departments,
      ),
    });
    const before = await everybody(store);
    await sync(store, {
      feishu: book(
        [
          person('a', { name: '李娜', departments: inside('sales') }),
          person('b', { departments: inside('sales', true) }),
        ],
        [below('sales')],
      ),
    });
    const after = await everybody(store);
    expect(after.get('李娜')).toMatchObject({ id: before.get('小李')?.id, role: 'sales' });
    expect(after.get('b')).toMatchObject({ role: 'manager' });
    await as(store, 't1', async (tx) => {
      expect((await tx.department.find({ externalId: 'old' }))?.removedAt).not.toBeNull();
      expect(await tx.staffDepartment.list({ staffId: after.get('b')?.id ?? '' })).toHaveLength(1);
    });
  });

  it('know one person on two platforms by their number, written either way', async () => {
    await using store = await openStore();
    await sync(store, {
      feishu: book([person('ou_1', { name: '李娜', phone: '+86 138-0000-0001' })]),
      dingtalk: book([person('0042', { name: '李娜', phone: '13800000001' }), person('0043', { name: '王强' })]),
    });
    await as(store, 't1', async (tx) => {
      const staff = await tx.staff.list({});
      expect(staff.map(({ name }) => name).sort()).toEqual(['李娜', '王强'].sort());
      const lina = staff.find(({ name }) => name === '李娜');
      expect((await tx.staffIdentity.list({ staffId: lina?.id ?? '' })).map(({ externalId }) => externalId)).toEqual(
        expect.arrayContaining(['ou_1', '0042']),
      );
      expect(await tx.auditEntry.find({ action: 'staff.linked', entityId: lina?.id ?? '' })).not.toBeNull();
    });
  });

  it('link nobody by a number that fits two, nor a leaver whose number was given out again, and say so', async () => {
    await using store = await openStore();
    await as(store, 't1', async (tx) => {
      for (const [name, phone, active] of [
        ['甲', '13811112222', true],
        ['乙', '13811112222', true],
        ['老张', '13899990000', false],
      ] as const) {
        const { id } = await tx.staff.insert({
          id: tx.newId(),
          name,
          role: 'sales',
          supervisorId: null,
          active,
          createdAt: 1,
        });
        const profile = { phone, email: null, region: null, productLines: [], jobRank: null, updatedAt: 1 };
        await tx.staffProfile.insert({ id, ...profile });
        await tx.staffIdentity.insert({ id: tx.newId(), accountId: 'wecom', externalId: name, staffId: id });
      }
    });
    const [report] = await sync(store, {
      feishu: book([
        person('x', { name: '丙', phone: '13811112222' }),
        person('y', { name: '新人', phone: '13899990000' }),
      ]),
    });
    const staff = await everybody(store);
    expect(staff.size).toBe(5);
    expect(staff.get('老张')?.active).toBe(false);
    expect(report?.problems).toEqual([expect.stringMatching(/丙 的手机号 138\*{4}2222 与 甲、乙/)]);
    expect(report?.note).not.toContain('13811112222');
  });

  it('make inactive who is in none of them any more, keep who is still in one, and delete nobody', async () => {
    await using store = await openStore();
    const [one, two] = [{ phone: '13800000001' }, { phone: '13800000002' }];
    const boss = person('boss', { departments: inside('root', true) });
    await sync(store, {
      feishu: book([boss, person('both', one), person('single', two)]),
      dingtalk: book([person('both-d', { ...one, name: 'both' })]),
    });
    await as(store, 't1', async (tx) => {
      const [owner] = await tx.staff.list({ name: 'single' });
      await tx.customer.insert({
        id: tx.newId(),
        name: '恒锐',
        ownerId: owner?.id ?? '',
        createdAt: 1,
        withdrawnAt: null,
      });
    });
    await sync(store, { feishu: book([boss]), dingtalk: book([person('both-d', { ...one, name: 'both' })]) });
    const staff = await everybody(store);
    expect([...staff.values()].map(({ name, active }) => `${name} ${active}`).sort()).toEqual([
      'boss true',
      'both true',
      'single false',
    ]);
    await as(store, 't1', async (tx) => {
      expect(await tx.customer.find({ name: '恒锐' })).toMatchObject({ ownerId: staff.get('single')?.id });
      expect(await tx.auditEntry.find({ action: 'staff.deactivated' })).toMatchObject({
        entityId: staff.get('single')?.id,
      });
    });
    await sync(store, { feishu: book([boss, person('single', two)]), dingtalk: book([]) });
    expect([...(await everybody(store)).values()].map(({ name, active }) => `${name} ${active}`).sort()).toEqual([
      'boss true',
      'both false',
      'single true',
    ]);
  });

  it('a platform that could not be read, or shows only a few people now, makes nobody inactive', async () => {
    await using store = await openStore();
    const people = Array.from({ length: 30 }, (_, index) => person(`p${index}`));
    await sync(store, { feishu: book(people) });
    const denied = new DeliveryError('retryable', '99991672', '应用缺少权限：请在「权限管理」开通。', null);
    await sync(store, { feishu: denied });
    expect([...(await everybody(store)).values()].filter(({ active }) => !active)).toEqual([]);
    const account = { id: 'feishu', platform: 'feishu' };
    expect(await as(store, 't1', (tx) => organisationAdvice(tx, [{ account }]))).toEqual([
      expect.stringContaining('请在「权限管理」开通'),
    ]);
    const [report] = await sync(store, { feishu: book(people.slice(0, 3)) });
    expect([...(await everybody(store)).values()].filter(({ active }) => !active)).toEqual([]);
    expect(report?.note).toContain('可见范围');
    expect(await as(store, 't1', (tx) => organisationAdvice(tx, [{ account }]))).toEqual([]);
  });

  it('disabled on one platform is still at work on another; disabled everywhere is not', async () => {
    await using store = await openStore();
    const phone = '13800000001';
    await sync(store, {
      wecom: book([person('w', { name: '李娜', phone, active: false }), person('gone', { active: false })]),
      feishu: book([person('f', { name: '李娜', phone })]),
    });
    const staff = await everybody(store);
    expect(staff.get('李娜')?.active).toBe(true);
    expect(staff.get('gone')?.active).toBe(false);
    await sync(store, {
      wecom: book([person('w', { name: '李娜', phone, active: false })]),
      feishu: book([person('f', { name: '李娜', phone, active: false })]),
    });
    expect((await everybody(store)).get('李娜')?.active).toBe(false);
  });

  it('supervisors in a ring harm nobody', async () => {
    await using store = await openStore();
    await sync(store, {
      feishu: book([
        person('a', { supervisorExternalId: 'b' }),
        person('b', { supervisorExternalId: 'c' }),
        person('c', { supervisorExternalId: 'a' }),
        person('self', { supervisorExternalId: 'self' }),
        person('d'),
      ]),
    });
    const staff = await everybody(store);
    expect(staff.get('self')?.supervisorId).toBeNull();
    const [a, c, d] = ['a', 'c', 'd'].map((name) => staff.get(name));
    if (!a || !c || !d) throw new Error('missing');
    await as(store, 't1', async (tx) => {
      expect(await mayTakeFrom(tx, c, a.id)).toBe(true);
      expect(await mayTakeFrom(tx, d, a.id)).toBe(false);
    });
  });

  it('what people have decided by hand stays; the first administrators are the platform’s', async () => {
    await using store = await openStore();
    const pages = book([person('a', { departments: inside('root', true) }), person('it', { admin: true })]);
    await sync(store, { dingtalk: pages });
    const before = await everybody(store);
    expect(before.get('it')?.role).toBe('admin');
    await as(store, 't1', async (tx) => {
      const id = before.get('a')?.id ?? '';
      await tx.staff.update({ id }, { role: 'sales' });
      const detail = { by: 'command' };
      await tx.auditEntry.insert({
        id: tx.newId(),
        actorId: null,
        action: 'staff.role',
        entity: 'staff',
        entityId: id,
        detail,
        at: tx.now + 1,
      });
    });
    await sync(store, { dingtalk: pages });
    expect((await everybody(store)).get('a')?.role).toBe('sales');
  });

  it('are read at the first start, and not at the next', async () => {
    await using store = await openStore();
    await sync(store, { feishu: book([person('a')]) }, true);
    await sync(store, { feishu: book([person('a'), person('b')]) }, true);
    expect((await everybody(store)).size).toBe(1);
  });
});
