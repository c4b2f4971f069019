/** Tasks as the contract shows them. */
import type { TaskPicture } from '../../../crm/task/task-picture.ts';
import type { TaskView } from '../../contract/task.ts';

export function taskView({ task, ownerName, customerName, dealName, remind }: TaskPicture): TaskView {
  const { id, title, dueAt, doneAt, version, customerId, opportunityId } = task;
  return {
    ...{ id, title, dueAt, doneAt, version, remind },
    owner: { id: task.ownerId, name: ownerName },
    customer: customerId === null || customerName === null ? null : { id: customerId, name: customerName },
    deal: opportunityId === null || dealName === null ? null : { id: opportunityId, name: dealName },
  };
}
