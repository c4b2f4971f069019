/** A due task as a to-do of the platform's own, instead of a card: made, finished and taken away with the task; where it cannot be made, the card comes. */
import type { Order } from '../../channel/delivery.ts';
import { addressOf } from '../card/address.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { NativeTodoRow } from '../rows/tasks.ts';
import type { Tx } from '../tx.ts';
import { taskPictures } from './task-picture.ts';

/** The account whose platform takes the tasks of a colleague as its own to-dos; null where they are told on a card. */
export async function todoAccount(tx: Tx, ownerId: string): Promise<string | null> {
  if (!tx.active.policy.tasks.native) return null;
  const address = await addressOf(tx, ownerId, '');
  const able = address && tx.cardsOf(address.accountId).todos && !tx.runsShort(address.accountId);
  return able ? address.accountId : null;
}

export async function makeTodo(tx: Tx, { id, ownerId }: TaskRow, accountId: string): Promise<void> {
  const fresh = { accountId, ownerId, externalId: null, updatedAt: tx.now };
  // One of before, of an hour that was put off, is over.
  if (!(await tx.nativeTodo.insertIfNew({ id, ...fresh }))) await tx.nativeTodo.update({ id }, fresh);
  await bring(tx, id, accountId);
}

/** The task changed: so does its to-do, where it has one. */
export async function syncTodo(tx: Tx, taskId: string): Promise<void> {
  const todo = await tx.nativeTodo.get(taskId);
  if (todo) await bring(tx, taskId, todo.accountId);
}

const bring = (tx: Tx, taskId: string, accountId: string): Promise<void> =>
  tx.enqueue({
    accountId,
    dedupeKey: `todo:${taskId}:${tx.newId()}`,
    orderKey: `todo:${taskId}`,
    order: { kind: 'todo.put', taskId },
  });

/** What the platform is to be told now; null when there is nothing left to tell. */
export async function drawTodo(tx: Tx, key: string, taskId: string): Promise<Order | null> {
  const todo = await tx.nativeTodo.get(taskId);
  const identity = todo && (await tx.staffIdentity.find({ accountId: todo.accountId, staffId: todo.ownerId }));
  if (!todo || !identity) return null;
  const task = await tx.task.get(taskId);
  const state = stateOf(task, todo);
  if (todo.externalId === null && (state !== 'open' || !task)) return null;
  const to = { kind: 'person', id: identity.externalId } as const;
  const [picture] = task ? await taskPictures(tx, [task]) : [];
  const about = [picture?.customerName, picture?.dealName].filter((name) => name).join(' · ');
  const path = task?.opportunityId
    ? `/app/deals/${task.opportunityId}`
    : task?.customerId
      ? `/app/customers/${task.customerId}`
      : '/app/today';
  return {
    ...{ kind: 'todo.put', key, to, todoId: todo.externalId, state },
    sourceId: `${taskId}-${todo.updatedAt}`,
    title: task?.title ?? '',
    about,
    dueAt: task?.dueAt ?? null,
    page: { label: '打开聊单', path },
  };
}

/** Put off, it is told anew at its hour. */
function stateOf(task: TaskRow | null, { ownerId, updatedAt }: NativeTodoRow): 'open' | 'done' | 'gone' {
  if (!task || task.ownerId !== ownerId || (task.dueAt ?? 0) > updatedAt) return 'gone';
  return task.doneAt === null ? 'open' : 'done';
}

export async function settleTodo(tx: Tx, taskId: string, externalId: string | null): Promise<void> {
  if (externalId === null) await tx.nativeTodo.remove({ id: taskId });
  else await tx.nativeTodo.update({ id: taskId }, { externalId });
}
