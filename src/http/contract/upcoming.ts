/** What will be sent by the clock, for administrators: a look ahead, not a promise. */
import { z } from 'zod';
import { instant } from './common.ts';

/** `GET /api/upcoming`: the next first, within a fortnight; for others than administrators there is nothing in it. */
export const upcomingList = z.object({
  items: z.array(
    z.object({
      /** Not before. */
      at: instant,
      kind: z.enum(['alert', 'task', 'morning', 'picture']),
      what: z.string(),
      /** Who, in words. */
      to: z.string(),
    }),
  ),
});
