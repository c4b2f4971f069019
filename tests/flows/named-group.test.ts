/** 绑定 主管群: who may, which groups may be it, what happens to the one before, and what the log says. */
import { expect, it } from 'vitest';
import { SET_UP } from '../../src/crm/staff/greet.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, type Office, openOffice } from './office.ts';

/** A group of colleagues alone. */
const inside = (office: Office, name: string, customerId: string | null = null) =>
  office.run(async (tx) => {
    const links = { addedByStaffId: 'somebody', customerId, leadId: null, opportunityId: null };
    const facts = {
      accountId: ACCOUNT,
      externalId: name,
      kind: 'group',
      name,
      external: false,
      ignored: false,
    } as const;
    return (await tx.chat.insert({ id: tx.newId(), ...facts, ...links, createdAt: tx.now })).id;
  });

const tell = (office: Office, group: string, who: string, text: string) =>
  office.hear(group, who, text, { sender: { id: who, tenant: null, internal: true }, addressed: true });

const lastTold = async (office: Office) => (await office.texts()).at(-1);
const bound = (office: Office) => office.run(async (tx) => (await tx.namedGroup.get('supervisors'))?.chatId ?? null);
const finishSetUp = (office: Office) =>
  office.run((tx) => tx.setting.insert({ id: SET_UP, value: 'true', updatedAt: tx.now }));

describeDatabase('the supervisors’ group', () => {
  it('is named by who is in charge, asks before it takes the place of another, and can be given up', async () => {
    await using office = await openOffice();
    const chen = await office.employ('陈总监', { role: 'manager' });
    await office.employ('李娜');
    await finishSetUp(office);
    const [first, second] = [await inside(office, '华东主管'), await inside(office, '全国主管')];

    await tell(office, '华东主管', '李娜', '绑定 主管群');
    expect(await lastTold(office)).toEqual({ to: '李娜', text: '只有管理员和主管能定主管群，请找陈总监。' });
    expect(await bound(office)).toBeNull();

    await tell(office, '华东主管', '陈总监', '绑定 主管群');
    expect((await lastTold(office))?.text).toMatch(/^好的，群「华东主管」现在是主管群。/);
    expect(await bound(office)).toBe(first);
    await tell(office, '华东主管', '陈总监', '绑定主管群');
    expect((await lastTold(office))?.text).toBe('群「华东主管」本来就是主管群。');

    await tell(office, '全国主管', '陈总监', '绑定 主管群');
    expect((await lastTold(office))?.text).toMatch(/主管群现在是群「华东主管」（平台）。.*重新绑定 主管群/);
    expect(await bound(office)).toBe(first);
    await tell(office, '全国主管', '陈总监', '重新绑定 主管群');
    expect((await lastTold(office))?.text).toMatch(/现在是主管群，群「华东主管」不再是了/);
    expect(await bound(office)).toBe(second);

    await tell(office, '华东主管', '李娜', '解绑 主管群');
    expect(await bound(office)).toBe(second);
    await tell(office, '华东主管', '陈总监', '解绑 主管群');
    expect((await lastTold(office))?.text).toMatch(/群「全国主管」不再是主管群/);
    expect(await bound(office)).toBeNull();

    const log = await office.run((tx) => tx.auditEntry.list({ entity: 'chat' }, { orderBy: 'id' }));
    expect(log.map(({ action, actorId, entityId, detail }) => [action, actorId, entityId, detail])).toEqual([
      ['chat.named', chen, first, { key: 'supervisors', instead: null }],
      ['chat.named', chen, second, { key: 'supervisors', instead: first }],
      ['chat.unnamed', chen, second, { key: 'supervisors' }],
    ]);
  });

  it('is never one with outsiders in it, nor a customer’s, nor a private chat', async () => {
    await using office = await openOffice();
    const chen = await office.employ('陈总监', { role: 'admin' });
    const customer = await office.customer('宁波恒锐', chen);
    await office.group('恒锐采购群', {});
    await inside(office, '恒锐项目群', customer);
    await tell(office, '恒锐采购群', '陈总监', '绑定 主管群');
    expect((await lastTold(office))?.text).toMatch(/有公司以外的人/);
    await tell(office, '恒锐项目群', '陈总监', '绑定 主管群');
    expect((await lastTold(office))?.text).toMatch(/已经归到客户「宁波恒锐」/);
    const alone = {
      chat: { id: '陈总监', kind: 'direct' },
      sender: { id: '陈总监', tenant: null, internal: true },
    } as const;
    await office.hear('', '陈总监', '绑定 主管群', alone);
    expect((await lastTold(office))?.text).toMatch(/请在要当主管群的群里/);
    expect(await bound(office)).toBeNull();
  });

  it('may be named by anybody of the company while it is being set up and has no administrator', async () => {
    await using office = await openOffice();
    await office.employ('李娜');
    const group = await inside(office, '主管');
    await tell(office, '主管', '李娜', '绑定 主管群');
    expect(await bound(office)).toBe(group);
    await office.employ('陈总监', { role: 'admin' });
    await tell(office, '主管', '李娜', '解绑 主管群');
    expect(await bound(office)).toBe(group);
  });

  it('leaves alone a customer whose name begins alike', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜', { role: 'manager' });
    const customer = await office.customer('主管群贸易', lina);
    const group = await inside(office, '贸易项目');
    await tell(office, '贸易项目', '李娜', '绑定 主管群贸易');
    expect(await bound(office)).toBeNull();
    expect(await office.run(async (tx) => (await tx.chat.get(group))?.customerId)).toBe(customer);
  });
});
