/** Taps on a card of due tasks: 完成, and putting off what is left on it. */

import { writeAudit } from '../../audit/audit.ts';
import { mayTellAt } from '../../notice/quiet-time.ts';
import { mayTakeFrom } from '../../staff/rights.ts';
import { LATER_CHOICES, type Later, laterAt } from '../../task/later.ts';
import { syncTodo } from '../../task/native-todo.ts';
import { setRing, TASKS_SETTLED, tasksToDo } from '../../task/ring.ts';
import { touchStageTask } from '../../task/stage-tasks.ts';
import { when } from '../../task/when.ts';
import type { ActionContext, ActionResult } from '../action.ts';

const GONE = { ok: false, notice: '这件事已经处理过，或者已经交给别人了。' } as const;

export async function finishTask(context: ActionContext): Promise<ActionResult> {
  const { tx, card, action, staff } = context;
  const task = await tx.task.hold(action.targetId ?? '');
  if (!task || !(await tasksToDo(tx, card)).some(({ id }) => id === task.id)) return GONE;
  if (!(await mayTakeFrom(tx, staff, task.ownerId))) return GONE;
  const done = { doneAt: tx.now, doneBy: staff.id, version: task.version + 1 };
  await tx.task.update({ id: task.id }, done);
  await setRing(tx, { ...task, ...done });
  await syncTodo(tx, task.id);
  await noteTask(context, task.id, task.customerId, 'task.done');
  const left = (await tasksToDo(tx, card)).length;
  const only = (card.data.tasks?.ids.length ?? 0) === 1;
  const closed = left > 0 ? null : only ? `${staff.name}已完成` : TASKS_SETTLED;
  return { ok: true, notice: left > 0 ? `已完成，还有 ${left} 件` : '已完成', closed };
}

export const laterChosen = (context: ActionContext): Promise<ActionResult> =>
  Object.hasOwn(LATER_CHOICES, context.choice)
    ? putOff(context, context.choice as Later)
    : Promise.resolve({ ok: false, notice: '请先选什么时候再提醒。' });

export const anHourLater = (context: ActionContext): Promise<ActionResult> => putOff(context, 'hour');
export const tomorrowMorning = (context: ActionContext): Promise<ActionResult> => putOff(context, 'tomorrow');
export const daysAfter = (context: ActionContext): Promise<ActionResult> => putOff(context, 'days');

/** Everything that is left on the card. */
async function putOff(context: ActionContext, later: Later): Promise<ActionResult> {
  const { tx, card, staff } = context;
  const left = await tasksToDo(tx, card);
  if (left.length === 0) return GONE;
  const dueAt = laterAt(tx, later);
  for (const { id } of left) {
    const task = await tx.task.hold(id);
    if (!task) continue;
    await tx.task.update({ id }, { dueAt, version: task.version + 1 });
    await setRing(tx, { ...task, dueAt }, true);
    await touchStageTask(tx, id);
    await syncTodo(tx, id);
    await noteTask(context, id, task.customerId, 'task.update');
  }
  const told = when(tx.active.calendar, tx.now, await mayTellAt(tx, left[0]?.ownerId ?? staff.id, dueAt));
  return { ok: true, notice: `${told} 再提醒`, closed: `${staff.name}已推迟：${told} 再提醒` };
}

async function noteTask(
  { tx, staff }: ActionContext,
  taskId: string,
  customerId: string | null,
  action: string,
): Promise<void> {
  const place =
    customerId === null
      ? ({ entity: 'staff', entityId: staff.id } as const)
      : ({ entity: 'customer', entityId: customerId } as const);
  await writeAudit(tx, staff.id, [{ action, ...place, detail: { taskId, by: 'card' } }]);
}
