/** Questions about many deals at once, for lists of them. */
import type { DealFieldRow, TaskRow } from '../rows/day-one.ts';

export interface DealQueries {
  /** What is filled in on these deals, in no order. */
  fieldsOfDeals(dealIds: readonly string[]): Promise<readonly DealFieldRow[]>;
  /** What is still to be done for these deals: the first due first, what has no date last. */
  tasksOfDeals(dealIds: readonly string[]): Promise<readonly TaskRow[]>;
}
