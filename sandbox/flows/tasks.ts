/** What a stage asks to be done, told at its hour on every platform, done and put off on the card; the list of the morning. */
import assert from 'node:assert/strict';
import { openDesk } from '../../src/crm/access/desk.ts';
import { MINUTE_MS } from '../../src/crm/calendar/spans.ts';
import { mayTellGroupAt } from '../../src/crm/notice/quiet-time.ts';
import type { TaskRow } from '../../src/crm/rows/day-one.ts';
import { addTask, changeTask } from '../../src/crm/task/task-desk.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { starterDocument } from '../../src/policies.ts';
import { sendMorningLists, tellTasks } from '../../src/scheduler/tasks.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, settled } from './flow.ts';

const depsOf = ({ app }: Sandbox) => ({
  tenantId: app.accounts[0]?.tenantId ?? '',
  transact: <T>(_: string, work: (tx: Tx) => Promise<T>) => app.transact(work),
});

/** On to an instant, or to the hour behind it at which people may be told. */
async function pass(sandbox: Sandbox, at: number): Promise<void> {
  const told = await sandbox.app.look(async (tx) => mayTellGroupAt(tx.active, at));
  sandbox.advance(Math.max(0, told - sandbox.now()));
}

/** On to an hour behind which people may be told for a while. */
async function passQuiet(sandbox: Sandbox): Promise<void> {
  await pass(sandbox, sandbox.now());
  const soon = sandbox.now() + 20 * MINUTE_MS;
  const quiet = await sandbox.app.look(async (tx) => mayTellGroupAt(tx.active, soon) > soon);
  if (quiet) await pass(sandbox, soon);
}

/** On to the hour of the list on the day of an instant, or on the working day behind it. */
async function passMorning(sandbox: Sandbox, at: number): Promise<void> {
  const hour = (day: number) => sandbox.app.look(async (tx) => tx.active.calendar.atLocalTime(day, '08:46'));
  await pass(sandbox, await hour(at));
  sandbox.advance(Math.max(0, (await hour(sandbox.now())) - sandbox.now()));
}

const openOf = ({ app }: Sandbox, title: string): Promise<TaskRow | undefined> =>
  app.look(async (tx) => (await tx.task.list({ title, doneAt: null })).at(-1));

/** 李娜 writes down what she will do in ten minutes, to be told then. */
const plan = ({ app, now }: Sandbox, accountId: string, title: string, dealId: string): Promise<TaskRow> =>
  app.transact(async (tx) => {
    const deal = await tx.opportunity.get(dealId);
    const desk = await openDesk(tx, { staffId: deal?.ownerId ?? '', accountId });
    assert.ok(desk);
    const added = await addTask(desk, { title, dealId, dueAt: now() + 10 * MINUTE_MS, remind: true });
    assert.ok(added.ok, JSON.stringify(added));
    return added.value.task;
  });

/** As a page does it. */
const change = ({ app }: Sandbox, task: TaskRow, to: { done?: boolean; dueAt?: number }): Promise<void> =>
  app.transact(async (tx) => {
    const desk = await openDesk(tx, { staffId: task.ownerId, accountId: app.accounts[0]?.id ?? '' });
    assert.ok(desk);
    assert.ok((await changeTask(desk, task.id, { ...to, expectedVersion: task.version })).ok);
  });

/** Colleagues read on this platform alone. */
const readOnlyOn = ({ app }: Sandbox, platform: string): Promise<void> =>
  app.transact(async (tx) => {
    for (const { id, platform: other } of app.accounts)
      if (other !== platform) await tx.staffIdentity.remove({ accountId: id });
  });

async function inFeishu(sandbox: Sandbox): Promise<void> {
  const { platform, company } = sandbox;
  const { lina, wangqiang } = company.staff;
  // A stranger writes: by when they are to be answered stands on the card; becoming a customer, what is to be done.
  platform.addBotToGroup(company.chats.newcomer, wangqiang);
  platform.say(company.customers.sun, company.chats.newcomer, '你好，我们做注塑件的');
  const lead = await platform.waitForCard(wangqiang, '东莞佳盛');
  assert.match(lead.text, /首次响应[\s\S]*前/);
  assert.ok((await platform.tap(wangqiang, lead.messageId, '建为客户')).ok);
  const basics = await openOf(sandbox, '补齐客户基本信息');
  assert.ok(basics?.dueAt, 'the stage asked for nothing');
  await pass(sandbox, basics.dueAt + MINUTE_MS);
  await tellTasks(depsOf(sandbox));
  assert.equal(await tellTasks(depsOf(sandbox)), 0);
  const card = await platform.waitForCard(wangqiang, '该做了：补齐客户基本信息');
  assert.deepEqual(card.buttons, ['完成', '1 小时后', '明天上午', '三天后']);
  assert.ok((await platform.tap(wangqiang, card.messageId, '三天后')).ok);
  await platform.waitForCard(wangqiang, (one) => one.messageId === card.messageId && one.text.includes('已推迟'));
  const later = await openOf(sandbox, '补齐客户基本信息');
  assert.ok(later?.dueAt && later.dueAt > basics.dueAt);

  // On the morning of its day it is on the list; done on a page, its card says so.
  await passMorning(sandbox, later.dueAt);
  await sendMorningLists(depsOf(sandbox));
  const list = await platform.waitForCard(wangqiang, '今天跟进');
  assert.match(list.text, /补齐客户基本信息/);
  assert.equal(await sendMorningLists(depsOf(sandbox)), 0);
  await pass(sandbox, later.dueAt + MINUTE_MS);
  await tellTasks(depsOf(sandbox));
  const again = await platform.waitForCard(
    wangqiang,
    (one) => one.messageId !== card.messageId && one.text.includes('该做了：补齐客户基本信息'),
  );
  await change(sandbox, later, { done: true });
  await platform.waitForCard(wangqiang, (one) => one.messageId === again.messageId && one.buttons.length === 0);
  assert.deepEqual(
    platform.cardsOf(lina).filter(({ text }) => text.includes('补齐客户基本信息')),
    [],
  );
}

/** Two at once are one card; one tap each, and what is left is put off together. */
async function inWecom(sandbox: Sandbox): Promise<void> {
  assert.ok(sandbox.wecom);
  const { platform, company } = sandbox.wecom;
  const { lina } = company.staff;
  const accountId = sandbox.app.accounts.find((account) => account.platform === 'wecom')?.id ?? '';
  await passQuiet(sandbox);
  const tasks = [
    await plan(sandbox, accountId, '给林工回电话', company.deals.valve),
    await plan(sandbox, accountId, '催样品检测报告', company.deals.valve),
  ];
  sandbox.advance(11 * MINUTE_MS);
  await tellTasks(depsOf(sandbox));
  const card = await platform.waitForCard(lina, '2 件事到时间了');
  assert.match(card.text, /给林工回电话[\s\S]*催样品检测报告/);
  const [first = ''] = card.buttons;
  assert.match(first, /^完成/);
  assert.ok((await platform.tap(lina, card.messageId, first)).ok);
  await settled(sandbox);
  const left = await platform.waitForCard(lina, (one) => one.messageId === card.messageId && one.updates > 0);
  assert.ok((await platform.tap(lina, left.messageId, '稍后', { task_later: 'tomorrow' })).ok);
  await settled(sandbox);
  const rows = await sandbox.app.look((tx) => Promise.all(tasks.map(({ id }) => tx.task.get(id))));
  assert.deepEqual(rows.map((row) => row?.doneAt !== null).toSorted(), [false, true]);
  assert.ok(rows.some((row) => (row?.dueAt ?? 0) > sandbox.now() + MINUTE_MS));
}

/** In DingTalk a due task may be a to-do of the platform's own; done on a page, it is done there; without the permission a card tells it. */
async function inDingtalk(sandbox: Sandbox): Promise<void> {
  assert.ok(sandbox.dingtalk);
  const { platform, company } = sandbox.dingtalk;
  const { app } = sandbox;
  await platform.waitForConnection();
  const account = app.accounts.find((one) => one.platform === 'dingtalk');
  assert.ok(account);
  const document = starterDocument().replace('native: false', 'native: true');
  await app.database.company.publishPolicy(account.tenantId, document, 'flow');
  await passQuiet(sandbox);
  const task = await plan(sandbox, account.id, '确认输送辊图纸', company.deals.roller);
  sandbox.advance(11 * MINUTE_MS);
  await tellTasks(depsOf(sandbox));
  await settled(sandbox);
  const todo = platform.todos.at(-1);
  assert.match(todo?.subject ?? '', /确认输送辊图纸/);
  assert.equal(todo?.dueTime, task.dueAt);
  await change(sandbox, task, { done: true });
  await settled(sandbox);
  assert.equal(todo?.doneBy.size, 1);

  // Put off, it is taken away there, and comes again at its new hour.
  const other = await plan(sandbox, account.id, '约输送辊验货', company.deals.roller);
  await passQuiet(sandbox);
  sandbox.advance(11 * MINUTE_MS);
  await tellTasks(depsOf(sandbox));
  await settled(sandbox);
  const second = platform.todos.at(-1);
  assert.match(second?.subject ?? '', /约输送辊验货/);
  await change(sandbox, other, { dueAt: sandbox.now() + 24 * 60 * MINUTE_MS });
  await settled(sandbox);
  assert.equal(second?.deleted, true);
}

const tasks: Flow = {
  name: 'tasks',
  sandbox: { wecom: {}, dingtalk: {} },
  async play(sandbox) {
    await inFeishu(sandbox);
    const identities = await sandbox.app.look((tx) => tx.staffIdentity.list({}));
    await readOnlyOn(sandbox, 'wecom');
    await inWecom(sandbox);
    await sandbox.app.transact(async (tx) => {
      for (const identity of identities) await tx.staffIdentity.insertIfNew(identity);
    });
    await readOnlyOn(sandbox, 'dingtalk');
    await inDingtalk(sandbox);
    await settled(sandbox);
  },
};

export const taskFlows: readonly Flow[] = [tasks];
