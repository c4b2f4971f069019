/** The hour at which a task is told to its owner: set, taken back, and the cards that told it kept to the current state. */
import { closeCard } from '../card/close-moot-cards.ts';
import { refreshCard } from '../card/send-card.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { Tx } from '../tx.ts';
import { syncTodo } from './native-todo.ts';

type Told = Pick<TaskRow, 'id' | 'dueAt' | 'doneAt'>;

/** `remind`: whether the owner wants to be told; undefined leaves that as it was. Told once more only when the hour is still to come. */
export async function setRing(tx: Tx, { id, dueAt, doneAt }: Told, remind?: boolean): Promise<void> {
  const known = await tx.taskRing.get(id);
  if (!(remind ?? known !== null)) {
    if (known) await tx.taskRing.remove({ id });
    return;
  }
  const ringAt = doneAt === null && dueAt !== null && dueAt > tx.now ? dueAt : null;
  if (known) await tx.taskRing.update({ id }, { ringAt });
  else await tx.taskRing.insert({ id, ringAt });
}

/** Somebody else has it now: what its owner of before was told, they are told too. */
export async function ringAnew(tx: Tx, { id, dueAt }: Told): Promise<void> {
  if (dueAt !== null && dueAt <= tx.now) await tx.taskRing.update({ id, ringAt: null }, { ringAt: tx.now });
}

/** Cards are held before tasks by everybody who takes both. Returns the open ones that tell of this task. */
export async function holdTaskCards(tx: Tx, taskId: string): Promise<readonly string[]> {
  const actions = await tx.cardAction.list({ kind: 'task_done', targetId: taskId });
  const ids = [...new Set(actions.map(({ cardId }) => cardId))].toSorted();
  const open: string[] = [];
  for (const id of ids) if ((await tx.card.hold(id))?.status === 'open') open.push(id);
  return open;
}

/** What a task's change means for what told it: cards are drawn anew, or closed when nothing on them is left to do. */
export async function settleTold(tx: Tx, taskId: string, cardIds: readonly string[]): Promise<void> {
  await syncTodo(tx, taskId);
  for (const id of cardIds) {
    const card = await tx.card.get(id);
    if (card?.status !== 'open') continue;
    if ((await tasksToDo(tx, card)).length > 0) await refreshCard(tx, card);
    else await closeCard(tx, card, TASKS_SETTLED);
  }
}

export const TASKS_SETTLED = '都处理好了';

/** The tasks of a card that still wait: not done, not put off, not somebody else's by now; by the card's order. */
export async function tasksToDo(
  tx: Tx,
  {
    data,
    createdAt,
  }: {
    readonly data: { readonly tasks?: { readonly ownerId: string; readonly ids: readonly string[] } };
    readonly createdAt: number;
  },
): Promise<readonly TaskRow[]> {
  const { ownerId = '', ids = [] } = data.tasks ?? {};
  const tasks = await Promise.all(ids.map((id) => tx.task.get(id)));
  return tasks.filter(
    (task) => task !== null && task.doneAt === null && task.ownerId === ownerId && (task.dueAt ?? 0) <= createdAt,
  ) as TaskRow[];
}
