/** The API's operations on tasks. */
import { type Done, done } from '../../../crm/access/desk.ts';
import { addTask, changeTask, removeTask, tasksOfCustomer } from '../../../crm/task/task-desk.ts';
import type { TaskPicture } from '../../../crm/task/task-picture.ts';
import type { TaskView } from '../../contract/task.ts';
import type { Handlers } from './handling.ts';
import { taskView } from './task-view.ts';

export const taskHandlers: Pick<Handlers, 'tasks' | 'addTask' | 'changeTask' | 'removeTask'> = {
  tasks: async (desk, { id }) => {
    const tasks = await tasksOfCustomer(desk, id);
    return tasks.ok ? done({ items: tasks.value.map(taskView) }) : tasks;
  },
  addTask: async (desk, { body }) => shown(await addTask(desk, body)),
  changeTask: async (desk, { id, body }) => shown(await changeTask(desk, id, body)),
  removeTask: (desk, { id, body }) => removeTask(desk, id, body.expectedVersion),
};

function shown(task: Done<TaskPicture>): Done<TaskView> {
  return task.ok ? done(taskView(task.value)) : task;
}
