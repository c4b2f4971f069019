/** What a colleague who leaves had still to do for customers becomes somebody else's; what was only their own stays theirs. */
import { writeAudit } from '../audit/audit.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { Tx } from '../tx.ts';
import { holdTaskCards, ringAnew, settleTold } from './ring.ts';

export async function passOnTasks(
  tx: Tx,
  { fromId, toId, actorId }: { readonly fromId: string; readonly toId: string; readonly actorId: string | null },
): Promise<void> {
  for (const task of await tx.task.list({ ownerId: fromId, doneAt: null })) {
    const { id, customerId } = task;
    if (customerId === null) continue;
    await giveTask(tx, task, toId);
    const detail = { taskId: id, from: fromId, to: toId, why: 'hand_over' };
    await writeAudit(tx, actorId, [{ action: 'task.owner', entity: 'customer', entityId: customerId, detail }]);
  }
}

/** What its owner of before has been told, the new one is told; the card that told it says so. */
export async function giveTask(tx: Tx, task: TaskRow, toId: string): Promise<void> {
  const cards = await holdTaskCards(tx, task.id);
  await tx.task.update({ id: task.id }, { ownerId: toId, version: task.version + 1 });
  await ringAnew(tx, task);
  await settleTold(tx, task.id, cards);
}
