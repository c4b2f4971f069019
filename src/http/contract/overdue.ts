/** What stands in each stage and what stands too long, as the page of supervisors shows it. */
import { z } from 'zod';
import { id, instant, pageOf, pageQuery, stage } from './common.ts';
import { deal } from './deal.ts';

/** `GET /api/pipeline`. `department`: of its people and of those below it. */
export const pipelineQuery = z.strictObject({ department: id.optional() });

export const pipeline = z.object({
  /** Counted every minute, in large companies every five; null: not yet. */
  countedAt: instant.nullable(),
  /** In their order, also those in which nothing stands. */
  stages: z.array(
    stage.extend({
      count: z.int(),
      amountMinor: z.int(),
      overdue: z.int(),
      /** How long its open deals have been in it on average, ms by the calendar; null without deals. */
      standingMs: z.int().nullable(),
    }),
  ),
  overdue: z.int(),
  highRisk: z.int(),
  /** By which it can be asked for. */
  departments: z.array(z.object({ id, name: z.string() })),
});
export type PipelineView = z.infer<typeof pipeline>;

/** `GET /api/overdue`. */
export const overdueQuery = pageQuery.extend({ stage: z.string().min(1).max(40), department: id.optional() });

/** The worst first: the highest level of the ladder, and of these what has stood longest. */
export const overduePage = pageOf(z.object({ deal, customerName: z.string() }));
export type OverdueLineView = z.infer<typeof overduePage>['items'][number];
