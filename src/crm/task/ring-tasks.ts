/** Tells colleagues what is due now: one card with all of it, at an hour when they may be told, each task once. */
import { openCard } from '../card/open-card.ts';
import { mayTellAt } from '../notice/quiet-time.ts';
import type { CardActionKind } from '../rows/cards.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { Tx } from '../tx.ts';
import { makeTodo, todoAccount } from './native-todo.ts';
import type { DueRing } from './task-queries.ts';

/** As many as a card has room for; the others are named by their number and stand on the page. */
export const MOST_ON_CARD = 5;

/** More at one moment were made by a program; the page has them. */
const MOST_TOLD = 50;

/** One colleague's tasks whose hour has come. In quiet hours they wait until those end. Returns how many were told. */
export async function ringTasks(tx: Tx, ownerId: string, rings: readonly DueRing[]): Promise<number> {
  // Whoever else is about to tell them something waits: cards are counted.
  await tx.staff.hold(ownerId);
  const at = await mayTellAt(tx, ownerId, tx.now);
  const due: TaskRow[] = [];
  for (const { id, ringAt } of rings) {
    const task = await tx.task.get(id);
    const told = task?.doneAt === null && task.ownerId === ownerId;
    const next = told && at > tx.now ? at : null;
    if ((await tx.taskRing.update({ id, ringAt }, { ringAt: next })) === 1 && told && next === null) due.push(task);
  }
  const account = due.length === 0 ? null : await todoAccount(tx, ownerId);
  if (account !== null) for (const task of due) await makeTodo(tx, task, account);
  else if (due.length > 0) await showTasks(tx, ownerId, due);
  return due.length;
}

/** The platform took no to-do: then a card tells it, unless that is over by now. */
export async function tellWithoutTodo(tx: Tx, taskId: string): Promise<void> {
  const todo = await tx.nativeTodo.get(taskId);
  if (todo?.externalId !== null) return;
  await tx.nativeTodo.remove({ id: taskId });
  const task = await tx.task.get(taskId);
  if (task?.doneAt === null && task.ownerId === todo.ownerId && (task.dueAt ?? 0) <= tx.now)
    await showTasks(tx, task.ownerId, [task]);
}

async function showTasks(tx: Tx, ownerId: string, due: readonly TaskRow[]): Promise<void> {
  const single = due.length === 1 ? due[0] : undefined;
  await openCard(tx, {
    kind: 'task',
    staffId: ownerId,
    accountId: '',
    subject: `tasks:${ownerId}`,
    data: {
      tasks: { ownerId, ids: due.slice(0, MOST_TOLD).map(({ id }) => id), more: Math.max(0, due.length - MOST_TOLD) },
      ...(single?.customerId && { customerId: single.customerId }),
    },
    actions: [
      ...due.slice(0, MOST_ON_CARD).map(({ id }) => ({ kind: 'task_done', targetId: id }) as const),
      ...(single ? LATER.map((kind) => ({ kind })) : [{ kind: 'task_later' as const }]),
    ],
  });
}

/** A single task has a button for each; of several the rest is put off together. */
const LATER = ['task_hour', 'task_tomorrow', 'task_days'] as const satisfies readonly CardActionKind[];
