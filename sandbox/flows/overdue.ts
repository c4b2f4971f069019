/** A deal stands still: the right people hear of it once, in their chat, at a humane hour, and the card says how it ends. */
import assert from 'node:assert/strict';
import { mayTellGroupAt } from '../../src/crm/notice/quiet-time.ts';
import { showAlerts } from '../../src/scheduler/show-alerts.ts';
import { sweepClocks } from '../../src/scheduler/stage-sweep.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, settled } from './flow.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What the minute's job does, now. */
export async function tick({ app }: Pick<Sandbox, 'app'>): Promise<{ alerts: number; told: number }> {
  const deps = {
    tenantId: app.accounts[0]?.tenantId ?? '',
    transact: <T>(_: string, work: Parameters<typeof app.transact<T>>[0]) => app.transact(work),
  };
  const { alerts } = await sweepClocks(deps);
  return { alerts, told: await showAlerts(deps) };
}

/** On to so much of a deal's limit, or to the hour at which people may be told; nothing is done yet. */
export async function passLimit(sandbox: Sandbox, dealId: string, percent = 100): Promise<void> {
  const due = await sandbox.app.look(async (tx) => {
    const clock = await tx.stageClock.get(dealId);
    const first = clock?.nextAt;
    assert.ok(clock && first, 'the clock of this deal does not run');
    const { working } = tx.active;
    const at = working.after(clock.fromAt, (working.between(clock.fromAt, first) * percent) / 100);
    return mayTellGroupAt(tx.active, at + MINUTE_MS);
  });
  sandbox.advance(Math.max(0, due - sandbox.now()));
}

/** Colleagues read on this platform alone. */
const readOnlyOn = ({ app }: Sandbox, platform: string) =>
  app.transact(async (tx) => {
    for (const { id, platform: other } of app.accounts)
      if (other !== platform) await tx.staffIdentity.remove({ accountId: id });
  });

/** Only this deal runs; what else there is stands still without a limit. */
const onlyRuns = ({ app }: Sandbox, ...deals: readonly string[]) =>
  app.transact(async (tx) => {
    for (const { id } of await tx.stageClock.list({})) if (!deals.includes(id)) await tx.stageClock.remove({ id });
  });

const alertsOf = ({ app }: Sandbox, dealId: string) => app.look((tx) => tx.alert.list({ clockId: dealId }));

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
    await tick(sandbox);
    assert.deepEqual(await tick(sandbox), { alerts: 0, told: 0 });
    const [mine, his] = [
      await platform.waitForCard(lina, '2 个停留太久'),
      await platform.waitForCard(chen, '2 个停留太久'),
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
    await tick(sandbox);
    const card = await platform.waitForCard(lina, '恒锐 轴承座 3000 套：在「需求确认」停留太久');
    assert.match(card.text, /宁波恒锐机电[\s\S]*3 个工作日[\s\S]*我下周再联系/);
    assert.deepEqual(card.buttons, ['我来跟进', '推进到「报价发送」', '延 3 个工作日']);
    await passLimit(sandbox, bearing, 200);
    await tick(sandbox);
    const counts = await platform.waitForCard(company.chats.team, '1 个停留太久');
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
    await tick(sandbox);
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
    await tick(sandbox);
    const counts = await platform.waitForCard(leaders, '1 个停留太久');
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
    await tick(sandbox);
    const card = await platform.waitForCard(lina, '越丰 输送辊 200 支');
    const his = await platform.waitForCard(chen, '越丰 输送辊 200 支');
    const counts = await platform.waitForCard(leaders, '1 个停留太久');
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

/** Due in the evening, told in the morning: one card with all of it, and who wants the digest gets it there. */
const quietHours: Flow = {
  name: 'overdue:quiet-hours',
  async play(sandbox) {
    const { platform, company, app } = sandbox;
    const { shaft, housing } = company.deals;
    const { lina } = company.staff;
    await settled(sandbox);
    await onlyRuns(sandbox, shaft, housing);
    // 李娜 wants to be left alone all day, but for an hour in the morning.
    await app.transact(async (tx) => {
      const id = (await tx.staff.find({ name: '李娜' }))?.id ?? '';
      const quiet = { quietFrom: '09:30', quietTo: '08:40' };
      await tx.staffPreference.insert({ id, ...quiet, alerts: 'now', morning: true, updatedAt: tx.now });
    });
    // At eleven in the evening of the day on which it is due, the sweep runs for the first time.
    await passLimit(sandbox, shaft);
    await to(sandbox, '23:00');
    assert.ok((await tick(sandbox)).alerts > 0);
    await settled(sandbox);
    assert.deepEqual(platform.cardsOf(lina), []);
    assert.deepEqual(platform.cardsOf(company.staff.chen), []);
    const hours = await app.look(async (tx) => {
      const alerts = await tx.alert.list({ state: 'waiting' });
      return new Set(alerts.map(({ showAt }) => showAt - tx.active.calendar.startOfDay(showAt)));
    });
    assert.deepEqual([...hours].sort(), [8.5 * HOUR_MS, (8 * 60 + 40) * MINUTE_MS]);
    const morning = await app.look(async (tx) => Math.max(...(await tx.alert.list({})).map(({ showAt }) => showAt)));
    sandbox.advance(morning - sandbox.now());
    await tick(sandbox);
    await platform.waitForCard(lina, '2 个停留太久');
    await platform.waitForCard(company.staff.chen, '2 个停留太久');
    await settled(sandbox);
    assert.equal(platform.cardsOf(lina).length, 1);
  },
};

/** On to this local time of the same day. */
async function to(sandbox: Sandbox, time: string): Promise<void> {
  const at = await sandbox.app.look(async (tx) => tx.active.calendar.atLocalTime(tx.now, time));
  sandbox.advance(at - sandbox.now());
}

/** 我来跟进 holds the ladder for the hours of the policy; 延期 moves it, twice and no more. */
const acknowledge: Flow = {
  name: 'overdue:acknowledge',
  async play(sandbox) {
    const { platform, company, app } = sandbox;
    const { lina, chen } = company.staff;
    const { bearing } = company.deals;
    await settled(sandbox);
    await onlyRuns(sandbox, bearing);
    await passLimit(sandbox, bearing);
    await tick(sandbox);
    const card = await platform.waitForCard(lina, '停留太久');
    const his = await platform.waitForCard(chen, '停留太久');
    const held = await platform.tap(chen, his.messageId, '我来跟进');
    assert.ok(held.ok && /前不再提醒/.test(held.toast?.content ?? ''), JSON.stringify(held));
    const seen = await platform.waitForCard(
      lina,
      (one) => one.messageId === card.messageId && one.buttons.length === 0,
    );
    assert.match(seen.text, /陈总监正在跟进/);
    // An old card says who is at it.
    const late = await platform.tap(lina, card.messageId, '我来跟进');
    assert.deepEqual(late, { ok: false, reason: 'no_such_control' });
    const until = await app.look(async (tx) => (await tx.stageClock.get(bearing))?.heldUntil ?? 0);
    sandbox.advance(until - MINUTE_MS - sandbox.now());
    assert.equal((await tick(sandbox)).alerts, 0);
    for (const granted of [1, 2]) {
      await passLimit(sandbox, bearing);
      await tick(sandbox);
      const again = await platform.waitForCard(lina, (one) => one.buttons.includes('延 3 个工作日'));
      const extended = await platform.tap(lina, again.messageId, '延 3 个工作日', { alert_extend: '等我方资料' });
      assert.ok(extended.ok && extended.toast?.type === 'success', JSON.stringify(extended));
      assert.match(extended.toast.content, granted === 1 ? /还能延 1 次/ : /不能再延/);
      await settled(sandbox);
    }
    await passLimit(sandbox, bearing);
    await tick(sandbox);
    const last = await platform.waitForCard(lina, (one) => one.buttons.includes('延 3 个工作日'));
    const refused = await platform.tap(lina, last.messageId, '延 3 个工作日', { alert_extend: '其他' });
    assert.ok(refused.ok && /最多延期 2 次/.test(refused.toast?.content ?? ''), JSON.stringify(refused));
    assert.ok(refused.toast?.type !== 'success');
  },
};

/** The sweep runs everywhere at once, again and again, with the clock set back between: each alert and each card once. */
const twoInstances: Flow = {
  name: 'overdue:two-instances',
  async play(sandbox) {
    const { platform, company, app } = sandbox;
    const { lina, chen } = company.staff;
    const { bearing, shaft, housing } = company.deals;
    await settled(sandbox);
    await passLimit(sandbox, bearing);
    await Promise.all(Array.from({ length: 8 }, () => tick(sandbox)));
    sandbox.advance(-HOUR_MS);
    await Promise.all(Array.from({ length: 4 }, () => tick(sandbox)));
    sandbox.advance(HOUR_MS);
    await Promise.all(Array.from({ length: 4 }, () => tick(sandbox)));
    await platform.waitForCard(lina, '3 个停留太久');
    await settled(sandbox);
    assert.equal(platform.cardsOf(lina).length, 1);
    assert.equal(platform.cardsOf(chen).length, 1);
    const alerts = await app.look((tx) => tx.alert.list({ toKind: 'staff' }));
    const keys = alerts.map(({ clockId, round, level, toId }) => [clockId, round, level, toId].join());
    assert.equal(new Set(keys).size, keys.length);
    for (const id of [bearing, shaft, housing]) assert.ok(alerts.some(({ clockId }) => clockId === id));
  },
};

export const overdueFlows: readonly Flow[] = [feishu, wecom, dingtalk, quietHours, acknowledge, twoInstances];
