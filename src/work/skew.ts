/** Clocks are wrong at times: what one may believe of instants that another instance, or this one yesterday, wrote down. */

/** Clocks of instances differ by less than this; what lies further ahead than it can was written by a clock since put back. */
export const SKEW_MS = 60_000;

/** Nothing that failed or was put off rests longer before it is tried again. */
export const LONGEST_REST_MS = 20 * 60_000;
