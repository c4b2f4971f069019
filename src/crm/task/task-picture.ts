/** Tasks with the names of what they are about, and the order in which people do them. */
import type { TaskRow } from '../rows/day-one.ts';
import type { Tx } from '../tx.ts';

export interface TaskPicture {
  readonly task: TaskRow;
  readonly ownerName: string;
  readonly customerName: string | null;
  readonly dealName: string | null;
  /** Its owner is told when it is due, or was. */
  readonly remind: boolean;
}

export async function taskPictures(tx: Tx, tasks: readonly TaskRow[]): Promise<readonly TaskPicture[]> {
  const ids = (key: 'customerId' | 'opportunityId') => [...new Set(tasks.flatMap((task) => task[key] ?? []))];
  const owners = await tx.queries.staffNames(tasks.map(({ ownerId }) => ownerId));
  const customerIds = ids('customerId');
  const customers = customerIds.length === 0 ? [] : await tx.queries.customersOf(customerIds);
  const customerNames = new Map(customers.map(({ id, name }) => [id, name]));
  const dealNames = new Map<string, string>();
  for (const id of ids('opportunityId')) {
    const deal = await tx.opportunity.get(id);
    if (deal) dealNames.set(id, deal.name);
  }
  const told = await tx.queries.ringing(tasks.map(({ id }) => id));
  return tasks.map((task) => ({
    task,
    remind: told.has(task.id),
    ownerName: owners.get(task.ownerId) ?? '已离开的同事',
    customerName: task.customerId === null ? null : (customerNames.get(task.customerId) ?? null),
    dealName: task.opportunityId === null ? null : (dealNames.get(task.opportunityId) ?? null),
  }));
}

/** The first due first; what has no date last, the oldest first. */
export function byDue(a: TaskRow, b: TaskRow): number {
  return (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER) || a.createdAt - b.createdAt;
}
