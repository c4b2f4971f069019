/** 绑定账号: a code asked for on one platform and said on another makes one colleague of two rows. */
import { expect, it } from 'vitest';
import { receiveMessage } from '../../src/crm/message/receive-message.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, type Office, openOffice, said } from './office.ts';

const ELSEWHERE = 'account-2';
const MINUTE_MS = 60_000;

/** Somebody tells the bot something in private, some minutes from now. */
const tell = (office: Office, accountId: string, who: string, text: string, minutes = 0, name = who) =>
  office.run((tx) => {
    const later: Tx = { ...tx, now: tx.now + minutes * MINUTE_MS };
    const sender = { id: who, tenant: null, internal: true };
    const given = { sender, senderName: name, addressed: true, chat: { id: who, kind: 'direct' as const } };
    return receiveMessage(later, accountId, said(who, who, text, given));
  });
const told = async (office: Office, count = 1) => (await office.texts()).slice(-count);
const codeFor = async (office: Office, who: string) => {
  await tell(office, ACCOUNT, who, '绑定账号');
  const [answer] = await told(office);
  return /绑定码：(\S+)/.exec(answer?.text ?? '')?.[1] ?? '';
};
const colleagues = (office: Office) =>
  office.run(async (tx) => (await tx.staff.list({ active: true })).map(({ name }) => name).sort());

describeDatabase('joining accounts', () => {
  it('moves the identity and what is in its hands to whoever asked for the code, and tells both sides', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    const code = await codeFor(office, '李娜');
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    expect(await office.run(async (tx) => (await tx.linkCode.list({}))[0]?.codeHash)).not.toContain(code.slice(0, 4));

    await tell(office, ELSEWHERE, 'Lina', '新建客户 苏州明远科技', 0, '李娜');
    expect(await colleagues(office)).toEqual(['李娜', '李娜']);
    await tell(office, ELSEWHERE, 'Lina', code.toLowerCase().replace('-', ''), 0, '李娜');
    expect(await told(office, 2)).toEqual([
      {
        to: 'Lina',
        text: '绑定好了：你在平台和平台的账号是同一个人（李娜），1 位客户也并到了一起。',
      },
      { to: '李娜', text: expect.stringMatching(/^你的平台账号已经绑定到这里.*不是你本人做的/) },
    ]);
    expect(await colleagues(office)).toEqual(['李娜']);
    await office.run(async (tx) => {
      expect((await tx.staffIdentity.list({ staffId: lina })).map(({ accountId }) => accountId).sort()).toEqual([
        ACCOUNT,
        ELSEWHERE,
      ]);
      expect(await tx.customer.find({ name: '苏州明远科技' })).toMatchObject({ ownerId: lina });
    });
    // Used up.
    await tell(office, ELSEWHERE, '王强', code);
    expect((await told(office))[0]?.text).toMatch(/这个绑定码不对，或者过期了/);
  });

  it('a code that is old or superseded is none; five wrong ones and none is looked at for a while', async () => {
    await using office = await openOffice();
    await office.employ('李娜');
    const first = await codeFor(office, '李娜');
    const code = await codeFor(office, '李娜');
    await tell(office, ELSEWHERE, 'Lina', `绑定账号 ${first}`);
    await tell(office, ELSEWHERE, 'Lina', code, 11);
    for (const wrong of ['AAAA2222', 'BBBB3333', 'CCCC4444']) await tell(office, ELSEWHERE, 'Lina', wrong);
    expect(new Set((await told(office, 5)).map(({ text }) => text.slice(0, 8)))).toEqual(new Set(['这个绑定码不对，']));
    await tell(office, ELSEWHERE, 'Lina', code);
    expect((await told(office))[0]?.text).toMatch(/错得太多/);
    expect(await colleagues(office)).toEqual(['Lina', '李娜']);
    // Somebody else may.
    await tell(office, ELSEWHERE, 'Lina2', code);
    expect(await colleagues(office)).toEqual(['Lina', '李娜']);
    expect(await office.run(async (tx) => (await tx.staffIdentity.find({ externalId: 'Lina2' }))?.staffId)).toBe(
      await office.run(async (tx) => (await tx.staffIdentity.find({ externalId: '李娜' }))?.staffId),
    );
  });

  it('is refused with a sentence: the own code, the same platform, somebody in charge by another name, and in a group', async () => {
    await using office = await openOffice();
    await office.employ('李娜');
    await office.employ('王强');
    const code = await codeFor(office, '李娜');
    await tell(office, ACCOUNT, '李娜', code);
    expect((await told(office))[0]?.text).toMatch(/已经是同一个人/);
    await tell(office, ACCOUNT, '王强', code);
    expect((await told(office))[0]?.text).toMatch(/是两位同事.*staff merge 王强 李娜/);
    await tell(office, ELSEWHERE, '陈总', '帮助');
    await office.run((tx) => tx.staff.update({ name: '陈总' }, { role: 'admin' }));
    await tell(office, ELSEWHERE, '陈总', code);
    expect((await told(office))[0]?.text).toMatch(/名字不一样（陈总、李娜）/);
    // Nor does anybody get the rights of who told them their code, or the customers of whom they told to say theirs.
    await office.run((tx) => tx.staff.update({ name: '王强' }, { role: 'manager' }));
    await tell(office, ELSEWHERE, '周路人', await codeFor(office, '王强'));
    expect((await told(office))[0]?.text).toMatch(/名字不一样（周路人、王强）/);
    await tell(office, ELSEWHERE, '周路人', '新建客户 苏州明远科技');
    await tell(office, ELSEWHERE, '周路人', code);
    expect((await told(office))[0]?.text).toMatch(/名字不一样（周路人、李娜）/);
    await office.group('内部群', {});
    await office.hear('内部群', '李娜', '绑定账号', {
      sender: { id: '李娜', tenant: null, internal: true },
      addressed: true,
    });
    expect((await told(office))[0]).toEqual({ to: '李娜', text: expect.stringMatching(/请私聊我发/) });
    expect(await colleagues(office)).toEqual(['周路人', '李娜', '王强', '陈总']);
  });
});
