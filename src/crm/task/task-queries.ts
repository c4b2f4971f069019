/** Questions about tasks that are more than equality on one table. */

/** A task whose hour has come. */
export interface DueRing {
  readonly id: string;
  /** ms. */
  readonly ringAt: number;
  readonly ownerId: string;
}

export interface TaskQueries {
  /** Tasks whose hour has come, those that have waited longest first. */
  dueRings(now: number, limit: number): Promise<readonly DueRing[]>;
  /** Those of these tasks whose owner is told when they are due, or was. */
  ringing(taskIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Colleagues who work here and whose morning list of a date `YYYY-MM-DD` is not settled. */
  withoutMorningList(date: string, limit: number): Promise<readonly string[]>;
  /** By lead: what is known of the first response. */
  responsesOf(
    leadIds: readonly string[],
  ): Promise<ReadonlyMap<string, { dueAt: number | null; respondedAt: number | null }>>;
}
