/** Who is signed in, and what waits for them. */
import { z } from 'zod';
import { id, instant, person, stage } from './common.ts';
import { deal } from './deal.ts';
import { task } from './task.ts';

/** `GET /api/me`. `stages`: of the pipeline, in order; `responsible`: a role, in words. */
export const me = z.object({
  staff: person.extend({ role: z.enum(['sales', 'manager', 'admin']) }),
  platform: z.string(),
  stages: z.array(stage.extend({ responsible: z.string().nullable() })),
  lostReasons: z.array(z.string()),
});
export type MeView = z.infer<typeof me>;

/** `GET /api/today`: the longest untouched first. */
export const today = z.object({
  /** `respondBy`: the first response is due then; null where nobody said, or for leads of before. */
  leads: z.array(
    z.object({
      id,
      name: z.string(),
      createdAt: instant,
      respondBy: instant.nullable(),
      respondedAt: instant.nullable(),
    }),
  ),
  deals: z.array(z.object({ deal, customerName: z.string(), touchedAt: instant.nullable() })),
  /** To do by the end of today or some time; overdue ones first, what has no date last. */
  tasks: z.array(task),
  /** How many tasks come on later days. */
  laterTasks: z.int(),
  /** Cards that ask them something in the chat. */
  openCards: z.int(),
});
export type TodayView = z.infer<typeof today>;
