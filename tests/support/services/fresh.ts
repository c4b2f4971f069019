/** A database of one test's own. */
export interface FreshDatabase {
  /** `sqlite:/…/crm.db`, or `mysql://…/test_…`. */
  readonly url: string;
  dispose(): Promise<void>;
}
