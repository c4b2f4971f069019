/** What a colleague does with tasks on a page: add, change, put off, do, take back, remove. */
import { type Desk, type Done, done, type Refused, refused } from '../access/desk.ts';
import { customerToChange, mayChangeDeal, refuseToChange } from '../access/to-change.ts';
import { noteReading } from '../customer/open-customer.ts';
import type { TaskRow } from '../rows/day-one.ts';
import { holdTaskCards, ringAnew, setRing, settleTold } from './ring.ts';
import { touchStageTask } from './stage-tasks.ts';
import { byDue, type TaskPicture, taskPictures } from './task-picture.ts';
import { teamOf } from './team.ts';

export interface NewTask {
  readonly title: string;
  readonly customerId?: string | undefined;
  readonly dealId?: string | undefined;
  /** ms; none: some time. */
  readonly dueAt?: number | null | undefined;
  /** Who has to do it; oneself if not said. */
  readonly ownerId?: string | undefined;
  /** Tell whoever has to do it at `dueAt`. */
  readonly remind?: boolean | undefined;
}

const MOST = 100;

export async function addTask(desk: Desk, wanted: NewTask): Promise<Done<TaskPicture>> {
  const { tx, me } = desk;
  const place = await placeOf(desk, wanted);
  if (!place.ok) return place;
  const { customerId, opportunityId } = place.value;
  const ownerId = wanted.ownerId ?? me.id;
  const wrong = await refuseOwner(desk, ownerId, place.value);
  if (wrong) return wrong;
  const task = await tx.task.insert({
    id: tx.newId(),
    customerId,
    opportunityId,
    ownerId,
    title: wanted.title,
    dueAt: wanted.dueAt ?? null,
    cause: 'manual',
    templateKey: null,
    createdBy: me.id,
    createdAt: tx.now,
    doneAt: null,
    doneBy: null,
    version: 1,
  });
  await setRing(tx, task, wanted.remind ?? false);
  note(desk, task, 'task.create', []);
  return shown(desk, task);
}

/** What is undefined stays as it is. */
export interface TaskChange {
  readonly title?: string | undefined;
  readonly dueAt?: number | null | undefined;
  readonly ownerId?: string | undefined;
  readonly done?: boolean | undefined;
  readonly remind?: boolean | undefined;
  readonly expectedVersion: number;
}

export async function changeTask(desk: Desk, id: string, change: TaskChange): Promise<Done<TaskPicture>> {
  const { tx, me } = desk;
  const cards = await holdTaskCards(tx, id);
  const held = await taskToChange(desk, id, change.expectedVersion);
  if (!held.ok) return held;
  const task = held.value;
  if (change.ownerId !== undefined && change.ownerId !== task.ownerId) {
    const wrong = await refuseOwner(desk, change.ownerId, task);
    if (wrong) return wrong;
  }
  const patch: Partial<TaskRow> = { version: task.version + 1 };
  if (change.title !== undefined) patch.title = change.title;
  if (change.dueAt !== undefined) patch.dueAt = change.dueAt;
  if (change.ownerId !== undefined) patch.ownerId = change.ownerId;
  if (change.done !== undefined) {
    patch.doneAt = change.done ? (task.doneAt ?? tx.now) : null;
    patch.doneBy = change.done ? (task.doneBy ?? me.id) : null;
  }
  await tx.task.update({ id }, patch);
  const changed = { ...task, ...patch };
  const timed = [change.dueAt, change.done, change.remind].some((part) => part !== undefined);
  if (timed) await setRing(tx, changed, change.remind);
  if (changed.ownerId !== task.ownerId) await ringAnew(tx, changed);
  if (task.cause === 'stage' && change.done === undefined) await touchStageTask(tx, id);
  await settleTold(tx, id, cards);
  const fields = (['title', 'dueAt', 'ownerId'] as const).filter((field) => change[field] !== undefined);
  note(desk, task, change.done === undefined ? 'task.update' : change.done ? 'task.done' : 'task.reopen', fields);
  return shown(desk, changed);
}

export async function removeTask(desk: Desk, id: string, expectedVersion: number): Promise<Done<{ id: string }>> {
  const { tx } = desk;
  const cards = await holdTaskCards(tx, id);
  const held = await taskToChange(desk, id, expectedVersion);
  if (!held.ok) return held;
  await tx.task.remove({ id });
  await tx.taskRing.remove({ id });
  await settleTold(tx, id, cards);
  note(desk, held.value, 'task.remove', []);
  return done({ id });
}

/** Not yet done, the first due first, what has no date last. */
export async function tasksOfCustomer(desk: Desk, customerId: string): Promise<Done<readonly TaskPicture[]>> {
  const customer = await desk.see.customer(customerId);
  if (!customer) return refused('not_found');
  noteReading(desk, customer, 'customer.tasks');
  const tasks = await desk.tx.task.list({ customerId: customer.id, doneAt: null }, { limit: MOST });
  return done(await taskPictures(desk.tx, tasks.sort(byDue)));
}

interface Place {
  readonly customerId: string | null;
  readonly opportunityId: string | null;
}

async function placeOf(desk: Desk, { customerId, dealId }: NewTask): Promise<Done<Place>> {
  if (dealId !== undefined) {
    const deal = await desk.see.deal(dealId);
    if (!deal) return refused('not_found');
    const forbidden = await refuseToChange(desk, deal);
    return forbidden ?? done({ customerId: deal.customerId, opportunityId: deal.id });
  }
  if (customerId === undefined) return done({ customerId: null, opportunityId: null });
  const found = await customerToChange(desk, customerId);
  return found.ok ? done({ customerId: found.value.id, opportunityId: null }) : found;
}

/** Null where `ownerId` works on it too. */
async function refuseOwner({ tx, me }: Desk, ownerId: string, place: Place): Promise<Refused | null> {
  if (ownerId === me.id) return null;
  if (place.customerId === null) return refused('bad_request', '没有客户的事只能自己做。');
  const deal = place.opportunityId === null ? null : await tx.opportunity.get(place.opportunityId);
  const customer = await tx.customer.get(place.customerId);
  const owner = deal?.ownerId ?? customer?.ownerId ?? '';
  const team = await teamOf(tx, { customerId: place.customerId, ownerId: owner });
  return team.includes(ownerId) ? null : refused('bad_request', '要做的事只能交给自己、客户的负责人或协作人。');
}

/** Whose it is may change it, and whoever works on the customer or the deal: who has lost those, not for having written it. */
async function taskToChange(desk: Desk, id: string, expectedVersion: number): Promise<Done<TaskRow>> {
  const { tx, me } = desk;
  const task = await tx.task.hold(id);
  if (!task) return refused('not_found');
  if (task.ownerId !== me.id && !(await worksOnDeal(desk, task))) {
    const found = task.customerId === null ? refused('not_found') : await customerToChange(desk, task.customerId);
    if (!found.ok) return found;
  }
  return task.version === expectedVersion
    ? done(task)
    : refused('changed_meanwhile', '这件事刚被改过，请看最新的再操作。');
}

async function worksOnDeal(desk: Desk, { opportunityId }: TaskRow): Promise<boolean> {
  const deal = opportunityId === null ? null : await desk.see.deal(opportunityId);
  return deal !== null && mayChangeDeal(desk, deal);
}

async function shown({ tx }: Desk, task: TaskRow): Promise<Done<TaskPicture>> {
  const [picture] = await taskPictures(tx, [task]);
  return picture ? done(picture) : refused('not_found');
}

/** In the log a task is its customer's, or its owner's where it has none. */
function note({ notes }: Desk, task: TaskRow, action: string, fields: readonly string[]): void {
  const place =
    task.customerId === null
      ? { entity: 'staff' as const, entityId: task.ownerId }
      : { entity: 'customer' as const, entityId: task.customerId };
  notes.push({ action, ...place, detail: { taskId: task.id, ...(fields.length > 0 && { fields: [...fields] }) } });
}
