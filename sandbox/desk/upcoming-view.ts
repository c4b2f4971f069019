/** What the page shows of what the clock will send. */

/** One thing; `at` is the sandbox's time, ms. */
export interface UpcomingView {
  readonly at: number;
  readonly what: string;
  readonly to: string;
}
