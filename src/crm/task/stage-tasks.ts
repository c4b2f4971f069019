/** What a stage asks to be done (D4): made on entry, once per entry; taken away untouched when the deal leaves, back when that is undone. */
import type { TaskTemplate } from '../../policy/schema/tasks.ts';
import { valuesOf } from '../opportunity/deal-values.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { StageTaskRow } from '../rows/tasks.ts';
import type { Tx } from '../tx.ts';
import { dueWithin } from './due.ts';
import { holdTaskCards, setRing, settleTold } from './ring.ts';

/** The deal moved, ended, or was taken back: what the stage of before asked for goes, what the new one asks for comes. */
export async function settleStageTasks(tx: Tx, before: OpportunityRow, after: OpportunityRow): Promise<void> {
  await withdrawTasks(tx, before, after.status === 'withdrawn');
  await askStageTasks(tx, after);
}

/** Makes what the deal's stage asks for and has not been made in this entry; after a quote was sent, once more. */
export async function askStageTasks(tx: Tx, deal: OpportunityRow): Promise<void> {
  const stage = tx.active.policy.pipeline.stages.find(({ key }) => key === deal.stage);
  if (!stage || stage.tasks.length === 0 || deal.status !== 'open') return;
  const filled = (await valuesOf(tx, [deal])).get(deal.id);
  const sentAt = stage.tasks.some(({ from }) => from === 'quote_sent') ? await lastSent(tx, deal.id) : null;
  for (const template of stage.tasks) {
    const from = template.from === 'quote_sent' ? sentAt : deal.stageEnteredAt;
    if (from === null || (template.ifEmpty !== undefined && filled?.has(template.ifEmpty))) continue;
    await ask(tx, deal, template, dueWithin(tx.active, from, template));
  }
}

async function ask(tx: Tx, deal: OpportunityRow, template: TaskTemplate, dueAt: number): Promise<void> {
  const entry = { opportunityId: deal.id, enteredAt: deal.stageEnteredAt, templateKey: template.key };
  const known = await tx.stageTask.find(entry);
  if (known) return askAgain(tx, deal, known, template, dueAt);
  const taskId = tx.newId();
  const stays = template.leave === 'keep';
  const fresh = { ...entry, id: tx.newId(), stage: deal.stage, taskId, stays, touched: false, withdrawnAt: null };
  if (await tx.stageTask.insertIfNew(fresh)) await putTask(tx, deal, { id: taskId, template, dueAt });
}

/** Taken away with the stage, it comes back; where another quote was sent since, the time runs from that one. */
async function askAgain(
  tx: Tx,
  deal: OpportunityRow,
  { id, taskId, touched, withdrawnAt }: StageTaskRow,
  template: TaskTemplate,
  dueAt: number,
): Promise<void> {
  if (withdrawnAt !== null) {
    await tx.stageTask.update({ id }, { withdrawnAt: null });
    return putTask(tx, deal, { id: taskId, template, dueAt });
  }
  if (touched || template.from !== 'quote_sent') return;
  const cards = await holdTaskCards(tx, taskId);
  const task = await tx.task.hold(taskId);
  if (task?.doneAt !== null || task.dueAt === dueAt) return;
  await tx.task.update({ id: taskId }, { dueAt, version: task.version + 1 });
  await setRing(tx, { ...task, dueAt });
  await settleTold(tx, taskId, cards);
}

async function putTask(
  tx: Tx,
  { id: opportunityId, customerId, ownerId }: OpportunityRow,
  { id, template, dueAt }: { readonly id: string; readonly template: TaskTemplate; readonly dueAt: number },
): Promise<void> {
  const task = await tx.task.insert({
    ...{ id, customerId, opportunityId, ownerId, dueAt, title: template.title, cause: 'stage' },
    templateKey: template.key,
    createdBy: null,
    createdAt: tx.now,
    doneAt: null,
    doneBy: null,
    version: 1,
  });
  if (template.remind) await setRing(tx, task, true);
}

/** `all`: also what stays with a deal that goes on; nothing goes that a colleague has touched or done. */
async function withdrawTasks(tx: Tx, deal: OpportunityRow, all: boolean): Promise<void> {
  const asked = await tx.stageTask.list({ opportunityId: deal.id, withdrawnAt: null, touched: false });
  for (const { id, taskId } of asked.filter(({ stays }) => all || !stays)) {
    const cards = await holdTaskCards(tx, taskId);
    const task = await tx.task.hold(taskId);
    if (task?.doneAt !== null) continue;
    await tx.task.remove({ id: taskId });
    await tx.taskRing.remove({ id: taskId });
    await tx.stageTask.update({ id }, { withdrawnAt: tx.now });
    await settleTold(tx, taskId, cards);
  }
}

/** A colleague made it their own: it does not go with the stage any more. */
export async function touchStageTask(tx: Tx, taskId: string): Promise<void> {
  await tx.stageTask.update({ taskId }, { touched: true });
}

/** When the newest quote of the deal went out; null while none has. */
async function lastSent(tx: Tx, opportunityId: string): Promise<number | null> {
  const sent = (await tx.quote.list({ opportunityId })).flatMap(({ sentAt }) => sentAt ?? []);
  return sent.length === 0 ? null : Math.max(...sent);
}
