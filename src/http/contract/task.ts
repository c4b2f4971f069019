/** Things to do as pages show and change them. Instants in ms. */
import { z } from 'zod';
import { id, instant, person } from './common.ts';

const title = z.string().trim().min(1).max(200);
const named = z.object({ id, name: z.string() });

export const task = z.object({
  id,
  title: z.string(),
  /** Null: some time. What counts is the day. */
  dueAt: instant.nullable(),
  owner: person,
  customer: named.nullable(),
  deal: named.nullable(),
  doneAt: instant.nullable(),
  /** Its owner is told at `dueAt`, or was. */
  remind: z.boolean(),
  /** Say it when changing the task: one that changed meanwhile is not changed. */
  version: z.int(),
});
export type TaskView = z.infer<typeof task>;

/** `GET /api/customers/:id/tasks`: not yet done, the first due first; at most 100. */
export const taskList = z.object({ items: z.array(task) });
export type TaskListView = z.infer<typeof taskList>;

/** `POST /api/tasks` → 201. With a `dealId` it is of the deal's customer. `ownerId`: oneself if not said. */
export const newTaskBody = z.strictObject({
  title,
  customerId: id.optional(),
  dealId: id.optional(),
  dueAt: instant.nullable().optional(),
  ownerId: id.optional(),
  /** Tell whoever has to do it at `dueAt`, outside their quiet hours. */
  remind: z.boolean().optional(),
});
export type NewTaskBody = z.infer<typeof newTaskBody>;

/** `PATCH /api/tasks/:id`: what is not said stays; another `dueAt` puts it off, null takes the date away. */
export const taskPatch = z.strictObject({
  title: title.optional(),
  dueAt: instant.nullable().optional(),
  ownerId: id.optional(),
  done: z.boolean().optional(),
  remind: z.boolean().optional(),
  expectedVersion: z.int().positive(),
});
export type TaskPatch = z.infer<typeof taskPatch>;

/** `POST /api/tasks/:id/remove`. */
export const removeTaskBody = z.strictObject({ expectedVersion: z.int().positive() });
export const removedTask = z.object({ id });
