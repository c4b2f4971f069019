/** Questions about many deals at once, for lists of them. */
import type { DealFieldRow, TaskRow } from '../rows/day-one.ts';

export interface DealQueries {
  /** What is filled in on these deals, in no order. */
  fieldsOfDeals(dealIds: readonly string[]): Promise<readonly DealFieldRow[]>;
  /** Those of these deals that have a quote which was agreed to: approved, sent or accepted. */
  dealsWithApprovedQuote(dealIds: readonly string[]): Promise<readonly string[]>;
  /** Which kinds of files these deals have. */
  documentsOfDeals(
    dealIds: readonly string[],
  ): Promise<readonly { readonly opportunityId: string; readonly kind: string }[]>;
  /** What is still to be done for these deals: the first due first, what has no date last. */
  tasksOfDeals(dealIds: readonly string[]): Promise<readonly TaskRow[]>;
}
