// What stages ask for, tasks at their hour, first responses and the morning list, through the use cases on the store.

import { expect, it } from 'vitest';
import { openDesk } from '../../../src/crm/access/desk.ts';
import { decideTap } from '../../../src/crm/card/decide-tap.ts';
import { advanceStage } from '../../../src/crm/opportunity/advance-stage.ts';
import { openDeal } from '../../../src/crm/opportunity/open-deal.ts';
import { undoStage } from '../../../src/crm/opportunity/undo-stage.ts';
import { handOver } from '../../../src/crm/staff/hand-over.ts';
import { drawTodo } from '../../../src/crm/task/native-todo.ts';
import { tellWithoutTodo } from '../../../src/crm/task/ring-tasks.ts';
import { addTask, changeTask, removeTask } from '../../../src/crm/task/task-desk.ts';
import { when } from '../../../src/crm/task/when.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { sendMorningLists, tellTasks } from '../../../src/scheduler/tasks.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { ACCOUNT, type Office, openOffice } from '../office.ts';

const active = activate(1, starterDocument());
const at = (local: string) => Date.parse(`${local}:00+08:00`);
/** A Tuesday. */
const TUESDAY = at('2026-11-24T10:00');
const HOUR_MS = 3_600_000;

/** Everything at an hour of our choosing. */
function clockOf(office: Office) {
  let now = TUESDAY;
  const run = <T>(work: (tx: Tx) => Promise<T>) => office.run((tx) => work({ ...tx, now, active }));
  const deps = { tenantId: 't1', transact: <T>(_: string, work: (tx: Tx) => Promise<T>) => run(work) };
  return {
    run,
    deps,
    to: (local: string) => {
      now = at(local);
    },
    desk: async <T>(staffId: string, work: (desk: NonNullable<Awaited<ReturnType<typeof openDesk>>>) => Promise<T>) =>
      run(async (tx) => {
        const desk = await openDesk(tx, { staffId, accountId: ACCOUNT });
        if (!desk) throw new Error('nobody');
        return work(desk);
      }),
    open: (ownerId: string) =>
      run(async (tx) =>
        (await tx.task.list({ ownerId, doneAt: null }, { orderBy: 'dueAt' })).map(
          ({ title, dueAt }) => `${title} ${when(active.calendar, TUESDAY, dueAt ?? 0)}`,
        ),
      ),
  };
}

const move = (tx: Tx, id: string, toStage: string) =>
  tx.opportunity.get(id).then((opportunity) =>
    opportunity
      ? advanceStage(tx, {
          opportunity,
          toStage,
          cause: 'manual',
          staffId: opportunity.ownerId,
          evidence: null,
          accountId: ACCOUNT,
          lostReason: '价格',
        })
      : Promise.reject(new Error('no deal')),
  );

describeDatabase('tasks', () => {
  it('come with a stage once, go untouched when the deal leaves it, and come back when that is undone', async () => {
    await using office = await openOffice();
    const clock = clockOf(office);
    const lina = await office.employ('李娜');
    const customerId = await office.customer('恒锐', lina);
    const deal = await clock.run((tx) => openDeal(tx, { customerId, name: '轴承座', ownerId: lina }));
    expect(await clock.open(lina)).toEqual(['补齐客户基本信息 明天 10:00']);

    const left = await clock.run((tx) => move(tx, deal.id, 'qualified'));
    expect(await clock.open(lina)).toEqual([]);
    clock.to('2026-11-24T11:00');
    await clock.run((tx) => undoStage(tx, { changeId: left.ok ? left.change.id : '', staffId: lina }));
    expect(await clock.open(lina)).toEqual(['补齐客户基本信息 明天 10:00']);

    // One's own by now: it stays behind, and going in and out makes no second one.
    const [task] = await clock.run((tx) => tx.task.list({ ownerId: lina }));
    await clock.desk(lina, (desk) =>
      changeTask(desk, task?.id ?? '', { title: '问清开票资料', expectedVersion: task?.version ?? 0 }),
    );
    await clock.run((tx) => move(tx, deal.id, 'qualified'));
    expect(await clock.open(lina)).toEqual(['问清开票资料 明天 10:00']);

    // What is to be done after the quote has gone out is asked for then, and not before.
    await clock.run((tx) => move(tx, deal.id, 'quoted'));
    expect(await clock.open(lina)).toHaveLength(1);
    await clock.run((tx) => move(tx, deal.id, 'lost'));
    expect(await clock.open(lina)).toEqual(['问清开票资料 明天 10:00']);
  });

  it('are told at their hour, all of one person on one card, once; done and put off by tap and by page are one state', async () => {
    await using office = await openOffice();
    const clock = clockOf(office);
    const lina = await office.employ('李娜');
    const customerId = await office.customer('恒锐', lina);
    const add = (title: string, local: string, remind = true) =>
      clock.desk(lina, (desk) => addTask(desk, { title, customerId, dueAt: at(local), remind }));
    await add('给周工回电话', '2026-11-24T15:00');
    const second = await add('寄样', '2026-11-24T15:00');
    await add('只看不提醒', '2026-11-24T15:00', false);
    const late = await add('夜里的事', '2026-11-24T22:00');

    clock.to('2026-11-24T14:59');
    expect(await tellTasks(clock.deps)).toBe(0);
    clock.to('2026-11-24T15:00');
    const [one, other] = [await tellTasks(clock.deps), await tellTasks(clock.deps)];
    expect([one, other]).toEqual([2, 0]);
    const [card] = await office.cards({ kind: 'task' });
    expect(card?.data.tasks?.ids).toHaveLength(2);

    // Done on a page: the card goes on with what is left; put off by tap: it is over, and comes once more.
    if (!second.ok) throw new Error('not added');
    await clock.desk(lina, (desk) =>
      changeTask(desk, second.value.task.id, { done: true, expectedVersion: second.value.task.version }),
    );
    expect((await office.cards({ kind: 'task' }))[0]?.status).toBe('open');
    const answer = await clock.run(async (tx) => {
      const action = await tx.cardAction.find({ cardId: card?.id ?? '', kind: 'task_later' });
      const tapper = { id: '李娜', tenant: null, internal: true };
      const tap = { eventId: 'e', tapper, actionKey: action?.id ?? '', messageId: 'm', chatId: null };
      return decideTap(tx, ACCOUNT, { ...tap, values: { task_later: 'tomorrow' } });
    });
    expect(answer.notice?.text).toBe('明天 09:00 再提醒');
    expect((await office.cards({ kind: 'task' }))[0]).toMatchObject({ status: 'closed' });
    expect(await clock.open(lina)).toContain('给周工回电话 明天 09:00');

    // At night nobody is told: it waits for the morning, and then both come together.
    clock.to('2026-11-24T22:00');
    expect(await tellTasks(clock.deps)).toBe(0);
    clock.to('2026-11-25T08:30');
    expect(await tellTasks(clock.deps)).toBe(1);
    clock.to('2026-11-25T09:00');
    expect(await tellTasks(clock.deps)).toBe(1);

    if (!late.ok) throw new Error('not added');
    await clock.desk(lina, (desk) => removeTask(desk, late.value.task.id, late.value.task.version));
    const closed = (await office.cards({ kind: 'task' })).filter(({ status }) => status === 'closed');
    expect(closed).toHaveLength(2);
  });

  it('go to whoever takes over, who is told what was told before', async () => {
    await using office = await openOffice();
    const clock = clockOf(office);
    const [lina, wang] = [await office.employ('李娜'), await office.employ('王强')];
    const customerId = await office.customer('恒锐', lina);
    await clock.desk(lina, (desk) =>
      addTask(desk, { title: '回访', customerId, dueAt: TUESDAY + HOUR_MS, remind: true }),
    );
    clock.to('2026-11-24T11:00');
    await tellTasks(clock.deps);
    await clock.run((tx) => handOver(tx, { fromId: lina, toId: wang, actorId: null }));
    expect((await office.cards({ kind: 'task' })).map(({ status }) => status)).toEqual(['closed']);
    expect(await tellTasks(clock.deps)).toBe(1);
    expect(await office.cards({ kind: 'task', staffId: wang, status: 'open' })).toHaveLength(1);
  });

  it('become to-dos of a platform that has them, where the policy says so; what it does not take comes as a card', async () => {
    await using office = await openOffice();
    const clock = clockOf(office);
    const lina = await office.employ('李娜');
    const native = { ...active, policy: { ...active.policy, tasks: { ...active.policy.tasks, native: true } } };
    const able = { updates: 'free', updatableForMs: HOUR_MS, todos: true } as const;
    const transact = <T>(_: string, work: (tx: Tx) => Promise<T>) =>
      clock.run((tx) => work({ ...tx, active: native, cardsOf: () => able }));
    const added = await clock.desk(lina, (desk) =>
      addTask(desk, { title: '回访', dueAt: TUESDAY + HOUR_MS, remind: true }),
    );
    const id = added.ok ? added.value.task.id : '';
    clock.to('2026-11-24T11:00');
    expect(await tellTasks({ tenantId: 't1', transact })).toBe(1);
    expect(await office.cards({ kind: 'task' })).toEqual([]);
    const drawn = await clock.run((tx) => drawTodo(tx, 'k', id));
    expect(drawn).toMatchObject({ kind: 'todo.put', state: 'open', title: '回访', todoId: null, to: { id: '李娜' } });
    await clock.run((tx) => tellWithoutTodo(tx, id));
    expect(await office.cards({ kind: 'task', status: 'open' })).toHaveLength(1);
    expect(await clock.run((tx) => drawTodo(tx, 'k', id))).toBe(null);

    // One that was made is finished with the task, and taken away when that is put off.
    await clock.run((tx) =>
      tx.nativeTodo.insert({ id, accountId: ACCOUNT, ownerId: lina, externalId: 'x', updatedAt: tx.now }),
    );
    const state = async () => {
      const order = await clock.run((tx) => drawTodo(tx, 'k', id));
      return order?.kind === 'todo.put' ? order.state : null;
    };
    await clock.desk(lina, (desk) => changeTask(desk, id, { done: true, expectedVersion: 1 }));
    expect(await state()).toBe('done');
    await clock.desk(lina, (desk) =>
      changeTask(desk, id, { done: false, dueAt: TUESDAY + 9 * HOUR_MS, expectedVersion: 2 }),
    );
    expect(await state()).toBe('gone');
  });

  it('of a morning come once to whoever has something to do, and wants the list', async () => {
    await using office = await openOffice();
    const clock = clockOf(office);
    const [lina, wang] = [await office.employ('李娜'), await office.employ('王强')];
    await office.employ('没事做');
    for (const id of [lina, wang])
      await clock.desk(id, (desk) => addTask(desk, { title: '回访', dueAt: at('2026-11-25T18:00') }));
    await clock.run((tx) =>
      tx.staffPreference.insert({
        id: wang,
        quietFrom: null,
        quietTo: null,
        alerts: 'now',
        morning: false,
        updatedAt: 0,
      }),
    );
    clock.to('2026-11-25T08:44');
    expect(await sendMorningLists(clock.deps)).toBe(0);
    clock.to('2026-11-25T08:45');
    expect(await sendMorningLists(clock.deps)).toBe(1);
    clock.to('2026-11-25T09:30');
    expect(await sendMorningLists(clock.deps)).toBe(0);
    expect((await office.cards({ kind: 'morning' })).map(({ staffId }) => staffId)).toEqual([lina]);
    // A Saturday; and a Monday on which the server came back after noon.
    clock.to('2026-11-28T08:45');
    expect(await sendMorningLists(clock.deps)).toBe(0);
    clock.to('2026-11-30T13:00');
    expect(await sendMorningLists(clock.deps)).toBe(0);
  });

  it('keep when a new lead was answered first, and by when it has to be', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    await office.group('客户群', { addedBy: lina });
    await office.outsider('w1', '周工');
    await office.hear('客户群', 'w1', '你们能做轴承座吗');
    const [lead] = await office.run((tx) => tx.lead.list({ ownerId: lina }));
    const before = await office.run((tx) => tx.leadResponse.get(lead?.id ?? ''));
    expect(before).toMatchObject({ respondedAt: null });
    expect(before?.dueAt).toBeGreaterThan(lead?.createdAt ?? 0);
    await office.hear('客户群', '李娜', '可以的，我把资料发您', {
      sender: { id: '李娜', tenant: null, internal: true },
    });
    const after = await office.run((tx) => tx.leadResponse.get(lead?.id ?? ''));
    expect(after).toMatchObject({ how: 'message', staffId: lina });
    expect(after?.respondedAt).not.toBeNull();
  });
});
