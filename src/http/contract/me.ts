/** Who is signed in, and what waits for them. */
import { z } from 'zod';
import { id, instant, person, stage } from './common.ts';
import { deal } from './deal.ts';

/** `GET /api/me`. `stages`: of the pipeline, in order. */
export const me = z.object({
  staff: person.extend({ role: z.enum(['sales', 'manager', 'admin']) }),
  platform: z.string(),
  stages: z.array(stage),
});
export type MeView = z.infer<typeof me>;

/** `GET /api/today`: the longest untouched first. */
export const today = z.object({
  leads: z.array(z.object({ id, name: z.string(), createdAt: instant })),
  deals: z.array(z.object({ deal, customerName: z.string(), touchedAt: instant.nullable() })),
  /** Cards that ask them something in the chat. */
  openCards: z.int(),
});
export type TodayView = z.infer<typeof today>;
