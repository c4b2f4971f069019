/** The first day of the colleagues: each is greeted where they read, the supervisors' group gets its name, and one person on two platforms becomes one colleague. */
import assert from 'node:assert/strict';
import { greetEverybody } from '../../src/crm/staff/greet.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, settled } from './flow.ts';

/** A colleague who is on this platform alone, as its address book would bring them. */
function join(sandbox: Sandbox, platform: string, externalId: string, name: string): Promise<void> {
  const account = sandbox.app.accounts.find((one) => one.platform === platform);
  assert.ok(account);
  return sandbox.app.transact(async (tx) => {
    const staff = { id: tx.newId(), name, role: 'sales', supervisorId: null, active: true, createdAt: tx.now } as const;
    await tx.staff.insert(staff);
    await tx.staffIdentity.insert({ id: tx.newId(), accountId: account.id, externalId, staffId: staff.id });
  });
}

const greet = (sandbox: Sandbox): Promise<number> => sandbox.app.transact(greetEverybody);

const onFeishu: Flow = {
  name: 'greet:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    assert.equal(await greet(sandbox), 3);
    const hers = await platform.waitForCard(company.staff.lina, '李娜，你好，我是聊单');
    assert.match(hers.text, /你的客户：2 位/);
    assert.match(hers.text, /拉进客户群/);
    assert.match(hers.text, /加入聊单/);
    assert.match(hers.text, /3\. /);
    assert.doesNotMatch(hers.text, /4\. |你带团队/);
    const his = await platform.waitForCard(company.staff.chen, '陈总监，你好');
    assert.match(his.text, /绑定 主管群/);
    assert.equal(await greet(sandbox), 0);
    await settled(sandbox);
    assert.equal(platform.cardsOf(company.staff.lina).length, 1);
  },
};

const onWecom: Flow = {
  name: 'greet:wecom',
  sandbox: { wecom: {} },
  async play(sandbox) {
    assert.ok(sandbox.wecom);
    const { platform } = sandbox.wecom;
    const zhao = platform.world.addMember({ userid: 'zhaomin', name: '赵敏' });
    await join(sandbox, 'wecom', zhao.userid, zhao.name);
    assert.equal(await greet(sandbox), 4);
    await platform.waitForText(zhao, '赵敏，你好，我是聊单');
    await platform.waitForText(zhao, '转发或粘贴给“聊单”应用');
    await platform.waitForText(zhao, '你名下还没有客户');
  },
};

const onDingtalk: Flow = {
  name: 'greet:dingtalk',
  sandbox: { dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.dingtalk);
    const { platform } = sandbox.dingtalk;
    await platform.waitForConnection();
    const zhao = platform.world.addPerson({ userId: 'zhaomin', name: '赵敏' });
    await join(sandbox, 'dingtalk', zhao.userId, zhao.name);
    assert.equal(await greet(sandbox), 4);
    const card = await platform.waitForCard(zhao, '赵敏，你好，我是聊单');
    assert.match(card.text, /＠聊单/);
    assert.match(card.text, /粘贴/);
  },
};

/** Bound on one platform, moved to the next only when that is said, refused where a customer listens. */
const supervisorsGroup: Flow = {
  name: 'supervisors-group',
  sandbox: { wecom: {}, dingtalk: {} },
  async play(sandbox) {
    const { platform, company, wecom, dingtalk } = sandbox;
    assert.ok(wecom && dingtalk);
    await dingtalk.platform.waitForConnection();
    const { chen } = company.staff;
    const bound = () =>
      sandbox.app.look(async (tx) => {
        const row = await tx.namedGroup.get('supervisors');
        return row && (await tx.chat.get(row.chatId))?.externalId;
      });

    const customers = platform.world.createGroup({ name: '客户答谢群', members: [chen, company.customers.zhou] });
    platform.addBotToGroup(customers, chen);
    platform.say(company.customers.zhou, customers, '大家好');
    await settled(sandbox);
    platform.say(chen, customers, '绑定 主管群', { mention: ['bot'] });
    await platform.waitForText(chen, '有公司以外的人');
    assert.equal(await bound(), null);

    platform.addBotToGroup(company.chats.team, chen);
    platform.say(chen, company.chats.team, '绑定 主管群', { mention: ['bot'] });
    await platform.waitForText(chen, '现在是主管群');
    assert.equal(await bound(), company.chats.team.chatId);

    await wecom.platform.waitForBot();
    const leaders = wecom.platform.world.createGroup({
      name: '海川主管',
      members: [wecom.company.staff.chen],
      botIn: true,
    });
    wecom.platform.mentionBot(wecom.company.staff.chen, leaders, '绑定 主管群');
    await wecom.platform.waitForText(wecom.company.staff.chen, '主管群现在是群「海川销售部」（飞书）');
    assert.equal(await bound(), company.chats.team.chatId);
    wecom.platform.mentionBot(wecom.company.staff.chen, leaders, '重新绑定 主管群');
    await wecom.platform.waitForText(wecom.company.staff.chen, '不再是了');
    assert.equal(await bound(), leaders.chatId);

    const group = dingtalk.platform.world.createGroup({ name: '主管碰头', members: [dingtalk.company.staff.chen] });
    dingtalk.platform.world.addBot(group);
    dingtalk.platform.mentionBot(dingtalk.company.staff.chen, group, '解绑 主管群');
    await dingtalk.platform.waitForText(dingtalk.company.staff.chen, '不再是主管群');
    dingtalk.platform.mentionBot(dingtalk.company.staff.chen, group, '绑定 主管群');
    await dingtalk.platform.waitForText(dingtalk.company.staff.chen, '现在是主管群');
    assert.equal(await bound(), group.conversationId);
  },
};

const linkIdentity: Flow = {
  name: 'link-identity',
  sandbox: { dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.dingtalk);
    const elsewhere = sandbox.dingtalk.platform;
    await elsewhere.waitForConnection();
    const here = sandbox.platform.world.addPerson({ name: '赵敏' });
    const there = elsewhere.world.addPerson({ userId: 'zhaomin', name: '赵敏' });
    elsewhere.sayToBot(there, '新建客户 嘉兴永合机械');
    await elsewhere.waitForText(there, '已新建客户「嘉兴永合机械」');
    sandbox.platform.sayToBot(here, '绑定账号');
    const answer = await sandbox.platform.waitForText(here, '你的绑定码');
    const code = /绑定码：(\S+)/.exec(answer)?.[1];
    assert.ok(code);
    elsewhere.sayToBot(there, code);
    await elsewhere.waitForText(there, '是同一个人（赵敏），1 位客户也并到了一起');
    await sandbox.platform.waitForText(here, '你的钉钉账号已经绑定到这里');
    // Asked on one platform about what was made on the other.
    sandbox.platform.sayToBot(here, '谁负责永合');
    await sandbox.platform.waitForCard(here, '赵敏');
    const rows = await sandbox.app.look((tx) => tx.staff.list({ name: '赵敏', active: true }));
    assert.equal(rows.length, 1);
  },
};

export const peopleFlows: readonly Flow[] = [onFeishu, onWecom, onDingtalk, supervisorsGroup, linkIdentity];
