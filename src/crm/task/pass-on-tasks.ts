/** What a colleague who leaves had still to do for customers becomes somebody else's; what was only their own stays theirs. */
import { writeAudit } from '../audit/audit.ts';
import type { Tx } from '../tx.ts';

export async function passOnTasks(
  tx: Tx,
  { fromId, toId, actorId }: { readonly fromId: string; readonly toId: string; readonly actorId: string | null },
): Promise<void> {
  for (const { id, customerId, version } of await tx.task.list({ ownerId: fromId, doneAt: null })) {
    if (customerId === null) continue;
    await tx.task.update({ id }, { ownerId: toId, version: version + 1 });
    const detail = { taskId: id, from: fromId, to: toId, why: 'hand_over' };
    await writeAudit(tx, actorId, [{ action: 'task.owner', entity: 'customer', entityId: customerId, detail }]);
  }
}
