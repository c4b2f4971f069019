/** A deal stands still: the right people hear of it once, in their chat, and the card says how it ends. */
import assert from 'node:assert/strict';
import { type Flow, settled } from './flow.ts';
import { alertsOf, onlyRuns, passLimit, readOnlyOn, tick } from './overdue-desk.ts';
import { overdueHoursFlows } from './overdue-hours.ts';

const feishu: Flow = {
  name: 'overdue:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const { chen, lina } = company.staff;
    const { bearing, shaft, housing } = company.deals;
    platform.say(company.customers.zhou, company.chats.hengrui, '你们先看看图纸，我下周再联系');
    platform.addBotToGroup(company.chats.team, chen);
    platform.say(chen, company.chats.team, '绑定 主管群', { mention: ['bot'] });
    await platform.waitForText(chen, '现在是主管群');
    await settled(sandbox);

    // Two deals of one day are one card; the same minute again finds nothing.
    await passLimit(sandbox, shaft);
    await tick(sandbox.app);
    assert.deepEqual(await tick(sandbox.app), { alerts: 0, told: 0 });
    const [mine, his] = [
      await platform.waitForCard(lina, '2 个商机停留太久'),
      await platform.waitForCard(chen, '2 个商机停留太久'),
    ];
    assert.match(mine.text, /明远 传动轴[\s\S]*已停留 1 个工作日，时限 1 个工作日/);
    assert.match(his.text, /李娜/);
    assert.equal(mine.buttons.filter((label) => label === '我来跟进').length, 2);
    const tap = await platform.tap(lina, mine.messageId, '推进到「需求确认」');
    assert.ok(tap.ok && tap.cardChanged, JSON.stringify(tap));
    await platform.waitForCard(
      chen,
      (one) => one.messageId === his.messageId && one.text.includes('李娜已推进到「需求确认」'),
    );
    assert.ok((await platform.tap(lina, mine.messageId, '我来跟进')).ok);
    const closed = await platform.waitForCard(
      chen,
      (one) => one.messageId === his.messageId && one.text.includes('李娜正在跟进'),
    );
    assert.deepEqual(closed.buttons, []);
    await onlyRuns(sandbox, bearing);

    await passLimit(sandbox, bearing);
    await tick(sandbox.app);
    const card = await platform.waitForCard(lina, '恒锐 轴承座 3000 套：在「需求确认」停留太久');
    assert.match(card.text, /宁波恒锐机电[\s\S]*3 个工作日[\s\S]*我下周再联系/);
    assert.deepEqual(card.buttons, ['我来跟进', '推进到「报价发送」', '延 3 个工作日']);
    await passLimit(sandbox, bearing, 200);
    await tick(sandbox.app);
    const counts = await platform.waitForCard(company.chats.team, '1 个商机停留太久');
    assert.match(counts.text, /需求确认[\s\S]*1 个/);
    assert.doesNotMatch(counts.text, /恒锐|李娜/);
    await platform.waitForCard(lina, (one) => one.messageId === card.messageId && one.buttons.length === 0);
    assert.equal(
      (await alertsOf(sandbox, housing)).every(({ state }) => state === 'over'),
      true,
    );
    await settled(sandbox);
  },
};

const wecom: Flow = {
  name: 'overdue:wecom',
  sandbox: { wecom: {} },
  async play(sandbox) {
    assert.ok(sandbox.wecom);
    const { platform, company } = sandbox.wecom;
    const { chen, lina } = company.staff;
    const { valve } = company.deals;
    await platform.waitForBot();
    const leaders = platform.world.createGroup({ name: '海川主管', members: [chen, lina], botIn: true });
    platform.mentionBot(chen, leaders, '绑定 主管群');
    await platform.waitForText(chen, '现在是主管群');
    // The answer goes to him alone; in the group his words are acknowledged.
    await platform.waitForText(leaders, '收到', { timeoutMs: 10_000 });
    await settled(sandbox);
    await readOnlyOn(sandbox, 'wecom');
    await onlyRuns(sandbox, valve);

    await passLimit(sandbox, valve);
    await tick(sandbox.app);
    const card = await platform.waitForCard(lina, '泰利 球阀阀体 首批');
    const his = await platform.waitForCard(chen, '泰利 球阀阀体 首批');
    assert.match(card.text, /需求确认[\s\S]*已停留 3 个工作日，时限 3 个工作日/);
    assert.deepEqual(card.buttons, ['我来跟进', '推进到「报价发送」', '延 3 个工作日']);
    const first = await platform.tap(lina, card.messageId, '我来跟进');
    assert.ok(first.ok);
    // The one update of each card is spent on how it ended.
    const ended = await platform.waitForCard(chen, (one) => one.messageId === his.messageId && one.updates > 0);
    assert.match(ended.text, /李娜正在跟进/);
    assert.deepEqual(ended.buttons, []);

    await sandbox.app.transact((tx) => tx.stageClock.update({ id: valve }, { heldUntil: null }));
    await passLimit(sandbox, valve, 300);
    await tick(sandbox.app);
    const counts = await platform.waitForCard(leaders, '1 个商机停留太久');
    assert.match(counts.text, /需求确认[\s\S]*1 个/);
    assert.doesNotMatch(counts.text, /泰利|李娜/);
    assert.deepEqual(counts.buttons, []);
  },
};

const dingtalk: Flow = {
  name: 'overdue:dingtalk',
  sandbox: { dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.dingtalk);
    const { platform, company } = sandbox.dingtalk;
    const { chen, lina } = company.staff;
    const { roller } = company.deals;
    await platform.waitForConnection();
    const leaders = platform.world.createGroup({ name: '海川主管', members: [chen, lina] });
    platform.world.addBot(leaders);
    platform.say(chen, leaders, '绑定 主管群', { mention: ['bot'] });
    await platform.waitForText(chen, '现在是主管群');
    await settled(sandbox);
    await readOnlyOn(sandbox, 'dingtalk');
    await onlyRuns(sandbox, roller);

    await passLimit(sandbox, roller, 200);
    await tick(sandbox.app);
    const card = await platform.waitForCard(lina, '越丰 输送辊 200 支');
    const his = await platform.waitForCard(chen, '越丰 输送辊 200 支');
    const counts = await platform.waitForCard(leaders, '1 个商机停留太久');
    assert.doesNotMatch(counts.text, /越丰|李娜/);
    const late = card.buttons.find((label) => label.includes('客户还在内部讨论'));
    assert.ok(late, card.buttons.join('、'));
    assert.ok((await platform.tap(lina, card.messageId, late)).ok);
    await settled(sandbox);
    const ended = await platform.waitForCard(
      chen,
      (one) => one.messageId === his.messageId && one.buttons.length === 0,
    );
    assert.match(ended.text, /李娜已延期：客户还在内部讨论/);
    await platform.waitForCard(leaders, (one) => one.messageId === counts.messageId && one.updates > 0);
  },
};

export const overdueFlows: readonly Flow[] = [feishu, wecom, dingtalk, ...overdueHoursFlows];
