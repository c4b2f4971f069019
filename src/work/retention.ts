/** The port of what ends by its time: rules that each forget a slice at a time, so that nobody waits long for the one writer. */

/** When things end for one company; `now` in ms, periods in days as the policy says. */
export interface RetentionTerms {
  readonly tenantId: string;
  readonly now: number;
  readonly messageDays: number;
  readonly leadDays: number;
  readonly auditDays: number;
}

export interface RetentionSlice {
  /** How many rows went, or lost their words. */
  readonly rows: number;
  /** Where to go on; null when there is nothing more. */
  readonly next: string | null;
}

export interface RetentionRule {
  /** For the log. */
  readonly key: string;
  /** What it is, Chinese. */
  readonly label: string;
  /** How long it is kept, Chinese. */
  term(terms: RetentionTerms): string;
  /** How many rows are past their time. */
  count(terms: RetentionTerms): Promise<number>;
  /** One transaction of some hundred rows. `from`: '' at first, then what the slice before gave as `next`. */
  forget(terms: RetentionTerms, from: string): Promise<RetentionSlice>;
}
