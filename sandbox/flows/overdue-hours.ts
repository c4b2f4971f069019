/** Deals that stand still: at which hour that is told, what an answer on the card changes, and that it is told once. */
import assert from 'node:assert/strict';
import { platforms } from '../../adapters/index.ts';
import { type App, createApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, settled } from './flow.ts';
import { MINUTE_MS, onlyRuns, passLimit, tick } from './overdue-desk.ts';

const HOUR_MS = 60 * MINUTE_MS;

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
    assert.ok((await tick(sandbox.app)).alerts > 0);
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
    await tick(sandbox.app);
    await platform.waitForCard(lina, '2 个商机停留太久');
    await platform.waitForCard(company.staff.chen, '2 个商机停留太久');
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
    await tick(sandbox.app);
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
    await settled(sandbox);
    sandbox.advance(until - MINUTE_MS - sandbox.now());
    assert.equal((await tick(sandbox.app)).alerts, 0);
    for (const granted of [1, 2]) {
      await passLimit(sandbox, bearing);
      await tick(sandbox.app);
      const again = await platform.waitForCard(lina, (one) => one.buttons.includes('延 3 个工作日'));
      const extended = await platform.tap(lina, again.messageId, '延 3 个工作日', { alert_extend: '等我方资料' });
      assert.ok(extended.ok && extended.toast?.type === 'success', JSON.stringify(extended));
      assert.match(extended.toast.content, granted === 1 ? /还能延 1 次/ : /不能再延/);
      await settled(sandbox);
    }
    await passLimit(sandbox, bearing);
    await tick(sandbox.app);
    const last = await platform.waitForCard(lina, (one) => one.buttons.includes('延 3 个工作日'));
    const refused = await platform.tap(lina, last.messageId, '延 3 个工作日', { alert_extend: '其他' });
    assert.ok(refused.ok && /最多延期 2 次/.test(refused.toast?.content ?? ''), JSON.stringify(refused));
    assert.ok(refused.toast?.type !== 'success');
  },
};

/** Two instances tick at the same moments, again and again, with the clock set back between: each alert and each card once. */
const twoInstances: Flow = {
  name: 'overdue:two-instances',
  async play(sandbox) {
    const { platform, company, app } = sandbox;
    const { lina, chen } = company.staff;
    const { bearing, shaft, housing } = company.deals;
    await settled(sandbox);
    await passLimit(sandbox, bearing);
    const other = await anotherInstance(sandbox);
    try {
      const all = (times: number) =>
        Promise.all(Array.from({ length: times }, (_, n) => tick(n % 2 === 0 ? app : (other ?? app))));
      await all(8);
      sandbox.advance(-HOUR_MS);
      await all(4);
      sandbox.advance(HOUR_MS);
      await all(4);
    } finally {
      await other?.stop();
    }
    await platform.waitForCard(lina, '3 个商机停留太久');
    await settled(sandbox);
    assert.equal(platform.cardsOf(lina).length, 1);
    assert.equal(platform.cardsOf(chen).length, 1);
    const alerts = await app.look((tx) => tx.alert.list({ toKind: 'staff' }));
    const keys = alerts.map(({ clockId, round, level, toId }) => [clockId, round, level, toId].join());
    assert.equal(new Set(keys).size, keys.length);
    for (const id of [bearing, shaft, housing]) assert.ok(alerts.some(({ clockId }) => clockId === id));
  },
};

/** On the same database, without streams and workers of its own; null where the database is a file, which has one. */
async function anotherInstance({ environment, now }: Sandbox): Promise<App | null> {
  const settings = readSettings(environment, platforms);
  return settings.databaseUrl.startsWith('sqlite') ? null : createApp({ settings, log: createLog('silent'), now });
}

export const overdueHoursFlows: readonly Flow[] = [quietHours, acknowledge, twoInstances];
